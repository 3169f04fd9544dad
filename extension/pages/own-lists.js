/** The reader's phrases and sites: lists to add to and take from. */

import { readPhrase } from "../background/preference-shape.js";
import { tell } from "./told.js";
import { find, make, say } from "./words.js";

/**
 * @typedef {(change: Edit, told?: string, isByKeyboard?: boolean) => Promise<void>} MakeEdit
 * @typedef {{text: string, note?: string, remove: (isByKeyboard: boolean) => unknown}} Item
 */

/** @type {MakeEdit} */
let edit = async () => {};
/** @type {(message: BackgroundMessage) => Promise<OptionsStatus>} */
let ask;

/** @param {MakeEdit} editNow @param {(message: BackgroundMessage) => Promise<OptionsStatus>} askNow */
export function wireLists(editNow, askNow) {
  edit = editNow;
  ask = askNow;
  onAdd("watch", "watch-phrase", (phrase) => {
    const note = find("watch-note", HTMLInputElement);
    edit({ key: "watched", item: { phrase, note: note.value.trim() }, isIn: true });
    note.value = "";
  });
  onAdd("mute", "mute-phrase", (phrase) => {
    edit({ key: "mutedPhrases", item: phrase, isIn: true });
  });
}

/** @param {string} form @param {string} field @param {(phrase: string) => void} add */
function onAdd(form, field, add) {
  find(form, HTMLFormElement).addEventListener("submit", (event) => {
    event.preventDefault();
    const input = find(field, HTMLInputElement);
    const phrase = readPhrase(input.value);
    if (phrase === null) return tell(say("options_bad_phrase"));
    add(phrase);
    input.value = "";
    input.focus();
  });
}

/** @param {OptionsStatus} status */
export function showLists({ preferences, alwaysSites }) {
  const { watched, mutedPhrases, mutedSites } = preferences;
  const watchedItems = watched.map((one) => ({
    text: one.phrase,
    note: one.note,
    remove: drop("watched", one, one.phrase),
  }));
  const phrases = mutedPhrases.map((text) => ({ text, remove: drop("mutedPhrases", text, text) }));
  const sites = mutedSites.map((text) => ({ text, remove: drop("mutedSites", text, text) }));
  const always = alwaysSites.map((text) => ({ text, remove: () => dropAlways(text) }));
  showList("watched", watchedItems);
  showList("phrases", phrases);
  showList("sites", sites);
  showList("always", always);
  showCount("own-count", watched.length + mutedPhrases.length);
  showCount("sites-count", sites.length + always.length);
}

/** @param {ListName} key @param {ListItem} item @param {string} words */
function drop(key, item, words) {
  const change = { key, item, isIn: false };
  return (/** @type {boolean} */ isByKeyboard) => edit(change, say("options_removed", words), isByKeyboard);
}

/** Only a click on the site itself can give the permission back. @param {string} origin */
async function dropAlways(origin) {
  const { problem } = await ask({ type: "drop-site", origin });
  if (!problem) tell(say("options_always_dropped", origin));
}

/** What each list shows. @type {Map<string, string>} */
const shown = new Map();

/** Built only when it changed, so that the focus stays where it is. @param {string} id @param {Item[]} items */
function showList(id, items) {
  const state = JSON.stringify(items);
  if (shown.get(id) === state) return;
  shown.set(id, state);
  const list = find(id, HTMLUListElement);
  list.replaceChildren(...(items.length ? items.map(buildItem) : [make("li", "soft", say("options_none"))]));
}

/** @param {Item} item */
function buildItem({ text, note, remove }) {
  const button = make("button", "", say("options_remove"));
  button.type = "button";
  button.setAttribute("aria-label", say("options_remove_of", text));
  button.addEventListener("click", () => remove(button.matches(":focus-visible")));
  const words = make("span", "words", text, ...(note ? [make("span", "soft", note)] : []));
  words.dir = "auto";
  return make("li", "", words, button);
}

/** @param {string} id @param {number} count */
function showCount(id, count) {
  find(id, HTMLSpanElement).textContent = count ? `(${count})` : "";
}
