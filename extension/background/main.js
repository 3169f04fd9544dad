/** Wiring only: which event goes to which room. */

import { clearBadge, showBadge } from "./badge.js";
import { handleGesture } from "./check.js";
import { previewFeedback, sendShown } from "./feedback.js";
import { addMissingItem, handleMissing } from "./missing.js";
import { changeMute } from "./muting.js";
import { handleOptions } from "./options.js";
import { guardStorage } from "./settings.js";

chrome.runtime.onInstalled.addListener(({ reason }) => {
  if (reason === "install") chrome.runtime.openOptionsPage();
  addMissingItem();
});

chrome.action.onClicked.addListener((tab) => handleGesture(tab, "click"));

chrome.commands.onCommand.addListener((command, tab) => {
  if (command === "next-mark" && tab) handleGesture(tab, "next");
});

chrome.contextMenus.onClicked.addListener((info, tab) => handleMissing(info, tab));

chrome.runtime.onMessage.addListener((message, sender, sendResponse) => {
  if (sender.id !== chrome.runtime.id) return false;
  if (sender.url?.startsWith(chrome.runtime.getURL("pages/options.html"))) {
    handleOptions(message).then(sendResponse);
    return true;
  }
  if (!sender.tab) return false;
  const answer = sender.url ? answerPage(message, sender.url) : null;
  if (answer) answer.then(sendResponse);
  else handlePage(message, sender.tab);
  return answer !== null;
});

/** @param {BackgroundMessage} message @param {chrome.tabs.Tab} tab where it came from */
function handlePage(message, tab) {
  if (message.type === "open-options") chrome.runtime.openOptionsPage();
  if (message.type === "check-again") handleGesture(tab, "click");
  if (message.type === "check-muted") handleGesture(tab, "click", { isAsked: true });
  if (message.type === "left" && tab.id !== undefined) clearBadge(tab.id);
  if (message.type === "count" && tab.id !== undefined) showBadge(tab.id, message.count);
}

/** What a page waits for. @param {BackgroundMessage} message @param {string} address of the page @returns {Promise<unknown> | null} */
function answerPage(message, address) {
  if (message.type === "mute") return changeMute(message, address);
  if (message.type === "feedback") return previewFeedback(message.draft, address);
  if (message.type === "send-feedback") return sendShown(message.body, message.server, address);
  return null;
}

guardStorage();
