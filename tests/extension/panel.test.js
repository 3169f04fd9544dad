import assert from "node:assert/strict";
import { test } from "node:test";
import { familiesOf, groupByFlag, percentOf } from "../../extension/panel/groups.js";
import { loadContent, textNode } from "./load.js";

const { findingsOf, codePoints, quoteAt, spanOf } = loadContent("text", "findings", "selectors");

const flag = (/** @type {string} */ id, /** @type {string} */ kind, family = "promise", block = "b0", start = 0) => ({
  id,
  flag: kind,
  title: kind,
  family,
  block,
  start,
});
const finding = (/** @type {any} */ of, at = 0) => /** @type {any} */ ({ flag: of, words: "w", at });

test("findings are grouped by flag: harm first, the most frequent first, in reading order", () => {
  const findings = [
    finding(flag("1", "vague", "source")),
    finding(flag("2", "miracle")),
    finding(flag("3", "overclaim")),
    finding(flag("4", "watched", "own")),
    finding(flag("5", "overclaim")),
    finding(flag("6", "dose", "risk")),
  ];
  const groups = groupByFlag(findings).map((group) => [group.flag, group.findings.map((one) => one.flag.id).join()]);
  assert.deepEqual(groups, [
    ["dose", "6"],
    ["overclaim", "3,5"],
    ["miracle", "2"],
    ["vague", "1"],
    ["watched", "4"],
  ]);
  assert.deepEqual(
    familiesOf(groupByFlag(findings)).map(({ family, findings: some }) => [family, some.length]),
    [
      ["risk", 1],
      ["promise", 3],
      ["source", 1],
      ["own", 1],
    ],
  );
  assert.deepEqual(groupByFlag([]), []);
});

test("a place is told in whole hundredths and never outside the page", () => {
  assert.deepEqual(
    [0, 0.004, 0.995, 1.2, -1].map((at) => percentOf(finding(flag("1", "x"), at))),
    [0, 0, 100, 100, 0],
  );
});

test("a finding tells its words as they are now and its place among all that was sent", () => {
  const sent = [
    { wire: { id: "b0" }, text: "x".repeat(60) },
    { wire: { id: "b1" }, text: "y".repeat(40) },
  ];
  const mark = { flag: flag("1", "miracle", "promise", "b1", 15), block: { text: "It cures all." }, start: 3, end: 8 };
  assert.deepEqual(findingsOf([{ marks: [mark] }], sent), [{ flag: mark.flag, words: "cures", at: 0.75 }]);
  assert.equal(findingsOf([{ marks: [mark] }], [])[0].at, 0);
});

test("positions count code points, whatever is asked for first", () => {
  const text = "a🍵b🍄🍄c";
  const asked = [text.indexOf("c"), 0, text.indexOf("b"), text.length];
  assert.deepEqual(
    asked.map((at) => codePoints(text, asked).get(at)),
    [5, 0, 2, 6],
  );
});

test("a quote's neighbours are whole characters", () => {
  const text = `🍵${"x".repeat(31)}words${"y".repeat(31)}🍄`;
  const { exact, prefix, suffix } = quoteAt(text, 33, 38);
  assert.deepEqual([exact, prefix, suffix], ["words", "x".repeat(31), "y".repeat(31)]);
});

test("a mark outside the body's own text has no position", () => {
  const node = textNode("These words.");
  const mark = { flag: { id: "1" }, block: { segments: [{ node, from: 0, at: 0, length: 12 }] }, start: 6, end: 11 };
  assert.deepEqual(spanOf(mark, new Map([[node, 100]])), [{ id: "1", start: 106, end: 111 }]);
  assert.deepEqual(spanOf(mark, new Map()), []);
});
