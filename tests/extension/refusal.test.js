import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

/** @type {Record<string, any>} */
let local = {};
/** @type {Record<string, any>} */
let session = {};
/** @type {string[]} */
let origins = [];
/** @type {any[]} */
let registered = [];
const area = (/** @type {() => Record<string, any>} */ read) => ({
  get: async () => read(),
  set: async (/** @type {object} */ values) => void Object.assign(read(), values),
});
Object.assign(globalThis, {
  chrome: {
    storage: { local: area(() => local), session: area(() => session) },
    runtime: { getManifest: () => ({ host_permissions: ["http://127.0.0.1/*", "http://localhost/*"] }) },
    permissions: {
      getAll: async () => ({ origins }),
      remove: async (/** @type {{origins: string[]}} */ gone) => {
        origins = origins.filter((one) => !gone.origins.includes(one));
      },
    },
    scripting: {
      getRegisteredContentScripts: async () => registered,
      unregisterContentScripts: async () => {
        registered = [];
      },
      registerContentScripts: async (/** @type {any[]} */ scripts) => void registered.push(...scripts),
    },
  },
});
const locks = { request: (/** @type {string} */ _, /** @type {() => any} */ act) => act() };
Object.defineProperty(globalThis, "navigator", { value: { locks } });
const { findRefusal, keepInsisted } = await import("../../extension/background/refusal.js");
const { alwaysSites, canBeAlways, dropAlways, isAlways, keepAlways } = await import(
  "../../extension/background/sites.js"
);

beforeEach(() => {
  local = {};
  session = {};
  origins = ["http://127.0.0.1/*", "http://localhost/*"];
  registered = [];
});

test("private windows come first, and nobody can insist there", async () => {
  const refusal = { code: "private_window", canInsist: false };
  assert.deepEqual(await findRefusal("https://example.org/", true), refusal);
  assert.deepEqual(await findRefusal("https://mail.google.com/", true), refusal);
  local = { privateWindows: "yes" };
  assert.deepEqual(await findRefusal("https://example.org/", true), refusal);
  local = { privateWindows: true };
  assert.equal(await findRefusal("https://example.org/", true), null);
  assert.equal((await findRefusal("https://mail.google.com/", true))?.code, "never_mail");
});

test("the reader insists for one site, until the browser closes", async () => {
  local = { mutedSites: ["https://muted.example"] };
  assert.deepEqual(await findRefusal("https://muted.example/x", false), { code: "muted_site", canInsist: true });
  await keepInsisted("https://mail.google.com");
  assert.equal(await findRefusal("https://mail.google.com/x", false), null);
  assert.equal((await findRefusal("https://mail.yahoo.com/", false))?.code, "never_mail");
  assert.equal((await findRefusal("https://muted.example/", false))?.code, "muted_site");
  for (const other of ["http://muted.example/", "https://muted.example.evil/", "about:blank", "", undefined])
    assert.equal(await findRefusal(other, false), null);
  assert.deepEqual(Object.keys(local), ["mutedSites"]);
  session = {};
  assert.equal((await findRefusal("https://mail.google.com/x", false))?.code, "never_mail");
});

test("who was asked about a muted site has said so of nothing else", async () => {
  local = { mutedSites: ["https://muted.example", "https://mail.google.com"] };
  const asked = { isAsked: true };
  assert.equal(await findRefusal("https://muted.example/x", false, asked), null);
  assert.equal((await findRefusal("https://mail.google.com/x", false, asked))?.code, "never_mail");
  assert.equal((await findRefusal("https://muted.example/x", true, asked))?.code, "private_window");
});

test("always-checked sites are what the browser granted, beside the servers and whole webs", async () => {
  local = { server: "https://pinch.example.org:8765" };
  origins.push(
    "https://pinch.example.org/*",
    "https://b.example/*",
    "https://a.example/*",
    "https://*/*",
    "https://*.c.example/*",
    "http://d.example/*",
  );
  assert.deepEqual(await alwaysSites(), ["https://a.example", "https://b.example"]);
  assert.equal(await isAlways("https://a.example:8443/page?x=1"), true);
  for (const address of [
    "http://a.example/",
    "https://x.a.example/",
    "https://pinch.example.org/",
    "http://127.0.0.1/",
    "",
    "about:blank",
    undefined,
  ]) {
    assert.equal(await isAlways(address), false, address);
  }
});

test("neither plain sites nor the paired server can be checked always", async () => {
  local = { server: "https://pinch.example.org:8765" };
  const sites = [
    "https://a.example",
    "https://pinch.example.org",
    "http://a.example",
    "http://127.0.0.1:8765",
    "",
    "x",
  ];
  const can = await Promise.all(sites.map(canBeAlways));
  assert.deepEqual(can, [true, false, false, false, false, false]);
  local = { server: "https://other.example" };
  assert.equal(await canBeAlways("https://pinch.example.org"), true);
});

test("one registration follows the permissions", async () => {
  assert.equal(await keepAlways("https://a.example"), false);
  assert.deepEqual(registered, []);
  origins.push("https://a.example/*", "https://b.example/*");
  assert.equal(await keepAlways("https://a.example"), true);
  assert.deepEqual(
    registered.map((one) => one.matches),
    [["https://a.example/*", "https://b.example/*"]],
  );
  assert.equal(registered[0].js.at(-1), "/content/always.js");
  assert.ok(!registered[0].allFrames);
  await dropAlways("https://a.example");
  assert.deepEqual(
    registered.map((one) => one.matches),
    [["https://b.example/*"]],
  );
  await dropAlways("https://b.example");
  assert.deepEqual(registered, []);
  await dropAlways("http://127.0.0.1");
  assert.deepEqual(origins, ["http://127.0.0.1/*", "http://localhost/*"]);
});
