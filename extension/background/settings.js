/** What is kept between sessions: the server, its token and the reader's own choices. Nothing about any page. */

import { readGiven, readPreferences } from "./preference-shape.js";

export const DEFAULT_SERVER = "http://127.0.0.1:8765";

/** @typedef {Preferences & {server: string, token: string}} Settings `token` is empty until paired */

/** Keep the token from content scripts, which share a process with the page. Firefox has no such call and no such sharing. */
export async function guardStorage() {
  if (typeof chrome.storage.local.setAccessLevel === "function") {
    await chrome.storage.local.setAccessLevel({ accessLevel: "TRUSTED_CONTEXTS" });
  }
}

/** @returns {Promise<Settings>} */
export async function readSettings() {
  const stored = await chrome.storage.local.get();
  return {
    ...readPreferences(stored),
    server: typeof stored.server === "string" ? stored.server : DEFAULT_SERVER,
    token: typeof stored.token === "string" ? stored.token : "",
  };
}

/** The server that pairing is tried with, which is then no site to be checked. @param {string} server */
export async function keepServer(server) {
  await chrome.storage.local.set({ server });
}

/** @param {string} server @param {string} token */
export async function keepPairing(server, token) {
  await chrome.storage.local.set({ server, token });
}

export async function forgetPairing() {
  await chrome.storage.local.remove("token");
}

/** The name of the lock under which choices are read and written, so that no change is lost to another. */
const LOCK = "choices";

/**
 * Change some of the reader's choices, one change after another: each starts from what the one before has kept. What is no
 * choice, or has the wrong shape, is not stored.
 * @param {(now: Preferences) => unknown} change gives back the choices that change, as they are after it
 * @returns {Promise<{before: Preferences, after: Preferences}>}
 */
export async function changePreferences(change) {
  return await navigator.locks.request(LOCK, async () => {
    const before = readPreferences(await chrome.storage.local.get());
    await chrome.storage.local.set(readGiven(change(before)));
    return { before, after: readPreferences(await chrome.storage.local.get()) };
  });
}

/** Forget all, the pairing too. */
export async function forgetAll() {
  const clear = () => Promise.all([chrome.storage.local.clear(), chrome.storage.session.clear()]);
  await navigator.locks.request(LOCK, clear);
}

/**
 * Every key that is stored with its value, or the number of its entries; the token is never told. Keys that nothing here
 * knows are told too, so that nothing is kept in secret.
 * @returns {Promise<StoredKey[]>}
 */
export async function readStored() {
  const stored = await chrome.storage.local.get();
  return Object.keys(stored)
    .sort()
    .map((key) => ({ key, value: key === "token" ? null : sayValue(stored[key]) }));
}

/** @param {unknown} value @returns {string | number} */
function sayValue(value) {
  if (Array.isArray(value)) return value.length;
  if (typeof value === "object" && value !== null) return Object.keys(value).length;
  return String(value);
}
