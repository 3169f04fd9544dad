/** The entry in the menu of selected words on the pages of a forum: send this post to its moderators. */

import { renewEntry } from "./menu-entry.js";
import { tellPageOrReader } from "./notice.js";

const ENTRY = "queue";

/** Offer it on the pages of these hosts and nowhere else. @param {string[]} forums */
export function offerQueue(forums) {
  const documentUrlPatterns = forums.flatMap((host) => [`http://${host}/*`, `https://${host}/*`]);
  const title = chrome.i18n.getMessage("menu_queue");
  renewEntry(ENTRY, forums.length ? { title, contexts: ["selection"], documentUrlPatterns } : null);
}

/** @param {chrome.contextMenus.OnClickData} info @param {chrome.tabs.Tab | undefined} tab */
export async function handleQueue(info, tab) {
  if (info.menuItemId === ENTRY && tab?.id !== undefined) await tellPageOrReader(tab, { type: "queue" });
}
