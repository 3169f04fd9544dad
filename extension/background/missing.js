/** The entry in the menu of selected words: something is missing here. */

import { renewEntry } from "./menu-entry.js";
import { tellPageOrReader } from "./notice.js";

const ENTRY = "missing";

export function addMissingEntry() {
  renewEntry(ENTRY, { title: chrome.i18n.getMessage("menu_missing"), contexts: ["selection"] });
}

/** @param {chrome.contextMenus.OnClickData} info @param {chrome.tabs.Tab | undefined} tab */
export async function handleMissing(info, tab) {
  if (info.menuItemId === ENTRY && tab?.id !== undefined) await tellPageOrReader(tab, { type: "missing" });
}
