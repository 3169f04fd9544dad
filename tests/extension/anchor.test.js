import assert from "node:assert/strict";
import { test } from "node:test";
import { loadContent } from "./load.js";

const { findQuote, anchorFlags, reanchorFlags, groupPlaces, cardSpot } = loadContent("anchor", "places");

const quote = (/** @type {string} */ exact, prefix = "", suffix = "") => ({ exact, prefix, suffix });
const block = (/** @type {string} */ id, /** @type {string} */ text) => ({
  text,
  segments: [],
  wire: { id, kind: "p" },
});
const flag = (
  /** @type {string} */ id,
  /** @type {string} */ at,
  /** @type {number} */ start,
  /** @type {any} */ words,
) => ({
  id,
  block: at,
  start,
  end: start + words.exact.length,
  quote: words,
});

test("words at their offset are taken without looking further", () => {
  assert.deepEqual(findQuote("tea tea tea", quote("tea"), 4), { start: 4, end: 7 });
});

test("a wrong offset is mended by the quote, an offset out of range too", () => {
  assert.deepEqual(findQuote("🍄 a cure", quote("a cure"), 1), { start: 3, end: 9 });
  assert.deepEqual(findQuote("a cure", quote("a cure"), 9000), { start: 0, end: 6 });
});

test("neighbours decide between equal words", () => {
  const text = "green tea and black tea and white tea";
  assert.deepEqual(findQuote(text, quote("tea", "black ", " and"), 1), { start: 20, end: 23 });
  assert.equal(findQuote(text, quote("tea", "red ", " and"), 1), null);
});

test("words that are not there are nowhere", () => {
  assert.equal(findQuote("nothing here", quote("a cure"), 0), null);
});

test("flags of unknown blocks or lost words are left out", () => {
  const blocks = [block("b0", "a cure"), block("b1", "no such thing")];
  const flags = [
    flag("x", "b0", 0, quote("a cure")),
    flag("y", "b7", 0, quote("a cure")),
    flag("z", "b1", 0, quote("a cure")),
  ];
  assert.deepEqual(
    anchorFlags(flags, blocks).map((/** @type {any} */ mark) => [mark.flag.id, mark.order, mark.start, mark.end]),
    [["x", 0, 0, 6]],
  );
});

test("after a change blocks are known by their text, in their order", () => {
  const sent = [block("b0", "same words"), block("b1", "same words"), block("b2", "It is a cure. Yes.")];
  const flags = [flag("x", "b1", 5, quote("words", "same ")), flag("y", "b2", 0, quote("It is a cure.", "", " Yes."))];
  const now = [
    block("b0", "new"),
    block("b1", "same words"),
    block("b2", "same words"),
    block("b3", "More. It is a cure. Yes."),
  ];
  assert.deepEqual(
    reanchorFlags(flags, sent, now).map((/** @type {any} */ mark) => [mark.flag.id, mark.order, mark.start]),
    [
      ["x", 2, 5],
      ["y", 3, 6],
    ],
  );
});

test("overlapping marks are one place, neighbours are two", () => {
  const mark = (/** @type {number} */ order, /** @type {number} */ start, /** @type {number} */ end) => ({
    order,
    start,
    end,
  });
  const places = groupPlaces([mark(1, 0, 5), mark(0, 10, 20), mark(0, 0, 12), mark(0, 20, 30)]);
  assert.deepEqual(
    places.map((/** @type {any} */ { order, start, end, marks }) => [order, start, end, marks.length]),
    [
      [0, 0, 20, 2],
      [0, 20, 30, 1],
      [1, 0, 5, 1],
    ],
  );
});

test("a card never leaves the window", () => {
  for (const width of [200, 360, 640, 1400]) {
    for (const height of [150, 400, 900]) {
      for (const top of [-500, 0, 200, 880, 3000]) {
        const card = { width: Math.min(405, width - 16), height: 700 };
        const words = { left: width - 20, right: width + 40, top, bottom: top + 20 };
        const spot = cardSpot(words, card, { width, height });
        const shown = Math.min(card.height, spot.maxHeight);
        assert.ok(spot.left >= 0 && spot.left + card.width <= width, `${width}x${height} ${top}`);
        assert.ok(spot.top >= 0 && spot.top + shown <= height, `${width}x${height} ${top}: ${JSON.stringify(spot)}`);
      }
    }
  }
});
