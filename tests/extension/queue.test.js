import assert from "node:assert/strict";
import { test } from "node:test";
import { readForums } from "../../extension/background/legend.js";
import { problemOfPost } from "../../extension/background/problems.js";
import { buildPost, previewPost, readPost, sendShownPost } from "../../extension/background/queue.js";
import { ShapeError } from "../../extension/background/shape.js";

const ADDRESS = "https://forum.example/threads/lip-balm";
const DRAFT = { text: " It cured my lip. ", author: "Wren", anchor: "post-41" };
const NOW = 1_790_000_000_000;

test("a post is named by host, path and element, and a later preview is a later version", async () => {
  const body = await buildPost(DRAFT, ADDRESS, NOW);
  assert.match(body.post_id, /^reader-[0-9a-f]{40}$/);
  assert.deepEqual(body, {
    source: "forum.example",
    post_id: body.post_id,
    version: NOW,
    text: "It cured my lip.",
    author: "Wren",
    url: ADDRESS,
  });
  const again = await buildPost({ ...DRAFT, text: "It did not." }, `${ADDRESS}#post-41`, NOW + 5);
  assert.deepEqual([again.post_id, again.version, again.url], [body.post_id, NOW + 5, ADDRESS]);
  const others = [
    await buildPost({ ...DRAFT, anchor: "post-42" }, ADDRESS, NOW),
    await buildPost(DRAFT, `${ADDRESS}-2`, NOW),
    await buildPost(DRAFT, ADDRESS.replace("forum.", "www."), NOW),
  ];
  assert.equal(new Set([body, ...others].map(({ post_id }) => post_id)).size, 4);
});

test("without an element's id, or with a query, a post is named by its words", async () => {
  const loose = await buildPost({ ...DRAFT, anchor: "" }, ADDRESS, NOW);
  assert.equal(loose.version, 1);
  const query = await buildPost(DRAFT, `${ADDRESS}?t=7&sid=secret`, NOW);
  // The query neither leaves nor tells anything: another one names the same post.
  assert.deepEqual(query, { ...loose, author: "Wren" });
  assert.deepEqual(await buildPost(DRAFT, `${ADDRESS}?t=8`, NOW), query);
  assert.notEqual((await buildPost({ ...DRAFT, text: "Other." }, `${ADDRESS}?t=7`, NOW)).post_id, query.post_id);
});

test("what was shown is what is sent, and nothing of another shape", async () => {
  const body = await buildPost(DRAFT, ADDRESS, NOW);
  assert.deepEqual(readPost({ ...body, extra: 1 }, `${ADDRESS}?who=me#x`), body);
  assert.deepEqual(readPost({ ...body, author: null }, ADDRESS), { ...body, author: null });
  const bad = [
    { source: "other.example" },
    { post_id: "41" },
    { post_id: `${body.post_id}/..` },
    { version: -1 },
    { version: "1" },
    { text: " " },
    { text: "\ud800" },
    { text: null },
    { author: " " },
    { author: "n".repeat(201) },
    { author: undefined },
    { url: `${ADDRESS}?who=me` },
    { url: null },
  ];
  for (const other of bad)
    assert.throws(() => readPost({ ...body, ...other }, ADDRESS), ShapeError, JSON.stringify(other));
  for (const other of [null, [], "text", undefined]) assert.throws(() => readPost(other, ADDRESS), ShapeError);
  assert.throws(() => readPost({ ...body, text: "x".repeat(100_001) }, ADDRESS), { code: "post_too_long" });
});

/** The browser as far as the background asks it. @param {Record<string, unknown>} session @param {Record<string, unknown>} local */
function withBrowser(session, local) {
  const area = (/** @type {Record<string, unknown>} */ kept) => ({ get: async () => kept });
  Object.assign(globalThis, { chrome: { storage: { session: area(session), local: area(local) } } });
}

test("a preview is for pages of a forum that may be read, in a browser that is paired", async () => {
  const hosts = ["forum.example", "mail.google.com", "forum.local"];
  const tab = /** @type {chrome.tabs.Tab} */ ({ incognito: false });
  const paired = { server: "https://pinch.example", token: "a-token-of-the-tests" };
  const ask = async (/** @type {string} */ address, given = tab) => {
    const reply = await previewPost(DRAFT, given, address);
    return reply.ok ? reply.preview.server : reply.problem.code;
  };
  withBrowser({ forums: hosts }, paired);
  assert.equal(await ask(ADDRESS), "https://pinch.example");
  assert.equal(await ask("https://mail.google.com/mail/u/0/"), "never_mail");
  assert.equal(await ask("https://forum.example/user/login"), "never_login");
  assert.match(await ask("http://forum.local/threads/1"), /^never_/);
  assert.equal(await ask(ADDRESS, { ...tab, incognito: true }), "private_window");
  assert.equal(await ask("https://www.forum.example/threads/lip-balm"), "no_forum");
  assert.equal(await ask("file:///forum.example/threads"), "no_forum");
  const sent = await sendShownPost(await buildPost(DRAFT, ADDRESS, NOW), "https://other.example", tab, ADDRESS);
  assert.deepEqual(sent, { ok: false, problem: { code: "server_changed", hint: "" } });
  withBrowser({ forums: hosts }, { ...paired, token: "" });
  assert.equal(await ask(ADDRESS), "not_paired");
  withBrowser({}, paired);
  assert.equal(await ask(ADDRESS), "no_forum");
});

test("forums are host names; older servers name none", () => {
  assert.deepEqual(readForums({ flags: [] }), []);
  const given = [
    "forum.example",
    "*",
    "<all_urls>",
    "https://a.example",
    "a.example/x",
    "A.example",
    7,
    "",
    "xn--frum-0qa.example",
  ];
  assert.deepEqual(readForums({ forums: given }), ["forum.example", "xn--frum-0qa.example"]);
  assert.throws(() => readForums({ forums: "forum.example" }), ShapeError);
});

test("refusals of a post are told in words", () => {
  const error = { error: { code: "x", message: "m", hint: "Do this." } };
  const codes = [401, 404, 405, 409, 410, 413, 422, 429, 500].map((status) => problemOfPost(status, error).code);
  assert.deepEqual(codes, [
    "token_refused",
    "no_queue",
    "no_queue",
    "post_refused",
    "post_deleted",
    "post_too_long",
    "post_refused",
    "server_busy",
    "post_refused",
  ]);
  assert.equal(problemOfPost(422, error).hint, "Do this.");
});
