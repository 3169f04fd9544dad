import assert from "node:assert/strict";
import { test } from "node:test";
import { withMute } from "../../extension/background/muting.js";
import { readPreferences } from "../../extension/background/preference-shape.js";
import { applyPreferences, phrasePattern, sortFlags } from "../../extension/background/preferences.js";
import { regionOf } from "../../extension/background/region.js";
import { readSettingsFile, writeSettingsFile } from "../../extension/background/settings-file.js";

const DEFAULTS = readPreferences({});
const WORDS = { title: "Own", reason: "Because." };

/** @returns {any} */
const flag = (/** @type {string} */ id, /** @type {string} */ exact, kind = "miracle", family = "promise") => ({
  id,
  flag: kind,
  family,
  quote: { exact, prefix: "", suffix: "" },
});
/** @returns {any} */
const report = (/** @type {object} */ other = {}) => ({
  state: "checked",
  main_text: null,
  notices: [],
  flags: [],
  ...other,
});
/** @returns {any} */
const page = (/** @type {string[]} */ ...texts) => ({ blocks: texts.map((text, at) => ({ id: `b${at}`, text })) });
/** @returns {any} */
const apply = (/** @type {any} */ told, /** @type {any} */ read, /** @type {object} */ chosen) =>
  applyPreferences(told, read, readPreferences(chosen), WORDS);

test("what has the wrong type falls back, and bad entries are left out", () => {
  assert.deepEqual(DEFAULTS, {
    setting: "balanced",
    flagsOff: [],
    look: "quiet",
    region: "",
    mutedPhrases: [],
    mutedSites: [],
    watched: [],
    privateWindows: false,
  });
  for (const junk of [null, 7, "text", [], { setting: {}, flagsOff: "x", look: 1, region: "gb", watched: {} }])
    assert.deepEqual(readPreferences(junk), DEFAULTS);
  const read = readPreferences({
    flagsOff: ["scare", "scare", 7, "__proto__", "<b>"],
    mutedPhrases: ["  Ancient\n wisdom ", "ancient  WISDOM", "x", "!!", "y".repeat(201), null],
    mutedSites: ["https://example.org/path?q=1", "javascript:alert(1)", "file:///x", "example.org"],
    watched: [{ phrase: "seed oils", note: "n".repeat(600) }, { phrase: "Seed  Oils" }, { note: "alone" }, "text"],
    region: "GB",
    privateWindows: "yes",
  });
  assert.deepEqual(read.flagsOff, ["scare"]);
  assert.deepEqual(read.mutedPhrases, ["Ancient wisdom"]);
  assert.deepEqual(read.mutedSites, ["https://example.org"]);
  assert.deepEqual(read.watched, [{ phrase: "seed oils", note: "n".repeat(500) }]);
  assert.deepEqual([read.region, read.privateWindows], ["GB", false]);
});

test("flags and phrases that are muted are set aside and counted", () => {
  const flags = [flag("1", "Ancient\n Wisdom heals."), flag("2", "Order today.", "pressure"), flag("3", "It cures.")];
  const sorted = apply(report({ flags }), page(), { flagsOff: ["pressure"], mutedPhrases: ["ancient wisdom"] });
  assert.deepEqual(
    sorted.flags.map((/** @type {any} */ one) => one.id),
    ["3"],
  );
  assert.deepEqual(
    sorted.muted.map((/** @type {any} */ { flag, by }) => [flag.id, by]),
    [
      ["1", "phrase"],
      ["2", "flag"],
    ],
  );
  const again = [...sorted.flags, ...sorted.muted.map((/** @type {any} */ one) => one.flag)];
  assert.equal(sortFlags(again, DEFAULTS).flags.length, 3);
});

test("phrases are whole words, whatever their case, blanks, apostrophes and signs", () => {
  const isIn = (/** @type {string} */ phrase, /** @type {string} */ text) => text.search(phrasePattern(phrase)) >= 0;
  assert.ok(isIn("doctors won't tell", "What Doctors  won’t\ntell you"));
  assert.ok(isIn("C++ (100%)", "learn c++ (100%) now"));
  assert.ok(isIn("école", "à l'École."));
  assert.ok(!isIn("cure", "a secure cured thing"));
  assert.ok(!isIn("a.c", "abc"));
});

