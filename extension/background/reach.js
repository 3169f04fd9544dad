/** What sets a check off without a click on the icon: a site that is always checked, a page that moved on, new words on it. */

import { clearBadge, showTrouble, titleTrouble } from "./badge.js";
import { checkText, finishReply } from "./check.js";
import { tellPage } from "./page.js";
import { findRefusal } from "./refusal.js";
import { canBeAlways, dropAlways, isAlways, keepAlways } from "./sites.js";

/**
 * A page has come to an address, by loading or by its own history.
 * @param {chrome.tabs.Tab} tab @param {string} address with its query, which may tell that a page is private; it is not sent @param {boolean} isOn whether the reader had it checked before it moved
 */
export async function handleArrival(tab, address, isOn) {
  if (tab.id === undefined) return;
  await clearBadge(tab.id);
  if (!isOn && !(await isAlways(address))) return;
  const refusal = await findRefusal(address, tab.incognito);
  if (refusal) return await refuseQuietly(tab.id, refusal.code);
  await finishReply(tab, await tellPage(tab.id, { type: "start" }));
}

/** Nobody clicked, so nothing pops up: the icon says it. @param {number} tabId @param {string} code */
async function refuseQuietly(tabId, code) {
  await tellPage(tabId, { type: "wait" });
  await showTrouble(tabId);
  await titleTrouble(tabId, code);
}

/**
 * Words that a checked page has got since.
 * @param {chrome.tabs.Tab} tab @param {PageText} page @param {boolean} isAsked whether the reader said yes to this page of a muted site
 * @returns {Promise<Outcome>}
 */
export async function checkPart(tab, page, isAsked) {
  return await checkText(page, tab.incognito, { isAsked });
}

/** The permission is there: check this site always, and this page of it now. @param {chrome.tabs.Tab} tab @param {string} address */
export async function startAlways(tab, address) {
  if (await keepAlways(address)) await handleArrival(tab, address, true);
}

/**
 * What the panel asks about a site; it requests the permission itself, in its own click.
 * @param {PanelMessage} message
 * @returns {Promise<SiteState | undefined>} undefined for messages of another kind
 */
export async function handleSite(message) {
  if (message.type !== "site-state" && message.type !== "site-always" && message.type !== "site-once") return;
  const { origin } = message;
  if (!(await canBeAlways(origin))) return { origin, isAlways: false, canBeAlways: false };
  if (message.type === "site-always" && (await keepAlways(origin))) await startFrontTab(origin);
  if (message.type === "site-once") await dropAlways(origin);
  return { origin, isAlways: await isAlways(origin), canBeAlways: true };
}

/** @param {string} origin */
async function startFrontTab(origin) {
  const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
  if (tab?.url && new URL(tab.url).origin === origin) await handleArrival(tab, tab.url, true);
}
