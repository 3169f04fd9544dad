import assert from "node:assert/strict";
import { test } from "node:test";
import { loadContent, textNode } from "./load.js";

const { makeBlockText, findNodes, isIntact } = loadContent("text");

/** Reads nodes as one block; a string alone collapses. @param {...(string | [string, string] | "\n")} parts */
function read(...parts) {
  const block = makeBlockText();
  for (const part of parts) {
    if (part === "\n") block.addBreak();
    else if (typeof part === "string") block.add(textNode(part), part, "collapse");
    else block.add(textNode(part[0]), part[0], part[1]);
  }
  return block.finish();
}

/** What the text nodes hold between two offsets. @param {any} found */
function words({ segments }, start, end) {
  const { startNode, startOffset, endNode, endOffset } = findNodes(segments, start, end);
  return startNode === endNode
    ? startNode.data.slice(startOffset, endOffset)
    : startNode.data.slice(startOffset) + endNode.data.slice(0, endOffset);
}

test("white space collapses as the page shows it, across nodes", () => {
  assert.equal(read("  Now\n   studies ", " show").text, "Now studies show");
  assert.equal(read("in", "line").text, "inline");
  assert.equal(read("   ").text, "");
  assert.equal(read("a\u00a0 b").text, "a b");
  assert.equal(read("a\u00a0", "\u2009b").text, "a b");
});

test("line breaks are kept and swallow the spaces around them", () => {
  assert.equal(read("one  ", "\n", "  two", "\n").text, "one\ntwo");
});

test("kept and half-kept spaces", () => {
  assert.equal(read(["a   b\n c", "keep"]).text, "a   b\n c");
  assert.equal(read(["a   b \n  c", "lines"]).text, "a b\nc");
});

test("what nobody sees is dropped, and lone surrogates become the replacement character", () => {
  assert.equal(read("mir\u00adac\u200ble").text, "miracle");
  assert.equal(read("a\ud800b").text, "a\ufffdb");
});

test("offsets lead back to the nodes, in UTF-16 units", () => {
  const mixed = read("🍄  tea ", "is e\u0301 a", " miracle");
  const at = mixed.text.indexOf("miracle");
  assert.equal(mixed.text, "🍄 tea is e\u0301 a miracle");
  assert.equal(words(mixed, at, at + 7), "miracle");
  assert.equal(words(mixed, 3, 6), "tea");
  assert.equal(words(mixed, 0, 2), "🍄");
});

test("a stretch over two nodes begins in one and ends in the other", () => {
  const split = read("a mir", "acle for all");
  assert.equal(words(split, 2, 9), "miracle");
  const soft = read("a mir\u00adacle.");
  assert.equal(words(soft, 2, 9), "mir\u00adacle");
});

test("what stands in no node is found nowhere", () => {
  const block = makeBlockText();
  block.addShown("“");
  const { segments } = block.finish();
  assert.equal(findNodes(segments, 0, 1), null);
});

test("every stretch of random text leads back to the same words", () => {
  let seed = 7;
  const random = (/** @type {number} */ most) => {
    seed = (seed * 48271) % 2147483647;
    return seed % most;
  };
  const alphabet = ["a", "b", " ", "\n", "\t", "🍄", "é", "\u00ad", "\u200b", "ש", "\u00a0", "👩🏽‍⚕️"];
  for (let round = 0; round < 300; round += 1) {
    const nodes = Array.from({ length: 1 + random(4) }, () =>
      Array.from({ length: random(12) }, () => alphabet[random(alphabet.length)]).join(""),
    );
    const whole = read(...nodes);
    assert.doesNotMatch(whole.text, /^[ \t\n]|[ \t\n]$|[ \t\n]{2}/);
    for (const { node, from, at, length } of whole.segments) {
      const shown = node.data.slice(from, from + length).replace(/\s/g, " ");
      const kept = whole.text.slice(at, at + length).replace(/\s/g, " ");
      assert.ok(shown.startsWith(kept), `${JSON.stringify(nodes)}: ${shown} | ${kept}`);
    }
  }
});

test("a changed or removed node is noticed where it matters only", () => {
  globalThis.isConnected = (/** @type {any} */ node) => !node.isGone;
  const kept = textNode("kept ");
  const other = textNode("other");
  const block = makeBlockText();
  block.add(kept, kept.data, "collapse");
  block.add(other, other.data, "collapse");
  const whole = block.finish();
  assert.ok(isIntact(whole, 0, 10));
  other.data = "changed";
  assert.ok(isIntact(whole, 0, 4));
  assert.ok(!isIntact(whole, 0, 10));
  kept.isGone = true;
  assert.ok(!isIntact(whole, 0, 4));
});
