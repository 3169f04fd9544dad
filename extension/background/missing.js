/** The item in the menu of selected words: something is missing here. */

import { showNotice } from "./notice.js";
import { tellPage } from "./page.js";
import { codeOfUnreadablePage } from "./page-address.js";

const ITEM = "missing";

/** Browsers keep the items of an extension; making one a second time is refused. */
export function addMissingItem() {
  const title = chrome.i18n.getMessage("menu_missing");
  chrome.contextMenus.remove(ITEM, () => {
    // Where it was not there yet, that is told in lastError, which must be looked at.
    void chrome.runtime.lastError;
    chrome.contextMenus.create({ id: ITEM, title, contexts: ["selection"] });
  });
}

/** @param {chrome.contextMenus.OnClickData} info @param {chrome.tabs.Tab | undefined} tab */
export async function handleMissing(info, tab) {
  if (info.menuItemId !== ITEM || tab?.id === undefined) return;
  try {
    await tellPage(tab.id, { type: "missing" });
  } catch {
    await showNotice(tab.id, codeOfUnreadablePage(tab.url));
  }
}
