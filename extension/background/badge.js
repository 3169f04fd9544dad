/** The few characters on the toolbar icon. The browser forgets them when the tab goes to another page. */

const COLOURS = { marks: "#7a3e00", clear: "#4a5a52", trouble: "#5b5b66" };

/** @param {number} tabId @param {number} count of marked flags */
export async function showBadge(tabId, count) {
  await paint(tabId, count > 99 ? "99+" : String(count), count ? COLOURS.marks : COLOURS.clear);
}

/** The page was not checked. @param {number} tabId */
export async function showTrouble(tabId) {
  await paint(tabId, "!", COLOURS.trouble);
}

/** Why a page was not checked, as the icon's title. @param {number} tabId @param {string} code of a problem */
export async function titleTrouble(tabId, code) {
  await chrome.action.setTitle({ tabId, title: chrome.i18n.getMessage(`problem_${code}_title`) });
}

/** Take back what was told of a page, the title too: an application may go on to another page in the same tab. @param {number} tabId */
export async function clearBadge(tabId) {
  const title = chrome.i18n.getMessage("action_title");
  await Promise.all([chrome.action.setBadgeText({ tabId, text: "" }), chrome.action.setTitle({ tabId, title })]);
}

/** @param {number} tabId @param {string} text @param {string} color */
async function paint(tabId, text, color) {
  await Promise.all([
    chrome.action.setBadgeText({ tabId, text }),
    chrome.action.setBadgeBackgroundColor({ tabId, color }),
    chrome.action.setBadgeTextColor({ tabId, color: "#ffffff" }),
  ]);
}
