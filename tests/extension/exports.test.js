import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileOf, toAnnotations, toJson, toMarkdown } from "../../extension/panel/exports.js";

const messages = JSON.parse(
  readFileSync(new URL("../../extension/_locales/en/messages.json", import.meta.url), "utf8"),
);
/** As the browser does it. @param {string} key @param {...(string | number)} parts */
const say = (key, ...parts) =>
  messages[key].message.replace(/\$([A-Z]+)\$/g, (/** @type {string} */ _, /** @type {string} */ name) =>
    String(parts[Number(messages[key].placeholders[name.toLowerCase()].content.slice(1)) - 1]),
  );

const flag = {
  id: "f1",
  flag: "overclaim",
  title: "Overclaim",
  family: "promise",
  severity: "high",
  source: null,
  topics: [],
  quote: { exact: "It *cures* <b>all</b>", prefix: "p", suffix: "s" },
  reason: "Stronger than evidence allows.",
  checks: ["Ask how many were helped."],
  look_up: [{ text: "Look [here]", href: "https://example.org/a b" }],
};
const found = [
  { flag, words: "It *cures* <b>all</b>\n# [x](javascript:1)", at: 0.25 },
  { flag: { ...flag, id: "f2", look_up: [] }, words: "1. It heals", at: 0.5 },
];
const page = {
  address: "https://blog.example/tea",
  title: "# Tea & more",
  state: "partly-checked",
  reason: "Half of it is in Welsh.",
  isCut: true,
  findings: found,
  lost: 1,
  muted: 2,
  skipped: 3,
  notices: [],
};
const selectors = { f1: { exact: "It *cures*", prefix: "a", suffix: "b", start: 7, end: 17 } };
const words = {
  title: "2 flags on this page",
  partly: "Only partly checked. Half of it is in Welsh. The page is too long: its end was not read.",
  told: ["2 flags on this page are muted by you."],
};
const taken = /** @type {any} */ ({ page, words, selectors, version: "0.1.0", time: "2026-11-20T10:00:00Z" });

test("Markdown holds the findings, and nothing of the page's words becomes markup", () => {
  const text = toMarkdown(taken, say);
  assert.match(
    text,
    /^# \\# Tea \\& more\n\n<https:\/\/blog\.example\/tea>\nChecked with Pinch 0\.1\.0, 2026-11-20T10:00:00Z\./,
  );
  assert.match(text, /2 flags on this page\. Only partly checked\. Half of it is in Welsh\. The page is too long/);
  assert.match(text, /^## Overclaim \(2\)$/m);
  assert.ok(text.includes("> It \\*cures\\* \\<b\\>all\\</b\\> # \\[x\\](javascript:1)\n"));
  assert.ok(text.includes("> 1\\. It heals"));
  assert.ok(text.includes("(at 25 % of the page)"));
  assert.ok(text.includes("- [Look \\[here\\]](<https://example.org/a%20b>)"));
  assert.ok(text.includes("- Ask how many were helped."));
  assert.ok(text.includes("2 flags on this page are muted by you.\n"));
  assert.ok(text.includes("1 flag is not listed"));
  assert.ok(text.endsWith("It does not say whether something is true.\n"));
});

test("Markdown of a page without flags says what that does not mean", () => {
  const none = { title: say("state_clear"), partly: "", told: [say("state_clear_note")] };
  const text = toMarkdown({ ...taken, words: none, page: { ...page, findings: [] } }, say);
  assert.match(text, /Nothing flagged\. Nothing flagged is not the same as true\./);
  assert.doesNotMatch(text, /partly/);
});

test("words that came again are known by the server's id, and by the page's own for their place", () => {
  const again = { ...found[0], flag: { ...flag, id: "f1~2", fingerprint: "f1" } };
  const whole = JSON.parse(
    toJson({ ...taken, page: { ...page, findings: [again] }, selectors: { "f1~2": selectors.f1 } }),
  );
  assert.deepEqual([whole.findings[0].id, whole.findings[0].selector], ["f1", selectors.f1]);
});

test("JSON holds what the panel shows", () => {
  const whole = JSON.parse(toJson(taken));
  assert.deepEqual(whole.page, { address: page.address, title: page.title });
  assert.deepEqual(whole.not_shown, { lost: 1, muted: 2, skipped_blocks: 3 });
  assert.deepEqual([whole.state, whole.state_reason, whole.cut], ["partly-checked", page.reason, true]);
  const [first, second] = whole.findings;
  assert.deepEqual([first.flag, first.position, first.selector], ["overclaim", 0.25, selectors.f1]);
  assert.deepEqual([second.id, second.selector], ["f2", null]);
});

test("annotations keep to the Web Annotation Data Model", () => {
  let count = 0;
  const whole = JSON.parse(toAnnotations(taken, () => `urn:uuid:${++count}`));
  assert.equal(whole["@context"], "http://www.w3.org/ns/anno.jsonld");
  assert.deepEqual([whole.type, whole.total, whole.first.type], ["AnnotationCollection", 2, "AnnotationPage"]);
  const { items } = whole.first;
  const ids = [whole.id, whole.first.id, ...items.map((/** @type {any} */ item) => item.id)];
  assert.equal(new Set(ids).size, 4);
  for (const item of items) {
    assert.deepEqual([item.type, item.motivation, item.created], ["Annotation", "assessing", taken.time]);
    assert.deepEqual(
      item.body.map((/** @type {any} */ body) => [body.type, body.purpose, body.value]),
      [
        ["TextualBody", "tagging", "Overclaim"],
        ["TextualBody", "commenting", "Stronger than evidence allows."],
      ],
    );
    assert.equal(item.target.source, "https://blog.example/tea");
  }
  assert.deepEqual(items[0].target.selector, [
    { type: "TextQuoteSelector", exact: "It *cures*", prefix: "a", suffix: "b" },
    { type: "TextPositionSelector", start: 7, end: 17 },
  ]);
  assert.deepEqual(items[1].target.selector, [{ type: "TextQuoteSelector", ...flag.quote }]);
  const none = JSON.parse(toAnnotations({ ...taken, page: { ...page, findings: [] } }, () => "urn:uuid:0"));
  assert.deepEqual([none.total, none.first], [0, undefined]);
});

test("a file is named after the site and the day alone", () => {
  assert.deepEqual(fileOf(taken, "annotations"), {
    type: "application/ld+json",
    name: "pinch-blog.example-2026-11-20.jsonld",
  });
  const here = { ...taken, page: { ...page, address: "http://[::1]:80/../x" } };
  assert.equal(fileOf(here, "markdown").name, "pinch-1-2026-11-20.md");
  assert.equal(fileOf({ ...taken, page: { ...page, address: "null/x" } }, "json").name, "pinch-page-2026-11-20.json");
});
