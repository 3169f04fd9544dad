/** Wiring only: which event goes to which room. */

import { showBadge } from "./badge.js";
import { handleGesture } from "./check.js";
import { createMenu, handleMenu, tickFrontTab } from "./menu.js";
import { handleOptions } from "./pairing.js";
import { addPanelEntry, handlePanel, isPanelEntry, openPanel, openPanelFromPage } from "./panel.js";
import { checkPart, handleArrival, handleSite } from "./reach.js";
import { keepInsisted } from "./refusal.js";
import { guardStorage } from "./settings.js";
import { followPermissions, forgetSites } from "./sites.js";

chrome.runtime.onInstalled.addListener(({ reason }) => {
  if (reason === "install") chrome.runtime.openOptionsPage();
  createMenu();
  addPanelEntry();
  // Browsers forget registered content scripts with an update.
  followPermissions();
});
chrome.runtime.onStartup.addListener(followPermissions);
chrome.permissions.onAdded.addListener(followPermissions);
chrome.permissions.onRemoved.addListener(({ origins }) => forgetSites(origins ?? []));

chrome.action.onClicked.addListener((tab) => handleGesture(tab, "click"));
chrome.contextMenus.onClicked.addListener((info, tab) => {
  if (isPanelEntry(info) && tab) openPanel(tab);
  else handleMenu(info, tab);
});
chrome.tabs.onActivated.addListener(tickFrontTab);
chrome.tabs.onUpdated.addListener((_, { status }, tab) => {
  if (status === "complete" && tab.active) tickFrontTab();
});

chrome.commands.onCommand.addListener((command, tab) => {
  if (command === "next-mark" && tab) handleGesture(tab, "next");
  if (command === "panel" && tab) openPanel(tab);
});

chrome.runtime.onMessage.addListener((message, sender, sendResponse) => {
  if (sender.id !== chrome.runtime.id) return false;
  if (sender.url?.startsWith(chrome.runtime.getURL("pages/options.html"))) {
    handleOptions(message).then(sendResponse);
    return true;
  }
  if (sender.url?.startsWith(chrome.runtime.getURL("panel/panel.html"))) {
    answerPanel(message).then(sendResponse);
    return true;
  }
  if (sender.tab && message.type === "check-part") {
    checkPart(sender.tab, message.page).then(sendResponse);
    return true;
  }
  if (sender.tab) handlePage(message, sender.tab, sender.url ?? "");
  return false;
});

/** @param {PanelMessage} message @returns {Promise<unknown>} */
async function answerPanel(message) {
  return (await handlePanel(message)) ?? (await handleSite(message));
}

/** @param {BackgroundMessage} message @param {chrome.tabs.Tab} tab where it came from @param {string} address of the sender */
async function handlePage(message, tab, address) {
  if (message.type === "open-options") chrome.runtime.openOptionsPage();
  if (message.type === "check-again") handleGesture(tab, "click");
  if (message.type === "open-panel") openPanelFromPage(tab);
  if (message.type === "count" && tab.id !== undefined) showBadge(tab.id, message.count);
  if (message.type === "arrived") handleArrival(tab, message.address, message.isOn);
  if (message.type === "insist") {
    await keepInsisted(new URL(address).origin);
    handleGesture(tab, "click");
  }
}

guardStorage();
