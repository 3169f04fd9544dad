import assert from "node:assert/strict";
import { test } from "node:test";
import { loadContent, textNode } from "./load.js";

const content = loadContent("anchor", "muted", "answers", "part", "pace", "selection");
const { choosePart, cutToRanges, keepBlocks, makeAnswers, nextGap, nextLook, partOf, restedGap } = content;

/** @param {string} id @param {string} text @param {any} [other] */
function block(id, text, other = {}) {
  const wire = { id, kind: "p", text, intro: null, links: [], element: 0, ...other };
  return { text, segments: [{ node: textNode(text), from: 0, at: 0, length: text.length }], wire };
}

/** @param {string} id of the block @param {string} text of it @param {string} exact */
function flag(id, text, exact) {
  const start = text.indexOf(exact);
  const quote = { exact, prefix: "", suffix: "" };
  return {
    id: `f-${id}`,
    flag: "miracle",
    block: id,
    start,
    end: start + exact.length,
    quote,
    evidence: [{ start, end: start + 3 }],
  };
}

const report = (/** @type {any[]} */ flags, /** @type {any[]} */ notices = []) => ({
  state: "checked",
  state_reason: null,
  model: null,
  main_text: null,
  flags,
  muted: [],
  look: "quiet",
  context: {},
  notices,
});
const ids = (/** @type {any[]} */ blocks) => blocks.map((one) => one.wire.id);

test("answers are kept by the words of a block, its kind and its introduction", () => {
  const answers = makeAnswers();
  const first = [block("b0", "A miracle for all"), block("b1", "Plain words here")];
  answers.learn(report([flag("b0", "A miracle for all", "miracle")]), first, first);
  const later = [
    block("b0", "Plain words here"),
    block("b1", "A miracle for all"),
    block("b2", "A miracle for all"),
    block("b3", "A miracle for all", { kind: "li", intro: "b0" }),
    block("b4", "12:30"),
  ];
  assert.deepEqual(ids(answers.missing(later)), ["b3"]);
  const { flags } = answers.reportFor(later, [], []);
  assert.deepEqual(
    flags.map((/** @type {any} */ one) => [one.id, one.block, one.start]),
    [
      ["f-b0", "b1", 2],
      ["f-b0~2", "b2", 2],
    ],
  );
  answers.forget();
  assert.equal(answers.missing(later).length, 4);
});

test("a flag whose block is not answered yet moves with its words", () => {
  const answers = makeAnswers();
  const before = [block("b0", "A miracle for all")];
  answers.learn(report([flag("b0", "A miracle for all", "miracle")]), before, before);
  const shown = answers.reportFor(before, [], []).flags;
  const after = [block("b0", "Now: A miracle for all")];
  const [moved] = answers.reportFor(after, shown, before).flags;
  assert.deepEqual([moved.start, moved.end, moved.evidence], [7, 14, [{ start: 7, end: 10 }]]);
  answers.learn(report([]), after, after);
  assert.deepEqual(answers.reportFor(after, [moved], after).flags, []);
});

test("what the reader mutes is muted on words that come later, and comes back", () => {
  const answers = makeAnswers();
  const blocks = [block("b0", "A miracle for all"), block("b1", "Another miracle here")];
  const flags = [flag("b0", "A miracle for all", "A miracle"), flag("b1", "Another miracle here", "miracle")];
  answers.learn(report(flags), blocks, blocks);
  const gone = blocks.slice(1);
  const counts = (/** @type {any} */ found) => [found.flags.length, found.muted.length];
  answers.sort({ flags: [flags[1]], muted: [{ flag: flags[0], by: "phrase" }] });
  assert.deepEqual(counts(answers.reportFor(gone, [], [])), [1, 0]);
  assert.deepEqual(counts(answers.reportFor(blocks, [], [])), [1, 1]);
  assert.equal(answers.reportFor(blocks, [], []).muted[0].by, "phrase");
  assert.equal(answers.flags().length, 2);
  answers.sort({ flags, muted: [] });
  assert.deepEqual(counts(answers.reportFor(blocks, [], [])), [2, 0]);
});

