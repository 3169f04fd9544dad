/** What the server tells of itself, asked once per browser session: its list of flags, and its forums. */

import { readLegend } from "./answer.js";
import { offerQueue } from "./queue-menu.js";
import { fetchFlags } from "./server.js";
import { readGoodItems, readObject, readText, ShapeError } from "./shape.js";

/** A host name as browsers write it. */
const HOST = /^[a-z0-9](?:[a-z0-9.-]{0,78}[a-z0-9])?$/;

/**
 * @param {import("./settings.js").Settings} settings
 * @returns {Promise<FlagLegend[]>}
 */
export async function readFlags(settings) {
  const known = await knownFlags();
  if (known.length) return known;
  return await askFlags(settings);
}

/**
 * Ask anew, since the server may have been updated.
 * @param {import("./settings.js").Settings} settings
 * @returns {Promise<FlagLegend[]>}
 */
export async function askFlags(settings) {
  const answer = await fetchFlags(settings);
  const legend = readLegend(answer);
  const forums = readForums(answer);
  await chrome.storage.session.set({ legend, forums });
  offerQueue(forums);
  return legend;
}

/** What is known without asking anybody; empty when nothing is. @returns {Promise<FlagLegend[]>} */
export async function knownFlags() {
  const { legend } = await chrome.storage.session.get("legend");
  return /** @type {FlagLegend[]} */ (legend ?? []);
}

/** Whether a page is one of a forum whose moderators use the paired server. @param {string} address @returns {Promise<boolean>} */
export async function isForumPage(address) {
  const { forums } = await chrome.storage.session.get("forums");
  return Array.isArray(forums) && /^https?:/.test(address) && forums.includes(new URL(address).hostname);
}

/**
 * The hosts of the forums whose moderators use the server; older servers name none.
 * @param {unknown} answer of `GET /v1/flags` @returns {string[]} @throws {ShapeError}
 */
export function readForums(answer) {
  return readGoodItems(readObject(answer).forums ?? [], (item) => {
    const host = readText(item);
    if (!HOST.test(host)) throw new ShapeError("host name wanted");
    return host;
  });
}

export async function forgetFlags() {
  await chrome.storage.session.remove(["legend", "forums"]);
  offerQueue([]);
}
