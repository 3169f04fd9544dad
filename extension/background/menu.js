/** The entries in the browser's context menus. A click on one lets us into the tab, as a click on the icon does. */

import { handleGesture } from "./check.js";
import { renewEntry } from "./menu-entry.js";
import { originPattern } from "./page-address.js";
import { startAlways } from "./reach.js";
import { canBeAlways, dropAlways, hasTls, isAlways } from "./sites.js";

const ALWAYS = "always-site";
const SELECTION = "check-selection";

/** Make the entries; browsers keep them between sessions. */
export function createMenu() {
  const title = (/** @type {string} */ key) => chrome.i18n.getMessage(key);
  renewEntry(ALWAYS, { type: "checkbox", title: title("menu_always"), contexts: ["action"] });
  renewEntry(SELECTION, { title: title("menu_selection"), contexts: ["selection"] });
}

/**
 * @param {chrome.contextMenus.OnClickData} info @param {chrome.tabs.Tab | undefined} tab
 */
export async function handleMenu(info, tab) {
  if (!tab) return;
  if (info.menuItemId === SELECTION) await handleGesture(tab, "selection");
  if (info.menuItemId === ALWAYS) await toggleAlways(tab, info.wasChecked === true);
  if (info.menuItemId === ALWAYS) await tickAlways(tab.url);
}

/** @param {chrome.tabs.Tab} tab @param {boolean} wasAlways */
async function toggleAlways(tab, wasAlways) {
  const address = tab.url ?? "";
  if (!hasTls(address)) return await handleGesture(tab, "no-always");
  if (wasAlways) return await dropAlways(address);
  // Asked for before anything is waited for: browsers allow the question only while they handle the click.
  const isGranted = await chrome.permissions.request({ origins: [originPattern(address)] });
  if (!isGranted) return;
  if (await canBeAlways(address)) await startAlways(tab, address);
  else await handleGesture(tab, "no-always");
}

/** Show whether the page in front is always checked. Its address is told only where it is. @param {string | undefined} address */
export async function tickAlways(address) {
  await chrome.contextMenus.update(ALWAYS, { checked: await isAlways(address) });
}

/** The same for whichever tab has come to the front. */
export async function tickFrontTab() {
  const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
  await tickAlways(tab?.url);
}
