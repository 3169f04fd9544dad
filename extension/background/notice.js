/** Words for pages on which we may not write any: a small popup under the icon, and the icon's own title. */

import { showTrouble, titleTrouble } from "./badge.js";
import { tellPage } from "./page.js";
import { codeOfUnreadablePage } from "./page-address.js";

/**
 * Tell a page what was pressed, or the reader why this page is out of reach, whatever the browser's words for that are.
 * @param {chrome.tabs.Tab} tab @param {PageMessage} message
 * @returns {Promise<PageReply | null>} null when the browser does not let us in
 */
export async function tellPageOrReader(tab, message) {
  const tabId = /** @type {number} */ (tab.id);
  try {
    return await tellPage(tabId, message);
  } catch {
    await showNotice(tabId, codeOfUnreadablePage(tab.url));
    return null;
  }
}

/** @param {number} tabId @param {string} code of a problem */
export async function showNotice(tabId, code) {
  await showTrouble(tabId);
  await titleTrouble(tabId, code);
  await chrome.action.setPopup({ tabId, popup: `pages/notice.html?problem=${code}` });
  try {
    await chrome.action.openPopup();
  } catch {
    // A window that is not in front gets no popup. It stays set, so that the next click shows it.
    return;
  }
  // Without a popup the next click is a click again.
  await chrome.action.setPopup({ tabId, popup: "" });
}
