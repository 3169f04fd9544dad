/** Whether a page may be read at all, told by its address and window alone, before anything of it is read. */

import { whyNeverRead } from "./never-read.js";
import { readSettings } from "./settings.js";

/**
 * Why a page is not read, or null when it may be.
 * @param {string | undefined} address as far as the browser tells it @param {boolean} isPrivate whether its window is
 * @returns {Promise<Refusal | null>}
 */
export async function findRefusal(address, isPrivate) {
  const { mutedSites, privateWindows } = await readSettings();
  if (isPrivate && !privateWindows) return { code: "private_window", canInsist: false };
  if (!address || !URL.canParse(address)) return null;
  const { origin } = new URL(address);
  const kind = whyNeverRead(address);
  if (!kind && !mutedSites.includes(origin)) return null;
  if ((await insistedSites()).includes(origin)) return null;
  return { code: kind ? `never_${kind}` : "muted_site", canInsist: true };
}

/** The reader wants this site read all the same, until the browser closes. @param {string} origin */
export async function keepInsisted(origin) {
  const insisted = new Set([...(await insistedSites()), origin]);
  await chrome.storage.session.set({ insisted: [...insisted] });
}

/** @returns {Promise<string[]>} */
async function insistedSites() {
  const { insisted } = await chrome.storage.session.get("insisted");
  return Array.isArray(insisted) ? insisted : [];
}
