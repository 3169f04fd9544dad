/**
 * The reader's own choices, read from the store or from a file that somebody handed over: what has the wrong type falls back,
 * and single entries that cannot be right are left out.
 */

/** @type {readonly Setting[]} */
export const SETTINGS = ["few", "balanced", "more"];
/** @type {readonly Look[]} */
export const LOOKS = ["quiet", "strong"];

const PHRASE_LENGTH = 200;
const NOTE_LENGTH = 500;
/** Each watched phrase is looked for in the whole page, so there is an end to them. */
const LIST_LENGTH = 200;

/** @param {unknown} stored @returns {Preferences} */
export function readPreferences(stored) {
  const data = /** @type {Record<string, unknown>} */ (Object(stored));
  return {
    setting: SETTINGS.find((setting) => setting === data.setting) ?? "balanced",
    flagsOff: readItems(data.flagsOff, LISTS.flagsOff),
    look: LOOKS.find((look) => look === data.look) ?? "quiet",
    region: typeof data.region === "string" && /^[A-Z]{2}$/.test(data.region) ? data.region : "",
    mutedPhrases: readItems(data.mutedPhrases, LISTS.mutedPhrases),
    mutedSites: readItems(data.mutedSites, LISTS.mutedSites),
    watched: readItems(data.watched, LISTS.watched),
    privateWindows: data.privateWindows === true,
  };
}

/** Those choices alone that are named. @param {unknown} stored @returns {Partial<Preferences>} */
export function readGiven(stored) {
  const given = new Set(Object.keys(Object(stored)));
  return Object.fromEntries(Object.entries(readPreferences(stored)).filter(([key]) => given.has(key)));
}

/** One spelling for phrases that mean the same: small letters, single blanks, plain apostrophes. @param {string} phrase */
export function foldPhrase(phrase) {
  return phrase.replace(/[‘’]/g, "'").replace(/\s+/g, " ").trim().toLowerCase();
}

/** @param {unknown} value @param {ListShape} list @returns {any[]} */
function readItems(value, { read, keyOf }) {
  if (!Array.isArray(value)) return [];
  /** @type {Map<string, unknown>} */
  const found = new Map();
  for (const item of value) {
    const good = read(item);
    if (good !== null && !found.has(keyOf(good))) found.set(keyOf(good), good);
  }
  return [...found.values()].slice(0, LIST_LENGTH);
}

/** @param {unknown} value @returns {string | null} */
export function readFlagId(value) {
  return typeof value === "string" && /^[a-z][a-z-]{0,40}$/.test(value) ? value : null;
}

/** A phrase as it is kept: at least two letters or figures, single blanks. @param {unknown} value @returns {string | null} */
export function readPhrase(value) {
  if (typeof value !== "string") return null;
  const phrase = value.toWellFormed().replace(/\s+/g, " ").trim();
  return phrase.length <= PHRASE_LENGTH && /[\p{L}\p{N}].*[\p{L}\p{N}]/u.test(phrase) ? phrase : null;
}

/** @param {unknown} value @returns {string | null} */
export function readOrigin(value) {
  if (typeof value !== "string" || !URL.canParse(value)) return null;
  const { origin, protocol } = new URL(value);
  return /^https?:$/.test(protocol) ? origin : null;
}

/** @param {unknown} value @returns {WatchedPhrase | null} */
export function readWatched(value) {
  const { phrase, note } = /** @type {Record<string, unknown>} */ (Object(value));
  const good = readPhrase(phrase);
  if (good === null) return null;
  return { phrase: good, note: typeof note === "string" ? note.toWellFormed().trim().slice(0, NOTE_LENGTH) : "" };
}

/**
 * How the entries of each list are read, and what is equal for entries that are the same.
 * @typedef {{read: (item: unknown) => any, keyOf: (item: any) => string}} ListShape
 * @type {Record<ListName, ListShape>}
 */
export const LISTS = {
  flagsOff: { read: readFlagId, keyOf: (id) => id },
  mutedPhrases: { read: readPhrase, keyOf: foldPhrase },
  mutedSites: { read: readOrigin, keyOf: (origin) => origin },
  watched: { read: readWatched, keyOf: ({ phrase }) => foldPhrase(phrase) },
};
