/** The icon and the menus, against the browser's interface as far as they use it. */

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

/** @type {Record<string, any>} */
let local = {};
/** @type {Record<string, any>} */
let session = {};
/** What the icon shows in the tab. */
let icon = { title: "", badge: "" };
/** @type {Record<string, any>} */
let entries = {};
/** @type {any[]} */
let told = [];
/** @type {string[]} */
let granted = [];
const area = (/** @type {() => Record<string, any>} */ read) => ({
  get: async () => read(),
  set: async (/** @type {object} */ values) => void Object.assign(read(), values),
  remove: async (/** @type {string | string[]} */ keys) => {
    for (const key of [keys].flat()) delete read()[key];
  },
});
const runtime = {
  lastError: /** @type {object | undefined} */ (undefined),
  getManifest: () => ({ host_permissions: ["http://127.0.0.1/*"], version: "0.1.0" }),
};
Object.assign(globalThis, {
  chrome: {
    runtime,
    storage: { local: area(() => local), session: area(() => session) },
    i18n: { getMessage: (/** @type {string} */ key) => key },
    action: {
      setTitle: async (/** @type {{title: string}} */ { title }) => void Object.assign(icon, { title }),
      setBadgeText: async (/** @type {{text: string}} */ { text }) => void Object.assign(icon, { badge: text }),
      setBadgeBackgroundColor: async () => {},
      setBadgeTextColor: async () => {},
    },
    contextMenus: {
      remove(/** @type {string} */ id, /** @type {() => void} */ done) {
        delete entries[id];
        done();
      },
      create: (/** @type {any} */ entry) => void Object.assign(entries, { [entry.id]: entry }),
      update: async () => {},
    },
    permissions: {
      getAll: async () => ({ origins: granted }),
      contains: async (/** @type {{origins: string[]}} */ { origins }) => origins.every((one) => granted.includes(one)),
      request: async (/** @type {{origins: string[]}} */ { origins }) => granted.push(...origins) > 0,
    },
    scripting: {
      getRegisteredContentScripts: async () => [],
      registerContentScripts: async () => {},
    },
    tabs: {
      async sendMessage(/** @type {number} */ _, /** @type {any} */ message) {
        told.push(message);
        return { type: "stale" };
      },
    },
  },
  fetch: async () => new Response(null, { status: 204 }),
});
const locks = { request: (/** @type {string} */ _, /** @type {() => any} */ act) => act() };
Object.defineProperty(globalThis, "navigator", { value: { locks } });
const { offerQueue } = await import("../../extension/background/queue-menu.js");
const { unpair } = await import("../../extension/background/pairing.js");
const { handleArrival } = await import("../../extension/background/reach.js");
const { handleMenu } = await import("../../extension/background/menu.js");
const { readPaired, readReachable } = await import("../../extension/background/paired.js");

const tab = /** @type {chrome.tabs.Tab} */ ({ id: 7, incognito: false, url: "https://pinch.example.org/x" });

beforeEach(() => {
  local = { server: "https://pinch.example.org", token: "t" };
  session = {};
  icon = { title: "action_title", badge: "" };
  entries = {};
  told = [];
  granted = ["http://127.0.0.1/*", "https://pinch.example.org/*"];
});

test("the title of a refused address goes when the tab goes on", async () => {
  await handleArrival(tab, "https://mail.google.com/inbox", true);
  assert.deepEqual(icon, { title: "problem_never_mail_title", badge: "!" });
  await handleArrival(tab, "https://tea.example/journal", true);
  assert.deepEqual(icon, { title: "action_title", badge: "" });
});

test("unpairing takes the forum's entry and its flags away", async () => {
  session = { legend: [{ id: "miracle" }], forums: ["forum.example"] };
  offerQueue(["forum.example"]);
  assert.deepEqual(entries.queue.documentUrlPatterns, ["http://forum.example/*", "https://forum.example/*"]);
  await unpair();
  assert.deepEqual([entries, session, local], [{}, {}, { server: "https://pinch.example.org" }]);
});

test("the menu on the server's own page says that it cannot be checked always", async () => {
  const info = /** @type {any} */ ({ menuItemId: "always-site", wasChecked: false });
  await handleMenu(info, tab);
  assert.deepEqual(told, [{ type: "refuse", code: "no_always", canInsist: false }]);
  await handleMenu(info, { ...tab, url: "https://tea.example/" });
  assert.deepEqual(told.slice(1), [{ type: "start" }]);
});

test("nothing is sent without a pairing, to another server than was shown, or where the browser does not let us", async () => {
  assert.equal((await readReachable("https://pinch.example.org")).token, "t");
  await assert.rejects(readReachable("https://other.example"), { code: "server_changed" });
  granted = [];
  assert.equal((await readPaired()).token, "t");
  await assert.rejects(readReachable(), { code: "no_access" });
  local = { server: "https://pinch.example.org" };
  await assert.rejects(readPaired(), { code: "not_paired" });
  await assert.rejects(readReachable(), { code: "not_paired" });
});
