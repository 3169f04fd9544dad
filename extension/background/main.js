/** Wiring only: which event goes to which room. */

import { clearBadge, showBadge } from "./badge.js";
import { handleGesture } from "./check.js";
import { previewFeedback, sendShown } from "./feedback.js";
import { createMenu, handleMenu, tickFrontTab } from "./menu.js";
import { addMissingEntry, handleMissing } from "./missing.js";
import { changeMute } from "./muting.js";
import { handleOptions } from "./options.js";
import { addPanelEntry, handlePanel, isPanelEntry, openPanel, openPanelFromPage } from "./panel.js";
import { previewPost, sendShownPost } from "./queue.js";
import { handleQueue } from "./queue-menu.js";
import { checkPart, handleArrival, handleSite } from "./reach.js";
import { keepInsisted } from "./refusal.js";
import { guardStorage } from "./settings.js";
import { followPermissions, forgetSites } from "./sites.js";

chrome.runtime.onInstalled.addListener(({ reason }) => {
  if (reason === "install") chrome.runtime.openOptionsPage();
  addPanelEntry();
  createMenu();
  addMissingEntry();
  // Browsers forget registered content scripts with an update.
  followPermissions();
});
chrome.runtime.onStartup.addListener(followPermissions);
chrome.permissions.onAdded.addListener(followPermissions);
chrome.permissions.onRemoved.addListener(({ origins }) => forgetSites(origins ?? []));

chrome.action.onClicked.addListener((tab) => handleGesture(tab, "click"));
chrome.contextMenus.onClicked.addListener((info, tab) => {
  if (isPanelEntry(info) && tab) openPanel(tab);
  handleMissing(info, tab);
  handleQueue(info, tab);
  handleMenu(info, tab);
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
  if (!sender.tab || !sender.url) return false;
  const answer = answerPage(message, sender.tab, sender.url);
  if (answer) sendAnswer(answer, sendResponse);
  else handlePage(message, sender.tab, sender.url);
  return answer !== null;
});

/**
 * A page must not wait for ever: after a fault of ours it hears nothing, and the fault goes on to the browser's log.
 * @param {Promise<unknown>} answer @param {(answer: unknown) => void} send
 */
function sendAnswer(answer, send) {
  answer.then(send, (error) => {
    send(null);
    throw error;
  });
}

/** @param {PanelMessage} message @returns {Promise<unknown>} */
async function answerPanel(message) {
  return (await handlePanel(message)) ?? (await handleSite(message));
}

/** @param {BackgroundMessage} message @param {chrome.tabs.Tab} tab where it came from @param {string} address of the sender */
async function handlePage(message, tab, address) {
  if (message.type === "open-options") chrome.runtime.openOptionsPage();
  if (message.type === "check-again") handleGesture(tab, "click");
  if (message.type === "open-panel") openPanelFromPage(tab);
  if (message.type === "check-muted") handleGesture(tab, "click", { isAsked: true });
  if (message.type === "left" && tab.id !== undefined) clearBadge(tab.id);
  if (message.type === "count" && tab.id !== undefined) showBadge(tab.id, message.count);
  if (message.type === "arrived") handleArrival(tab, message.address, message.isOn);
  if (message.type === "insist") {
    await keepInsisted(new URL(address).origin);
    handleGesture(tab, "click", { isAsked: true });
  }
}

/**
 * What a page waits for.
 * @param {BackgroundMessage} message @param {chrome.tabs.Tab} tab @param {string} address of the page
 * @returns {Promise<unknown> | null}
 */
function answerPage(message, tab, address) {
  if (message.type === "check-part") return checkPart(tab, message.page, message.isAsked);
  if (message.type === "mute") return changeMute(message, address);
  if (message.type === "feedback") return previewFeedback(message.draft, address);
  if (message.type === "send-feedback") return sendShown(message.body, message.server, address);
  if (message.type === "post") return previewPost(message.draft, tab, address);
  if (message.type === "send-post") return sendShownPost(message.body, message.server, tab, address);
  return null;
}

guardStorage();
