/** The item in the menu of selected words on the pages of a forum: send this post to its moderators. */

import { showNotice } from "./notice.js";
import { tellPage } from "./page.js";
import { codeOfUnreadablePage } from "./page-address.js";

const ITEM = "queue";

/** Offer it on the pages of these hosts and nowhere else. @param {string[]} forums */
export function offerQueue(forums) {
  // Where it was not there yet, or was made twice at once, that is told in lastError, which must be looked at.
  const look = () => void chrome.runtime.lastError;
  chrome.contextMenus.remove(ITEM, () => {
    look();
    if (!forums.length) return;
    const documentUrlPatterns = forums.flatMap((host) => [`http://${host}/*`, `https://${host}/*`]);
    const title = chrome.i18n.getMessage("menu_queue");
    chrome.contextMenus.create({ id: ITEM, title, contexts: ["selection"], documentUrlPatterns }, look);
  });
}

/** @param {chrome.contextMenus.OnClickData} info @param {chrome.tabs.Tab | undefined} tab */
export async function handleQueue(info, tab) {
  if (info.menuItemId !== ITEM || tab?.id === undefined) return;
  try {
    await tellPage(tab.id, { type: "queue" });
  } catch {
    await showNotice(tab.id, codeOfUnreadablePage(tab.url));
  }
}
