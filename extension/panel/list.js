/**
 * The list of findings, for whoever sees no marks or uses no mouse. Each item is a button that leads to its words.
 *
 * Tab reaches the list once and leaves it again; arrow keys, Home and End move in it.
 */

import { find } from "../pages/words.js";
import { groupByFlag, percentOf } from "./groups.js";
import { build, buildButton, say } from "./parts.js";

const list = find("list", HTMLDivElement);

/**
 * @param {PageFindings | null} page @param {"flag" | "page"} order @param {(id: string) => void} go
 */
export function showList(page, order, go) {
  const findings = page?.findings ?? [];
  find("findings", HTMLElement).hidden = findings.length === 0;
  // The element that has the focus is made anew; who stands on an item stays on it.
  const focused = list.contains(document.activeElement) ? idOf(document.activeElement) : null;
  const open = new Set(page?.open);
  const items = (/** @type {Finding[]} */ some, /** @type {boolean} */ isNamed) =>
    build(
      "ol",
      "items",
      ...some.map((finding) => buildItem(finding, { isNamed, isOpen: open.has(finding.flag.id), go })),
    );
  if (order === "page") list.replaceChildren(items(findings, true));
  else list.replaceChildren(...groupByFlag(findings).map((group) => buildGroup(group, items(group.findings, false))));
  const buttons = allButtons();
  const kept = buttons.find((button) => idOf(button) === focused);
  makeReachable(kept ?? buttons.find((button) => open.has(idOf(button) ?? "")) ?? buttons[0]);
  if (focused !== null) (kept ?? buttons[0])?.focus({ preventScroll: true });
}

/** @param {import("./groups.js").Group} group @param {HTMLElement} items */
function buildGroup({ title, family, findings }, items) {
  return build(
    "div",
    `group ${family}`,
    build("h3", "", build("span", "line"), title, " ", build("span", "number", say("panel_number", findings.length))),
    items,
  );
}

/**
 * @param {Finding} finding @param {{isNamed: boolean, isOpen: boolean, go: (id: string) => void}} options
 */
function buildItem(finding, { isNamed, isOpen, go }) {
  const { flag, words } = finding;
  const button = buildButton("", `item ${flag.family}`, () => go(flag.id));
  const named = isNamed ? build("span", "name", build("span", "line"), flag.title) : null;
  const quote = build("span", "words", words);
  quote.dir = "auto";
  const where = build("span", "where", say("panel_where", percentOf(finding)));
  const listed = flag.listed ? build("span", "listed", say("card_listed", flag.listed.reason)) : null;
  for (const part of [named, quote, listed, where]) if (part) button.append(part, " ");
  button.dataset.id = flag.id;
  if (isOpen) button.setAttribute("aria-current", "true");
  return build("li", "", button);
}

/** @param {Element | null} element */
function idOf(element) {
  return element instanceof HTMLElement ? (element.dataset.id ?? null) : null;
}

/** @returns {HTMLButtonElement[]} */
function allButtons() {
  return Array.from(list.querySelectorAll("button"));
}

/** One item alone is reached by Tab. @param {HTMLButtonElement | undefined} chosen */
function makeReachable(chosen) {
  for (const button of allButtons()) button.tabIndex = button === chosen ? 0 : -1;
}

/** @type {Record<string, (at: number, last: number) => number>} */
const STEPS = {
  ArrowDown: (at, last) => Math.min(at + 1, last),
  ArrowUp: (at) => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_, last) => last,
};

list.addEventListener("keydown", (event) => {
  const buttons = allButtons();
  const at = buttons.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
  if (at < 0 || event.altKey || event.ctrlKey || event.metaKey || !Object.hasOwn(STEPS, event.key)) return;
  event.preventDefault();
  buttons[STEPS[event.key](at, buttons.length - 1)].focus();
});
list.addEventListener("focusin", ({ target }) => {
  if (target instanceof HTMLButtonElement) makeReachable(target);
});
