import assert from "node:assert/strict";
import { test } from "node:test";
import { buildBody, readBody } from "../../extension/background/feedback.js";
import { problemOfFeedback } from "../../extension/background/problems.js";
import { ShapeError } from "../../extension/background/shape.js";

const ID = "3f1c9a52-7d44-4c4e-9a36-0b8f6d2f1a77";
const ADDRESS = "https://example.org/page?who=me#part";
const DRAFT = /** @type {const} */ ({
  verdict: "wrong",
  flag: "false-safety",
  text: " It is perfectly safe. ",
  fingerprint: "ab12",
  confidence: 0.94,
  model: "1.2",
});
const BODY = buildBody(DRAFT, "few", ID);

test("a body is built of what the page knows, without its address", () => {
  assert.deepEqual(BODY, {
    id: ID,
    verdict: "wrong",
    flag: "false-safety",
    text: "It is perfectly safe.",
    fingerprint: "ab12",
    url: null,
    confidence: 0.94,
    setting: "few",
    model: "1.2",
    note: null,
  });
  const long = buildBody({ ...DRAFT, text: "🍄".repeat(3000) }, "few", ID).text;
  assert.equal(Array.from(long).length, 2000);
  assert.ok(long.isWellFormed());
});

test("what was shown is what is sent", () => {
  assert.deepEqual(readBody(BODY, ADDRESS), BODY);
  const more = { ...BODY, url: "https://example.org/page", note: "It is a quotation." };
  assert.deepEqual(readBody({ ...more, extra: 1 }, ADDRESS), more);
  const least = { ...BODY, fingerprint: null, confidence: null, setting: null, model: null, verdict: "missing" };
  assert.deepEqual(readBody(least, ADDRESS), least);
});

test("a body of another shape is not sent", () => {
  const bad = [
    { id: "1" },
    { verdict: "true" },
    { flag: "" },
    { flag: 7 },
    { text: "" },
    { text: "x".repeat(2001) },
    { url: ADDRESS },
    { url: "https://example.com/page" },
    { confidence: 2 },
    { confidence: Number.NaN },
    { setting: "all" },
    { note: "n".repeat(501) },
    { note: undefined },
    { model: {} },
  ];
  for (const other of bad)
    assert.throws(() => readBody({ ...BODY, ...other }, ADDRESS), ShapeError, JSON.stringify(other));
  for (const body of [null, [], "text", undefined]) assert.throws(() => readBody(body, ADDRESS), ShapeError);
});

test("refusals are told in words, an older server's too", () => {
  const error = { error: { code: "x", message: "m", hint: "Do this." } };
  const codes = [401, 404, 405, 409, 413, 422, 429, 500].map((status) => problemOfFeedback(status, error).code);
  assert.deepEqual(codes, [
    "token_refused",
    "no_feedback",
    "no_feedback",
    "sent_before",
    "feedback_refused",
    "feedback_refused",
    "server_busy",
    "feedback_refused",
  ]);
  assert.equal(problemOfFeedback(422, error).hint, "Do this.");
  assert.equal(problemOfFeedback(404, undefined).hint, "");
});
