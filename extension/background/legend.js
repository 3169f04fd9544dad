/** The server's list of flags, asked once per browser session. */

import { readLegend } from "./answer.js";
import { fetchFlags } from "./server.js";

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
  const legend = readLegend(await fetchFlags(settings));
  await chrome.storage.session.set({ legend });
  return legend;
}

/** What is known without asking anybody; empty when nothing is. @returns {Promise<FlagLegend[]>} */
export async function knownFlags() {
  const { legend } = await chrome.storage.session.get("legend");
  return /** @type {FlagLegend[]} */ (legend ?? []);
}

export async function forgetFlags() {
  await chrome.storage.session.remove("legend");
}