test("watched phrases are marked where they stand, with their note", () => {
  const chosen = { watched: [{ phrase: "seed oils", note: "Ask Ana." }, { phrase: "lectins" }] };
  const found = apply(report(), page("🍄 Seed oils, SEED\n oils.", "Lectins"), chosen).flags;
  assert.deepEqual(
    found.map((/** @type {any} */ one) => [one.block, one.start, one.end, one.quote.exact, one.reason]),
    [
      ["b0", 3, 12, "Seed oils", "Ask Ana."],
      ["b0", 14, 24, "SEED\n oils", "Ask Ana."],
      ["b1", 0, 7, "Lectins", "Because."],
    ],
  );
  assert.ok(found.every((/** @type {any} */ one) => one.family === "own" && one.title === "Own"));
  const gone = sortFlags(found, readPreferences({ watched: [{ phrase: "lectins" }] }));
  assert.deepEqual([gone.flags.length, gone.muted.length], [1, 2]);
});

test("nothing is watched for outside the main text, in the words of somebody in need, or where nothing was checked", () => {
  const chosen = { watched: [{ phrase: "salt" }] };
  const texts = page("salt", "salt", "salt");
  const crisis = { type: "crisis", blocks: ["b1"] };
  const told = report({ main_text: ["b0", "b1"], notices: [crisis] });
  assert.deepEqual(
    apply(told, texts, chosen).flags.map((/** @type {any} */ one) => one.block),
    ["b0"],
  );
  assert.deepEqual(apply(report({ state: "not-checked" }), texts, chosen).flags, []);
});

test("a long page with many phrases takes moments", () => {
  const watched = Array.from({ length: 200 }, (_, at) => ({ phrase: `word${at} of ${at}` }));
  const text = `word1 ${" ".repeat(1000)}of 2 `.repeat(500);
  const start = performance.now();
  assert.deepEqual(apply(report(), page(text), { watched }).flags, []);
  assert.ok(performance.now() - start < 5000);
});

test("muting changes one choice, and taking it back restores it", () => {
  const site = "https://example.org";
  assert.deepEqual(withMute(DEFAULTS, { kind: "site" }, true, site), { mutedSites: [site] });
  assert.deepEqual(withMute(DEFAULTS, { kind: "flag", value: "scare" }, true, site), { flagsOff: ["scare"] });
  assert.deepEqual(withMute(DEFAULTS, { kind: "flag", value: "<b>" }, true, site), { flagsOff: [] });
  const muted = readPreferences({ mutedPhrases: ["one two"] });
  assert.deepEqual(withMute(muted, { kind: "phrase", value: "one two" }, false, site), { mutedPhrases: [] });
  const watched = readPreferences({ watched: [{ phrase: "Seed oils", note: "N" }] });
  const gone = { kind: /** @type {const} */ ("watched"), value: "seed  OILS", note: "N" };
  assert.deepEqual(withMute(watched, gone, true, site), { watched: [] });
  assert.deepEqual(withMute(DEFAULTS, gone, false, site), { watched: [{ phrase: "seed OILS", note: "N" }] });
});

test("settings go into a file and come back, without token and server", () => {
  const chosen = readPreferences({ look: "strong", mutedPhrases: ["ancient wisdom"], region: "IE" });
  const text = writeSettingsFile(chosen);
  assert.deepEqual(readSettingsFile(text), chosen);
  assert.doesNotMatch(text, /token|server/);
  const part = JSON.stringify({ format: "pinch-settings", version: 1, settings: { look: "strong", token: "x" } });
  assert.deepEqual(readSettingsFile(part), { look: "strong" });
  for (const bad of ["", "{", "[]", "null", '{"format": "other"}', 7, undefined, "x".repeat(1_000_001)])
    assert.throws(() => readSettingsFile(bad), { code: "bad_file" });
});

test("a language may name a region", () => {
  const cases = { "en-GB": "GB", "zh-Hant-TW": "TW", "de-at": "AT", en: "", "es-419": "", "": "" };
  for (const [language, region] of Object.entries(cases)) assert.equal(regionOf(language), region, language);
});
