/** The server that this browser is paired with, for whoever sends it something. */

import { originPattern } from "./page-address.js";
import { Problem } from "./problems.js";
import { readSettings } from "./settings.js";

/** @returns {Promise<import("./settings.js").Settings>} @throws {Problem} when there is no pairing */
export async function readPaired() {
  const settings = await readSettings();
  if (!settings.token) throw new Problem("not_paired");
  return settings;
}

/**
 * The same for a server that is asked now: the browser must let us reach it.
 * @param {string | null} [shown] the server that the reader saw, which must still be the one
 * @returns {Promise<import("./settings.js").Settings>} @throws {Problem}
 */
export async function readReachable(shown = null) {
  const settings = await readPaired();
  if (shown !== null && settings.server !== shown) throw new Problem("server_changed");
  if (!(await chrome.permissions.contains({ origins: [originPattern(settings.server)] })))
    throw new Problem("no_access");
  return settings;
}
