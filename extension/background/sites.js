/**
 * Sites that are always checked: exactly those that the browser lets us into, beside the server.
 *
 * The browser's own list of permissions is the list, so that what the reader takes away there is gone here too. One
 * registration of content scripts follows it.
 */

import { CSS_FILES, SCRIPTS, tellTabs } from "./page.js";
import { originPattern } from "./page-address.js";
import { readSettings } from "./settings.js";

const REGISTRATION = "always";
/** One site, told by its name: a leave for all sites at once is not asked for and makes none of them always checked. */
const ONE_SITE = /^https:\/\/[^*/]+\/\*$/;

/** @returns {Promise<string[]>} origins without ports, in order */
export async function alwaysSites() {
  const [{ origins = [] }, own] = await Promise.all([chrome.permissions.getAll(), ownPatterns()]);
  return origins
    .filter((pattern) => ONE_SITE.test(pattern) && !own.includes(pattern))
    .map((pattern) => pattern.slice(0, -2))
    .sort();
}

/** What is let in for the server's sake. */
async function ownPatterns() {
  const { server } = await readSettings();
  return [...(chrome.runtime.getManifest().host_permissions ?? []), originPattern(server)];
}

/** @param {string | undefined} address */
export async function isAlways(address) {
  if (!address || !hasTls(address)) return false;
  return (await alwaysSites()).includes(originPattern(address).slice(0, -2));
}

/**
 * Whether a site can be checked always: sites with TLS alone, and never the server, which is let in to be asked.
 * @param {string} address @returns {Promise<boolean>}
 */
export async function canBeAlways(address) {
  return hasTls(address) && !(await ownPatterns()).includes(originPattern(address));
}

/** The same as far as it is known without waiting. @param {string} address */
export function hasTls(address) {
  return URL.canParse(address) && new URL(address).protocol === "https:";
}

/**
 * Check a site always from now on. The caller asked the browser for the permission while it handled a click.
 * @param {string} origin
 * @returns {Promise<boolean>} false when the browser does not let us in
 */
export async function keepAlways(origin) {
  await followPermissions();
  return await isAlways(origin);
}

/** @param {string} origin */
export async function dropAlways(origin) {
  if (!(await isAlways(origin))) return;
  await chrome.permissions.remove({ origins: [originPattern(origin)] });
  await followPermissions();
}

/** Register the content scripts for the sites that are always checked, and for no others. */
export async function followPermissions() {
  // Two events of one change would else register twice.
  await navigator.locks.request("always", async () => {
    const sites = await alwaysSites();
    const [registered] = await chrome.scripting.getRegisteredContentScripts({ ids: [REGISTRATION] });
    if (registered) await chrome.scripting.unregisterContentScripts({ ids: [REGISTRATION] });
    if (!sites.length) return;
    const matches = sites.map((site) => `${site}/*`);
    const js = [...SCRIPTS, "/content/always.js"];
    await chrome.scripting.registerContentScripts([{ id: REGISTRATION, matches, js, css: CSS_FILES }]);
  });
}

/** The browser took permissions away: forget the sites, and stop on their open pages. @param {string[]} patterns */
export async function forgetSites(patterns) {
  await followPermissions();
  await tellTabs({ type: "stop", origins: patterns.map((pattern) => pattern.slice(0, -2)) });
}
