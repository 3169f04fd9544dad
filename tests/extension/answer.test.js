import assert from "node:assert/strict";
import { test } from "node:test";
import { readLegend, readReport, readToken } from "../../extension/background/answer.js";
import { ShapeError } from "../../extension/background/shape.js";

const BLOCKS = [{ id: "b0", kind: "p", text: "It is a cure. 🍄", intro: null, links: [] }];
const FAMILIES = /** @type {const} */ ({ scare: "push" });

const flag = (/** @type {object} */ other = {}) => ({
  id: "f1",
  flag: "miracle",
  title: "Miracle language",
  block: "b0",
  start: 0,
  end: 13,
  quote: { exact: "It is a cure.", prefix: "", suffix: " 🍄" },
  confidence: 0.9,
  severity: "high",
  reason: "Why.",
  checks: ["Ask."],
  evidence: [{ start: 8, end: 12, weight: 2 }],
  source: null,
  topics: [],
  ...other,
});
const report = (/** @type {object} */ other = {}) => ({
  offset_unit: "utf-16",
  state: "checked",
  state_reason: null,
  flags: [flag()],
  context: {},
  notices: [],
  ...other,
});
const read = (/** @type {unknown} */ data) => readReport(data, BLOCKS, FAMILIES);

test("a good answer is read, and what it does not need is dropped", () => {
  const [first] = read(report({ extra: 1 })).flags;
  assert.equal(first.family, "promise");
  assert.deepEqual(first.evidence, [{ start: 8, end: 12 }]);
  assert.ok(!("extra" in read(report({ extra: 1 }))));
  assert.equal(first.confidence, 0.9);
  assert.equal(read(report({ flags: [flag({ flag: "scare" })] })).flags[0].family, "push");
});

test("a frame of the wrong shape is refused", () => {
  const frames = [
    null,
    [],
    "text",
    7,
    {},
    report({ state: "true" }),
    report({ flags: {} }),
    report({ offset_unit: "code-points" }),
  ];
  for (const frame of frames) assert.throws(() => read(frame), ShapeError);
  assert.throws(() => read(report({ context: [] })), ShapeError);
});

test("what a team's list says is read, and an answer of an older server has none", () => {
  const listed = { phrase: "black salve", reason: "It burns.", note: "Send the leaflet." };
  const [first] = read(report({ flags: [flag({ origin: "list", listed })] })).flags;
  assert.deepEqual([first.origin, first.listed], ["list", { reason: "It burns." }]);
  const [older] = read(report()).flags;
  assert.deepEqual([older.origin, older.listed], ["model", null]);
  assert.deepEqual(read(report({ flags: [flag({ listed: { reason: 7 } }), flag({ origin: "else" })] })).flags, []);
});

test("single flags that cannot be right are left out", () => {
  const bad = [
    { start: -1 },
    { start: 13 },
    { end: 18 },
    { end: 1.5 },
    { end: Number.NaN },
    { start: "0" },
    { block: "b9" },
    { quote: null },
    { quote: { exact: " ", prefix: "", suffix: "" } },
    { severity: "extreme" },
    { checks: "all" },
    { title: { toString: "x" } },
    { reason: "x".repeat(20_001) },
    { source: "moon" },
  ];
  const places = ["sentence", "block", "page", "nowhere", null].map((source) => flag({ source }));
  assert.equal(read(report({ flags: places })).flags.length, 5);
  const flags = [...bad.map(flag), null, "flag", flag()];
  assert.equal(read(report({ flags })).flags.length, 1);
  assert.equal(read(report({ flags: [flag({ end: 16 })] })).flags.length, 1, "16 UTF-16 units are the whole text");
});

test("checks are links over https, and the explaining page is the server's own", () => {
  const good = { look_up: [{ text: "Look.", href: "https://medlineplus.gov/" }], explained_at: "/flags/miracle" };
  const [read] = readReport(report({ flags: [flag(good)] }), BLOCKS, {}, "http://127.0.0.1:8765").flags;
  assert.deepEqual(read.look_up, good.look_up);
  assert.equal(read.explained_at, "http://127.0.0.1:8765/flags/miracle");
  const bad = [
    { look_up: [{ text: "Look.", href: "http://medlineplus.gov/" }] },
    { look_up: [{ text: "Look.", href: "javascript:alert(1)" }] },
    { explained_at: "//elsewhere.example/flags" },
  ];
  const answer = report({ flags: bad.map(flag) });
  assert.equal(readReport(answer, BLOCKS, {}, "http://127.0.0.1:8765").flags.length, 0);
});

test("evidence outside its block is left out, the flag stays", () => {
  const flags = [
    flag({
      evidence: [
        { start: 0, end: 99 },
        { start: 3, end: 3 },
        { start: 0, end: 2 },
      ],
    }),
  ];
  assert.deepEqual(read(report({ flags })).flags[0].evidence, [{ start: 0, end: 2 }]);
});

test("names of Object.prototype are no families and no topics", () => {
  const flags = [flag({ flag: "constructor" }), flag({ flag: "__proto__" })];
  for (const one of read(report({ flags })).flags) assert.equal(one.family, "promise");
  const context = JSON.parse('{"__proto__": {"id": "__proto__", "title": "x", "sources": []}}');
  assert.equal(Object.getPrototypeOf(read(report({ context })).context), Object.prototype);
});

test("links are http or https, whoever sends them", () => {
  const source = { n: 1, publisher: "p", title: "t", url: "https://example.org/", year: null };
  const card = (/** @type {object} */ other) => ({
    id: "tea",
    title: "Tea",
    known: [{ text: "x", sources: [1] }],
    sources: [{ ...source, ...other }],
  });
  assert.equal(read(report({ context: { tea: card({}) } })).context.tea.sources[0].url, "https://example.org/");
  for (const url of ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "example.org", 7]) {
    assert.deepEqual(read(report({ context: { tea: card({ url }) } })).context, {});
  }
  const links = [
    { text: "a", href: "https://example.org" },
    { text: "b", href: "javascript:1" },
    { text: "c", href: "http://example.org" },
  ];
  const notice = { type: "crisis", title: "t", text: "x", links, blocks: [] };
  assert.equal(read(report({ notices: [notice, 7] })).notices[0].links.length, 1);
});

test("legend and token", () => {
  assert.deepEqual(readLegend({ flags: [{ id: "scare", title: "Scare claim", family: "push", reason: "" }] }), [
    { id: "scare", title: "Scare claim", family: "push" },
  ]);
  assert.throws(() => readLegend({ flags: [{ id: "x", title: "X", family: "other" }] }), ShapeError);
  assert.equal(readToken({ token: "pinch_abc_def" }), "pinch_abc_def");
  for (const token of ["", "short", "with space in it", "line\r\nbreak-in-it", 12345678]) {
    assert.throws(() => readToken({ token }), ShapeError);
  }
});
