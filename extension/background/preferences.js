/**
 * The reader's choices, applied to a report before the page sees it: what was muted is set aside and counted, never lost, and
 * phrases that the reader watches for are marked beside the flags.
 */

import { foldPhrase } from "./preference-shape.js";

/** A page may hold a watched word in every line. */
const OWN_LIMIT = 500;
const NEIGHBOURS = 32;

/** @typedef {{title: string, reason: string}} OwnWords what marks on watched phrases are called, and why they are there without a note */

/**
 * @param {Report} report @param {PageText} page @param {Preferences} preferences @param {OwnWords} [words]
 * @returns {Report}
 */
export function applyPreferences(report, page, preferences, words = ownWords()) {
  const own = report.state === "not-checked" ? [] : findWatched(report, page.blocks, preferences.watched, words);
  const flags = [...report.flags, ...own];
  return { ...report, ...sortFlags(flags, preferences), look: preferences.look };
}

/** @returns {OwnWords} */
function ownWords() {
  return { title: chrome.i18n.getMessage("own_title"), reason: chrome.i18n.getMessage("own_reason") };
}

/**
 * The flags that are shown, and those that the reader muted with what muted them. May be done again whenever a choice changes.
 * @param {Flag[]} flags @param {Preferences} preferences
 * @returns {{flags: Flag[], muted: MutedFlag[]}}
 */
export function sortFlags(flags, preferences) {
  const off = new Set(preferences.flagsOff);
  const watched = preferences.watched.map(({ phrase }) => phrasePattern(phrase));
  const phrases = preferences.mutedPhrases.map(phrasePattern);
  /** @param {RegExp[]} patterns @param {Quote} quote */
  const isIn = (patterns, { exact }) => patterns.some((pattern) => exact.search(pattern) >= 0);
  /** @param {Flag} flag @returns {MutedFlag["by"] | null} */
  const muteOf = ({ flag, family, quote }) => {
    if (family === "own") return isIn(watched, quote) ? null : "watched";
    if (off.has(flag)) return "flag";
    return isIn(phrases, quote) ? "phrase" : null;
  };
  const sorted = flags.map((flag) => ({ flag, by: muteOf(flag) }));
  return {
    flags: sorted.filter(({ by }) => by === null).map(({ flag }) => flag),
    muted: sorted.flatMap(({ flag, by }) => (by === null ? [] : [{ flag, by }])),
  };
}

/**
 * A pattern that finds a phrase as whole words, with any case, blanks and apostrophes. It reads a text once: words that are
 * written out follow one another with nothing but blanks between them.
 * @param {string} phrase
 */
export function phrasePattern(phrase) {
  const words = foldPhrase(phrase)
    .split(" ")
    .map((word) => word.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&").replaceAll("'", "['‘’]"));
  return new RegExp(`(?<![\\p{L}\\p{N}])${words.join("\\s+")}(?![\\p{L}\\p{N}])`, "giu");
}

/**
 * The watched phrases in the page's text. None in the words of somebody in need: no mark stands there.
 * @param {Report} report @param {WireBlock[]} blocks @param {WatchedPhrase[]} watched @param {OwnWords} words
 * @returns {Flag[]}
 */
function findWatched({ main_text, notices }, blocks, watched, words) {
  if (!watched.length) return [];
  const read = main_text && new Set(main_text);
  const spared = new Set(notices.filter(({ type }) => type === "crisis").flatMap((notice) => notice.blocks));
  const patterns = watched.map((one) => ({ ...one, pattern: phrasePattern(one.phrase) }));
  /** @type {Flag[]} */
  const found = [];
  for (const { id, text } of blocks) {
    if ((read && !read.has(id)) || spared.has(id)) continue;
    for (const { pattern, note } of patterns) {
      for (const match of text.matchAll(pattern)) {
        if (found.length >= OWN_LIMIT) return found;
        found.push(ownFlag(id, text, match, { ...words, reason: note || words.reason }));
      }
    }
  }
  return found;
}

/** @param {string} block @param {string} text @param {RegExpExecArray} match @param {OwnWords} words @returns {Flag} */
function ownFlag(block, text, { 0: exact, index: start }, { title, reason }) {
  const end = start + exact.length;
  return {
    id: `own-${block}-${start}-${end}`,
    flag: "own",
    title,
    family: "own",
    block,
    start,
    end,
    quote: {
      exact,
      prefix: text.slice(Math.max(0, start - NEIGHBOURS), start),
      suffix: text.slice(end, end + NEIGHBOURS),
    },
    confidence: null,
    severity: "low",
    reason,
    checks: [],
    evidence: [],
    source: null,
    origin: "model",
    listed: null,
    topics: [],
    look_up: [],
    explained_at: null,
  };
}
