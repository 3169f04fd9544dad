/** The look of card and toast: text for a constructed sheet, which no page's content security policy forbids. */

/** @returns {string} */
function surfaceCss() {
  return `
:host { color-scheme: light dark; }
* { box-sizing: border-box; margin: 0; padding: 0; }
.card, .toast, .sheet {
  --paper: #fffdf8; --ink: #26231f; --soft: #5f594f; --edge: #d9d2c4; --wash: #f4efe4; --link: #0b5394; --focus: #0b5394;
  --promise: #a8560a; --source: #2463c2; --risk: #c02b2b; --push: #7d3fc4; --own: #0a6b60;
  position: fixed; pointer-events: auto; color: var(--ink); background: var(--paper); border: 1px solid var(--edge);
  border-radius: 12px; box-shadow: 0 2px 4px rgb(0 0 0 / 8%), 0 12px 32px rgb(0 0 0 / 22%);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif;
  text-align: start; overflow-wrap: anywhere; max-width: calc(100vw - 16px);
}
@media (prefers-color-scheme: dark) {
  .card, .toast, .sheet {
    --paper: #23221f; --ink: #efebe2; --soft: #b9b2a4; --edge: #47443d; --wash: #2e2c27; --link: #8ec5ff; --focus: #8ec5ff;
    --promise: #f0a04b; --source: #7fb0f7; --risk: #f58a8a; --push: #c39bf5; --own: #5ecfc0;
  }
}
.card { width: 27em; display: flex; flex-direction: column; overflow: hidden; }
.card:focus { outline: none; }
header { display: flex; gap: 8px; align-items: center; justify-content: space-between; padding-block: 10px 8px; padding-inline: 18px 10px; border-bottom: 1px solid var(--edge); }
h2 { display: flex; align-items: baseline; gap: 8px; font-size: 1.05em; font-weight: 650; line-height: 1.3; }
.buttons { display: flex; align-items: center; flex: none; }
.count { color: var(--soft); font-size: 0.8em; padding: 0 2px; white-space: nowrap; font-variant-numeric: tabular-nums; }
button { font: inherit; color: inherit; background: none; border: 1px solid transparent; border-radius: 8px; cursor: pointer; }
.icon { width: 32px; height: 32px; font-size: 1.35em; line-height: 1; flex: none; }
button:hover { background: var(--wash); }
button:disabled { color: var(--edge); cursor: default; background: none; }
button:focus-visible, a:focus-visible, summary:focus-visible, .body:focus-visible { outline: 2px solid var(--focus); outline-offset: 1px; border-radius: 6px; }
.body:focus-visible { outline-offset: -3px; }
.body { overflow-y: auto; padding: 2px 18px 14px; min-height: 0; overscroll-behavior: contain; scrollbar-width: thin; }
.flag { padding-top: 12px; }
.flag + .flag { border-top: 1px solid var(--edge); margin-top: 14px; }
h3 { font-size: 0.95em; font-weight: 650; display: flex; align-items: center; gap: 8px; color: var(--family); }
.single h3 { display: none; }
.single .flag { padding-top: 4px; }
.promise { --family: var(--promise); --stroke: solid; }
.source { --family: var(--source); --stroke: dotted; }
.risk { --family: var(--risk); --stroke: dashed; }
.push { --family: var(--push); --stroke: wavy; }
.own { --family: var(--own); --stroke: double; }
.line::before { content: "\\a0\\a0\\a0\\a0\\a0" / ""; text-decoration: underline var(--stroke) 2px var(--family); text-underline-offset: -3px; }
blockquote { margin: 8px 0; padding: 6px 12px; border-inline-start: 3px solid var(--family); background: var(--wash); border-start-end-radius: 8px; border-end-end-radius: 8px; color: var(--soft); font-size: 0.93em; unicode-bidi: plaintext; }
blockquote strong { color: var(--ink); font-weight: 650; }
.note { color: var(--soft); font-size: 0.9em; margin-top: 6px; }
h4 { font-size: 0.86em; font-weight: 650; color: var(--soft); margin: 12px 0 3px; }
ul, ol { padding-inline-start: 1.25em; }
li { margin: 3px 0; }
li::marker { color: var(--soft); }
sup { font-size: 0.72em; color: var(--soft); line-height: 1; white-space: nowrap; }
.context { margin-top: 14px; border: 1px solid var(--edge); border-radius: 10px; padding: 0 14px; }
.context[open] { padding-bottom: 10px; }
summary { cursor: pointer; padding: 9px 0; font-weight: 650; }
.context h4:first-of-type { margin-top: 2px; }
.sources { font-size: 0.86em; padding-inline-start: 1.7em; }
a { color: var(--link); text-underline-offset: 2px; }
.review { margin-top: 10px; font-size: 0.86em; color: var(--soft); }
.advice { margin-top: 14px; font-size: 0.86em; color: var(--soft); }
.toast { inset-block: auto 16px; inset-inline: auto 16px; width: 24em; padding-block: 12px; padding-inline: 16px 8px; display: flex; gap: 6px; align-items: flex-start; max-height: calc(100vh - 32px); overflow-y: auto; }
.content { flex: 1; min-width: 0; padding: 3px 0; }
.toast .title { font-weight: 650; }
.toast .title ~ p { margin-top: 3px; color: var(--soft); font-size: 0.93em; }
.notice { margin-top: 12px; padding-top: 10px; border-top: 1px solid var(--edge); }
.actions { display: flex; flex-wrap: wrap; gap: 8px; margin-top: 10px; }
.actions:empty { display: none; }
.body > .action { margin-top: 10px; }
.action { padding: 5px 14px; border-color: var(--edge); font-size: 0.93em; font-weight: 600; }
.row { display: flex; flex-wrap: wrap; gap: 6px; align-items: start; margin-top: 12px; font-size: 0.88em; }
.small { padding: 2px 10px; border: 1px solid var(--edge); border-radius: 8px; font-weight: 400; cursor: pointer; min-height: 26px; }
summary.small { list-style: none; }
summary.small::-webkit-details-marker { display: none; }
.small:hover { background: var(--wash); }
.menu[open] { flex-basis: 100%; }
.menu[open] > summary { display: inline-block; }
.menu ul { list-style: none; padding: 0; margin-top: 6px; border: 1px solid var(--edge); border-radius: 10px; overflow: hidden; }
.menu li { margin: 0; }
.menu li + li { border-top: 1px solid var(--edge); }
.item { display: block; width: 100%; padding: 7px 12px; text-align: start; border-radius: 0; }
.item:focus-visible { outline-offset: -3px; }
.sheet { inset: 0; margin: auto; width: 32em; max-height: calc(100vh - 32px); overflow-y: auto; scroll-padding-bottom: 72px; padding: 18px 20px; }
.sheet::backdrop { background: rgb(0 0 0 / 45%); }
.sheet h2 { display: block; margin-bottom: 6px; }
.sheet h2:focus { outline: none; }
.fields { margin: 12px 0; border: 1px solid var(--edge); border-radius: 10px; padding: 4px 14px; }
.field { display: flex; flex-wrap: wrap; gap: 0 14px; padding: 5px 0; font-size: 0.93em; }
.field + .field { border-top: 1px solid var(--edge); }
dt { color: var(--soft); flex: 1 0 10em; }
dd { flex: 2 1 14em; min-width: 0; unicode-bidi: plaintext; }
.post dd { white-space: pre-wrap; overflow-wrap: anywhere; }
.ask { display: block; margin-top: 12px; font-weight: 650; font-size: 0.93em; }
.ask .note { font-weight: 400; display: block; margin-top: 2px; }
.tick { display: flex; gap: 10px; align-items: flex-start; font-size: 0.93em; margin-top: 12px; }
.tick input { width: 18px; height: 18px; flex: none; margin-top: 2px; accent-color: var(--link); }
.address { display: block; color: var(--soft); }
select, textarea { display: block; width: 100%; margin-top: 4px; padding: 6px 10px; font: inherit; font-weight: 400; color: var(--ink); background: var(--paper); border: 1px solid var(--soft); border-radius: 8px; }
textarea { resize: vertical; }
select:focus-visible, textarea:focus-visible, input:focus-visible, .wire:focus-visible { outline: 2px solid var(--focus); outline-offset: 1px; }
.wire-details { margin-top: 12px; font-size: 0.93em; }
.wire { padding: 10px 12px; background: var(--wash); border-radius: 8px; font: 0.86em/1.5 ui-monospace, "Liberation Mono", monospace; white-space: pre-wrap; }
.trouble { margin-top: 10px; }
.trouble:empty { display: none; }
.trouble .title { font-weight: 650; }
.sheet > .actions { position: sticky; bottom: -18px; margin: 10px -20px -18px; padding: 10px 20px 14px; background: var(--paper); border-top: 1px solid var(--edge); }
.action.main { color: var(--paper); background: var(--link); border-color: var(--link); }
.action.main:disabled { color: var(--soft); background: var(--wash); border-color: var(--edge); }
@media (max-width: 519px) {
  .card { width: calc(100vw - 16px); }
  .toast { inset: auto 8px 8px 8px; width: auto; }
}
@media (forced-colors: active) {
  .card, .toast, .sheet { border: 2px solid CanvasText; --family: CanvasText; }
  blockquote strong { text-decoration: underline; }
  button { border-color: ButtonText; }
}
@media print { .card, .toast, .sheet { display: none; } }
`;
}