test("notices are told once", () => {
  const answers = makeAnswers();
  const page = [block("b0", "Some words")];
  const notice = { type: "crisis", title: "Help", text: "Call", links: [] };
  assert.equal(answers.learn(report([], [notice]), page, page).length, 1);
  assert.equal(answers.learn(report([], [notice, { ...notice, title: "More" }]), page, page).length, 1);
  assert.equal(answers.reportFor([], [], []).notices.length, 2);
});

test("a part holds what is new, and what that cannot be understood without", () => {
  const blocks = Array.from({ length: 30 }, (_, at) => block(`b${at}`, `Words of block ${at}`));
  blocks[0].wire.kind = "h1";
  blocks[8].wire.kind = "h2";
  blocks[10].wire.text = "What readers say:";
  Object.assign(blocks[20].wire, {
    kind: "li",
    intro: "b10",
    links: [{ start: 0, end: 5, href: "#r1", resolved: true }],
  });
  Object.assign(blocks[26].wire, { kind: "h2", text: "References" });
  const wires = blocks.map((one) => one.wire);
  const chosen = [...choosePart(wires, new Set(["b20"]))].sort(
    (/** @type {number} */ a, /** @type {number} */ b) => a - b,
  );
  assert.deepEqual(chosen, [0, 8, 10, 18, 19, 20, 21, 22, 26, 27, 28, 29]);
  blocks[20].wire.links = [];
  assert.ok(!choosePart(wires, new Set(["b20"])).has(27));
});

test("a part keeps its elements and drops introductions that are not sent", () => {
  const elements = [
    { tag: "body", parent: null },
    { tag: "nav", parent: 0 },
    { tag: "main", parent: 0 },
    { tag: "ul", parent: 2 },
  ];
  const blocks = [block("b0", "Menu", { element: 1 }), block("b1", "Item", { element: 3, intro: "b0", kind: "li" })];
  const part = keepBlocks({ blocks, elements, isCut: false, roots: [] }, [blocks[1]]);
  assert.deepEqual(part.elements, [
    { tag: "body", parent: null },
    { tag: "main", parent: 0 },
    { tag: "ul", parent: 1 },
  ]);
  assert.deepEqual([part.blocks[0].wire.element, part.blocks[0].wire.intro], [2, null]);
  assert.equal(blocks[1].wire.element, 3);
  const whole = { blocks, elements, isCut: false, roots: [] };
  assert.equal(partOf(whole, blocks), whole);
});

test("a selection is cut to its words, with links and nodes where they stand", () => {
  const text = "Some say tea helps. A miracle, says the aunt.";
  const one = block("b0", text, { links: [{ start: 22, end: 29, href: "https://x.example/", resolved: true }] });
  const two = block("b1", "Not selected at all", { intro: "b0" });
  const [{ node }] = one.segments;
  const range = {
    startContainer: node,
    startOffset: 19,
    endContainer: node,
    endOffset: 30,
    intersectsNode: (/** @type {any} */ other) => other === node,
  };
  const { blocks, elements } = cutToRanges({ blocks: [one, two], elements: [{ tag: "body", parent: null }] }, [range]);
  assert.deepEqual(elements, []);
  assert.equal(blocks.length, 1);
  assert.equal(blocks[0].wire.text, "A miracle,");
  assert.deepEqual(blocks[0].segments, [{ node, from: 20, at: 0, length: 10 }]);
  assert.deepEqual(blocks[0].wire.links, [{ start: 2, end: 9, href: "https://x.example/", resolved: true }]);
  assert.equal(blocks[0].wire.element, undefined);
});

test("fruitless looks and repeated questions wait longer and longer, up to a limit", () => {
  assert.equal(nextLook(100, 2, true), 100);
  assert.equal(nextLook(100, 30, true), 600);
  assert.equal(nextLook(400, 2, false), 800);
  assert.equal(nextLook(9000, 2, false), 10_000);
  assert.equal(nextGap(1000), 2000);
  assert.equal(nextGap(50_000), 60_000);
  assert.equal(restedGap(8000, 20_000), 8000);
  assert.equal(restedGap(8000, 40_000), 1000);
});
