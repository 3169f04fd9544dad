/** Sites that are always checked: those that the browser granted beside the server's. */

import { originPattern } from "./page-address.js";
import { readSettings } from "./settings.js";

/** @returns {Promise<string[]>} origins; granted patterns know no ports, and those with wildcards are no single site */
export async function alwaysSites() {
  const { origins = [] } = await chrome.permissions.getAll();
  const { server } = await readSettings();
  const own = [...(chrome.runtime.getManifest().host_permissions ?? []), originPattern(server)];
  return origins
    .filter((pattern) => !own.includes(pattern) && /^https?:\/\/[^*/]+\/\*$/.test(pattern))
    .map((pattern) => pattern.slice(0, -2));
}

/** @param {string} origin */
export async function dropAlways(origin) {
  await chrome.permissions.remove({ origins: [originPattern(origin)] });
}
