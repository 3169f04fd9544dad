import assert from "node:assert/strict";
import { test } from "node:test";
import { loadContent } from "./load.js";

const { firstPhase, nextPhase } = loadContent("phase");
const click = { type: "click" };
const answer = (/** @type {number} */ run, count = 0, isRefused = false) => ({ type: "answer", run, count, isRefused });
const after = (/** @type {any[]} */ ...events) => events.reduce(nextPhase, firstPhase());

test("a click checks, the next one clears", () => {
  assert.deepEqual(after(click), { name: "checking", run: 1 });
  assert.equal(after(click, answer(1, 3)).name, "marked");
  assert.equal(after(click, answer(1, 3), click).name, "off");
});

test("where there is nothing to clear a click checks again", () => {
  assert.deepEqual(after(click, answer(1), click), { name: "checking", run: 2 });
  assert.deepEqual(after(click, answer(1, 0, true), click), { name: "checking", run: 2 });
});

test("a click during a check calls it off, and its late answer counts no more", () => {
  assert.equal(after(click, click).name, "off");
  assert.equal(after(click, click, answer(1, 3)).name, "off");
  assert.deepEqual(after(click, click, click, answer(1, 3)), { name: "checking", run: 2 });
});

test("an answer that nobody waits for changes nothing", () => {
  const phase = after(click, answer(1, 3));
  assert.equal(nextPhase(phase, answer(1, 0)), phase);
});

test("a start checks whatever was before, a stop ends it", () => {
  const start = { type: "start" };
  assert.deepEqual(after(start), { name: "checking", run: 1 });
  assert.deepEqual(after(click, answer(1, 3), start), { name: "checking", run: 2 });
  assert.equal(after(start, { type: "stop" }, answer(1, 3)).name, "off");
});

test("marks that come and go while a page is followed decide what a click does", () => {
  const count = (/** @type {number} */ marked) => ({ type: "count", count: marked });
  assert.equal(after(click, answer(1), count(2)).name, "marked");
  assert.equal(after(click, answer(1, 2), count(0)).name, "clear");
  assert.equal(after(click, answer(1, 0, true), count(2)).name, "refused");
  assert.equal(after(count(2)).name, "off");
});
