/** Changes of the reader's choices, one entry at a time, so that a change writes over nothing but what it is about. */

import { LISTS, readGiven } from "./preference-shape.js";

/**
 * The choices that edits change, as they are after all of them. What is no choice, or has the wrong shape, changes nothing.
 * @param {Preferences} now @param {Edit[]} edits
 * @returns {Partial<Preferences>}
 */
export function applyEdits(now, edits) {
  /** @type {Record<string, unknown>} */
  const changed = {};
  for (const edit of edits) {
    if ("value" in edit) Object.assign(changed, readGiven({ [edit.key]: edit.value }));
    else if (Object.hasOwn(LISTS, edit.key)) changed[edit.key] = withItem(edit, changed[edit.key] ?? now[edit.key]);
  }
  return /** @type {Partial<Preferences>} */ (changed);
}

/** @param {ListEdit} edit @param {any} items @returns {unknown[]} */
function withItem({ key, item, isIn }, items) {
  const { read, keyOf } = LISTS[key];
  const good = read(item);
  if (good === null) return items;
  const others = items.filter((/** @type {unknown} */ one) => keyOf(one) !== keyOf(good));
  return isIn ? [...others, good] : others;
}

/**
 * The edits that lead from some choices to others: what takes a change back, and nothing else.
 * @param {Preferences} from @param {Preferences} to
 * @returns {Edit[]}
 */
export function editsBetween(from, to) {
  /** @type {Edit[]} */
  const edits = [];
  for (const key of /** @type {(keyof Preferences)[]} */ (Object.keys(to))) {
    if (isList(key)) edits.push(...listEdits(key, from[key], to[key]));
    else if (from[key] !== to[key]) edits.push({ key, value: to[key] });
  }
  return edits;
}

/** @param {keyof Preferences} key @returns {key is ListName} */
function isList(key) {
  return Object.hasOwn(LISTS, key);
}

/** @param {ListName} key @param {ListItem[]} from @param {ListItem[]} to @returns {Edit[]} */
function listEdits(key, from, to) {
  const { keyOf } = LISTS[key];
  const wanted = new Set(to.map(keyOf));
  const there = new Set(from.map((item) => JSON.stringify(item)));
  return [
    ...from.filter((item) => !wanted.has(keyOf(item))).map((item) => ({ key, item, isIn: false })),
    ...to.filter((item) => !there.has(JSON.stringify(item))).map((item) => ({ key, item, isIn: true })),
  ];
}
