/** What is kept between sessions: the server, its token and the reader's own choices. Nothing about any page. */

import { readPreferences } from "./preference-shape.js";

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

/**
 * Change some of the reader's choices. What is no choice, or has the wrong shape, is not stored.
 * @param {unknown} changes
 */
export async function keepPreferences(changes) {
  const given = new Set(Object.keys(Object(changes)));
  const read = Object.entries(readPreferences(changes)).filter(([key]) => given.has(key));
  await chrome.storage.local.set(Object.fromEntries(read));
}

/** Forget all, the pairing too. */
export async function forgetAll() {
  await Promise.all([chrome.storage.local.clear(), chrome.storage.session.clear()]);
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
