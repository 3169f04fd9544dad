/** What is kept between sessions: the server, its token and how much to mark. Nothing about any page. */

export const DEFAULT_SERVER = "http://127.0.0.1:8765";

/** @type {readonly Setting[]} */
export const SETTINGS = ["few", "balanced", "more"];

/**
 * @typedef {object} Settings
 * @property {string} server origin of the paired server
 * @property {string} token empty until paired
 * @property {Setting} setting
 * @property {string[]} mutedSites origins that are not checked
 * @property {boolean} privateWindows whether pages in private windows may be checked
 */

/** Keep the token from content scripts, which share a process with the page. Firefox has no such call and no such sharing. */
export async function guardStorage() {
  if (typeof chrome.storage.local.setAccessLevel === "function") {
    await chrome.storage.local.setAccessLevel({ accessLevel: "TRUSTED_CONTEXTS" });
  }
}

/** @returns {Promise<Settings>} */
export async function readSettings() {
  const stored = await chrome.storage.local.get(["server", "token", "setting", "mutedSites", "privateWindows"]);
  const sites = Array.isArray(stored.mutedSites) ? stored.mutedSites : [];
  return {
    server: typeof stored.server === "string" ? stored.server : DEFAULT_SERVER,
    token: typeof stored.token === "string" ? stored.token : "",
    setting: readSetting(stored.setting),
    mutedSites: sites.filter((site) => typeof site === "string"),
    privateWindows: stored.privateWindows === true,
  };
}

/** @param {unknown} value @returns {Setting} */
export function readSetting(value) {
  return SETTINGS.find((setting) => setting === value) ?? "balanced";
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

/** @param {Setting} setting */
export async function keepSetting(setting) {
  await chrome.storage.local.set({ setting });
}
