/** Whether a page may be read at all, told by its address and window alone, before anything of it is read. */

import { whyNeverRead } from "./never-read.js";
import { readSettings } from "./settings.js";

/**
 * Why a page is not read, or null when it may be.
 * @param {string | undefined} address as far as the browser tells it @param {boolean} isPrivate whether its window is
 * @param {{isAsked?: boolean}} [known] whether the reader was asked just now about a site that they muted
 * @returns {Promise<Refusal | null>}
 */
export async function findRefusal(address, isPrivate, { isAsked = false } = {}) {
  const { mutedSites, privateWindows } = await readSettings();
  if (isPrivate && !privateWindows) return { code: "private_window", canInsist: false };
  if (!address || !URL.canParse(address)) return null;
  const { origin } = new URL(address);
  const kind = whyNeverRead(address);
  if (kind && !(await insistedSites()).includes(origin)) return { code: `never_${kind}`, canInsist: true };
  return !isAsked && mutedSites.includes(origin) ? { code: "muted_site", canInsist: true } : null;
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
