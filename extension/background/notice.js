/** Words for pages on which we may not write any: a small popup under the icon, and the icon's own title. */

import { showTrouble } from "./badge.js";

/** @param {number} tabId @param {string} code of a problem */
export async function showNotice(tabId, code) {
  await showTrouble(tabId);
  await chrome.action.setTitle({ tabId, title: chrome.i18n.getMessage(`problem_${code}_title`) });
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
