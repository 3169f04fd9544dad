import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { loadContent } from "./load.js";

const content = loadContent("result-words");
/** As keys, so that this is about which words are chosen. */
const say = (/** @type {string} */ key, /** @type {any[]} */ ...parts) => [key, ...parts].join(":");
Object.assign(content, {
  say,
  sayCount: (/** @type {string} */ key, /** @type {number} */ count) =>
    say(`${key}_${count === 1 ? "one" : "many"}`, count),
});

const checked = { state: "checked", reason: null, isCut: false, count: 0, ownCount: 0, muted: 0 };

test("nothing flagged, all muted and own phrases are three things", () => {
  assert.deepEqual(content.wordsOfResult(checked), { title: "state_clear", partly: "", told: ["state_clear_note"] });
  assert.deepEqual(content.wordsOfResult({ ...checked, muted: 2 }), {
    title: "state_all_muted",
    partly: "",
    told: ["state_muted_many:2", "state_clear_note"],
  });
  assert.deepEqual(content.wordsOfResult({ ...checked, count: 1, ownCount: 1 }), {
    title: "state_clear",
    partly: "",
    told: ["state_own_one:1"],
  });
  assert.equal(content.wordsOfResult({ ...checked, count: 3, ownCount: 1 }).title, "state_marked_many:2");
});

test("what was not checked is told with its reasons", () => {
  const partly = { ...checked, state: "partly-checked", reason: "Half of it is in Welsh.", isCut: true, count: 1 };
  const { title, partly: told } = content.wordsOfResult(partly);
  assert.deepEqual([title, told], ["state_marked_one:1", "state_partly Half of it is in Welsh. state_cut"]);
  assert.equal(content.wordsOfResult({ ...checked, isCut: true }).partly, "state_partly state_cut");
  const none = { ...checked, state: "not-checked", reason: "Too little text.", muted: 1 };
  assert.deepEqual(content.wordsOfResult(none), { title: "state_not_checked", partly: "Too little text.", told: [] });
});

test("the panel says what the message on the page says", () => {
  const flags = [{ family: "own" }, { family: "promise" }, { family: "risk" }];
  const report = { state: "checked", state_reason: null, notices: [], muted: [{ by: "flag" }, { by: "watched" }] };
  const findings = flags.map((flag) => ({ flag }));
  const page = { state: "checked", reason: null, isCut: false, findings, muted: 1 };
  const told = content.wordsOfReport(report, { count: 3, ownCount: 1 }, false);
  const { title, told: lines } = content.wordsOfFindings(page);
  assert.equal(title, "state_marked_many:2");
  assert.equal(told.title, title);
  assert.equal(told.text, [...lines, "state_marked_how"].join(" "));
});

test("a message stays when not all is well", () => {
  const report = { state: "checked", state_reason: null, notices: [], muted: [] };
  const stays = (/** @type {object} */ other, isCut = false) =>
    content.wordsOfReport({ ...report, ...other }, { count: 0, ownCount: 0 }, isCut).stays;
  assert.equal(stays({}), 8000);
  assert.equal(stays({ notices: [{}] }), undefined);
  assert.equal(stays({ state: "partly-checked" }), undefined);
  assert.equal(stays({ state: "not-checked" }), undefined);
  assert.equal(stays({}, true), undefined);
});

test("the page and the server know what holds a post's words by the same names", () => {
  const { isHolderName } = loadContent("post");
  const comments = readFileSync(new URL("../../classifier/reading/comments.py", import.meta.url), "utf8");
  const names = /_HOLDERS = frozenset\(\s*"""([^"]+)"""/.exec(comments)?.[1].trim().split(/\s+/) ?? [];
  assert.ok(names.length > 15);
  assert.deepEqual(
    names.filter((name) => !isHolderName(name)),
    [],
  );
  // Articles are called so too: on the server they would make a page a thread, and leave out what stands beside.
  for (const name of ["post-content", "comment-content", "comment-text"]) {
    assert.ok(isHolderName(name));
    assert.ok(!names.includes(name));
  }
});
