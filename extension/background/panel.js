/** The panel: how it is opened, and what it asks for. It holds no state; the page in its tab does. */

import { handleGesture } from "./check.js";
import { renewEntry } from "./menu-entry.js";
import { askPage, isLetIn } from "./page.js";

const ENTRY = "panel";
const PAGE = "panel/panel.html";

/** The entry in the context menu of the toolbar icon. */
export function addPanelEntry() {
  renewEntry(ENTRY, { title: chrome.i18n.getMessage("open_panel"), contexts: ["action"] });
}

/** @param {chrome.contextMenus.OnClickData} info */
export function isPanelEntry({ menuItemId }) {
  return menuItemId === ENTRY;
}

/** @typedef {{open: (where?: {windowId: number}) => Promise<void>}} Beside Chromium's side panel or Firefox's sidebar */

/** @param {"sidePanel" | "sidebarAction"} name @returns {Beside | undefined} in the browser that has it */
function beside(name) {
  return Reflect.get(chrome, name);
}

/**
 * Open the panel beside the page. Browsers allow it only while they handle a person's click or key, so nothing is awaited.
 * @param {chrome.tabs.Tab} tab
 */
export function openPanel(tab) {
  const sidebar = beside("sidebarAction");
  if (sidebar) sidebar.open();
  else openPanelFromPage(tab);
}

/** The same for a press in the page, which Firefox does not take for one in the extension. @param {chrome.tabs.Tab} tab */
export function openPanelFromPage(tab) {
  const panel = beside("sidePanel");
  if (panel) panel.open({ windowId: tab.windowId });
  else openPanelTab(tab);
}

/** Where no panel opens beside the page, a tab next to it follows it. @param {chrome.tabs.Tab} tab */
function openPanelTab({ id, index, windowId }) {
  chrome.tabs.create({ url: `${PAGE}?tab=${id}`, index: index + 1, windowId });
}

/**
 * @param {PanelMessage} message
 * @returns {Promise<unknown>} nothing for messages that nobody knows
 */
export async function handlePanel(message) {
  if (message.type === "panel-findings") return await askPage(message.tab, { type: "findings" });
  if (message.type === "panel-selectors") return await askPage(message.tab, { type: "selectors" });
  if (message.type === "panel-go-to") return await askPage(message.tab, { type: "go-to", id: message.id });
  if (message.type === "panel-click") return await click(message.tab);
  return undefined;
}

/**
 * What a click on the icon does, as far as the browser lets us in: a press in the panel opens no page to us.
 * @param {number} tabId
 * @returns {Promise<ProblemData | null>}
 */
async function click(tabId) {
  // Why a browser keeps us out differs; that the icon must be pressed is all that a reader can use.
  if (!(await isLetIn(tabId))) return { code: "no_grant", hint: "" };
  await handleGesture(await chrome.tabs.get(tabId), "click");
  return null;
}
