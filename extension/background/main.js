/** Wiring only: which event goes to which room. */

import { showBadge } from "./badge.js";
import { handleGesture } from "./check.js";
import { handleOptions } from "./pairing.js";
import { addPanelEntry, handlePanel, isPanelEntry, openPanel, openPanelFromPage } from "./panel.js";
import { guardStorage } from "./settings.js";

chrome.runtime.onInstalled.addListener(({ reason }) => {
  if (reason === "install") chrome.runtime.openOptionsPage();
  addPanelEntry();
});

chrome.action.onClicked.addListener((tab) => handleGesture(tab, "click"));

chrome.commands.onCommand.addListener((command, tab) => {
  if (command === "next-mark" && tab) handleGesture(tab, "next");
  if (command === "panel" && tab) openPanel(tab);
});

chrome.contextMenus.onClicked.addListener((info, tab) => {
  if (isPanelEntry(info) && tab) openPanel(tab);
});

chrome.runtime.onMessage.addListener((message, sender, sendResponse) => {
  if (sender.id !== chrome.runtime.id) return false;
  if (sender.url?.startsWith(chrome.runtime.getURL("pages/options.html"))) {
    handleOptions(message).then(sendResponse);
    return true;
  }
  if (sender.url?.startsWith(chrome.runtime.getURL("panel/panel.html"))) {
    handlePanel(message).then(sendResponse);
    return true;
  }
  if (sender.tab) handlePage(message, sender.tab);
  return false;
});

/** @param {BackgroundMessage} message @param {chrome.tabs.Tab} tab where it came from */
function handlePage(message, tab) {
  if (message.type === "open-options") chrome.runtime.openOptionsPage();
  if (message.type === "check-again") handleGesture(tab, "click");
  if (message.type === "open-panel") openPanelFromPage(tab);
  if (message.type === "count" && tab.id !== undefined) showBadge(tab.id, message.count);
}

guardStorage();
