import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { applyEdits, editsBetween } from "../../extension/background/edits.js";
import { readPreferences } from "../../extension/background/preference-shape.js";

/** @type {Record<string, any>} */
let local = {};
const later = () => new Promise((resolve) => setImmediate(resolve));
/** Each read and each write takes a while, as in a browser. */
const storage = {
  get: async () => {
    await later();
    return structuredClone(local);
  },
  set: async (/** @type {object} */ values) => {
    await later();
    Object.assign(local, structuredClone(values));
  },
};
/** @type {Promise<unknown>} */
let turn = Promise.resolve();
const locks = {
  /** @param {string} _ @param {() => Promise<unknown>} act */
  request(_, act) {
    const mine = turn.then(act);
    turn = mine.catch(() => {});
    return mine;
  },
};
Object.assign(globalThis, {
  chrome: {
    storage: { local: storage, session: { get: async () => ({}) } },
    runtime: { getManifest: () => ({ version: "1", host_permissions: [] }) },
    permissions: { getAll: async () => ({ origins: [] }) },
  },
});
Object.defineProperty(globalThis, "navigator", { value: { locks, language: "en" } });
const { handleOptions } = await import("../../extension/background/options.js");
const { changeMute } = await import("../../extension/background/muting.js");

/** @param {...Edit} edits */
const edit = (...edits) => handleOptions({ type: "edit", edits });
const DEFAULTS = readPreferences({});
const SITE = "https://example.org/page";

beforeEach(() => {
  local = {};
});

test("an edit changes what it names, and what has the wrong shape changes nothing", () => {
  const now = readPreferences({ flagsOff: ["scare"], watched: [{ phrase: "Seed oils", note: "Old." }] });
  assert.deepEqual(applyEdits(now, [{ key: "flagsOff", item: "miracle", isIn: true }]), {
    flagsOff: ["scare", "miracle"],
  });
  const watched = { phrase: "seed  OILS", note: "New." };
  assert.deepEqual(applyEdits(now, [{ key: "watched", item: watched, isIn: true }]), {
    watched: [{ phrase: "seed OILS", note: "New." }],
  });
  assert.deepEqual(
    applyEdits(now, [
      { key: "look", value: "strong" },
      { key: "flagsOff", item: "scare", isIn: false },
      { key: "flagsOff", item: "dose", isIn: true },
    ]),
    { look: "strong", flagsOff: ["dose"] },
  );
  const bad = /** @type {any[]} */ ([
    { key: "token", value: "stolen" },
    { key: "server", item: "https://elsewhere.example", isIn: true },
    { key: "constructor", item: "x", isIn: true },
  ]);
  assert.deepEqual(applyEdits(now, bad), {});
  assert.deepEqual(applyEdits(now, [{ key: "mutedPhrases", item: "!", isIn: true }]), { mutedPhrases: [] });
});

test("the edits between two states lead from one to the other", () => {
  const from = readPreferences({ look: "strong", flagsOff: ["a", "b"], watched: [{ phrase: "tea", note: "1" }] });
  const to = readPreferences({ region: "IE", flagsOff: ["b", "c"], watched: [{ phrase: "Tea", note: "2" }] });
  const there = { ...from, ...applyEdits(from, editsBetween(from, to)) };
  assert.deepEqual(there, to);
  assert.deepEqual(editsBetween(to, to), []);
});

test("changes that are made at once are all kept", async () => {
  await Promise.all([
    edit({ key: "flagsOff", item: "scare", isIn: true }),
    changeMute({ mute: { kind: "flag", value: "miracle" }, isMuted: true, flags: [] }, SITE),
    edit({ key: "flagsOff", item: "dose", isIn: true }),
    changeMute({ mute: { kind: "site" }, isMuted: true, flags: [] }, SITE),
    edit({ key: "mutedSites", item: "https://b.example", isIn: true }),
  ]);
  assert.deepEqual(local, {
    flagsOff: ["scare", "miracle", "dose"],
    mutedSites: ["https://example.org", "https://b.example"],
  });
});

test("Undo takes back the one change, whatever was changed since", async () => {
  local = { mutedPhrases: ["ancient wisdom", "big pharma"], look: "strong" };
  const { undo } = await edit({ key: "mutedPhrases", item: "ancient wisdom", isIn: false });
  await changeMute({ mute: { kind: "phrase", value: "studies show" }, isMuted: true, flags: [] }, SITE);
  await edit({ key: "look", value: "quiet" });
  await edit(...undo);
  assert.deepEqual(local.mutedPhrases.toSorted(), ["ancient wisdom", "big pharma", "studies show"]);
  assert.equal(local.look, "quiet");
});

test("Undo of a file takes back what the file changed, and only that", async () => {
  local = { look: "quiet", mutedPhrases: ["one two"], region: "IE" };
  const settings = { look: "strong", mutedPhrases: ["three four"], region: "IE" };
  const text = JSON.stringify({ format: "pinch-settings", version: 1, settings });
  const { undo } = await handleOptions({ type: "import", text });
  assert.deepEqual(local, settings);
  await edit({ key: "region", value: "GB" });
  await edit({ key: "mutedPhrases", item: "five six", isIn: true });
  await edit(...undo);
  assert.deepEqual(
    { ...DEFAULTS, ...local, mutedPhrases: local.mutedPhrases.toSorted() },
    {
      ...DEFAULTS,
      region: "GB",
      mutedPhrases: ["five six", "one two"],
    },
  );
  assert.deepEqual((await handleOptions({ type: "look" })).undo, []);
});
