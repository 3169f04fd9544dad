/** One check of one tab, from the click to the answer. All state lives in the page, so the worker may die at any moment. */

import { readReport } from "./answer.js";
import { clearBadge, showBadge, showTrouble } from "./badge.js";
import { readFlags } from "./legend.js";
import { isMutedSite } from "./muting.js";
import { showNotice } from "./notice.js";
import { tellPage } from "./page.js";
import { codeOfUnreadablePage, originPattern } from "./page-address.js";
import { applyPreferences } from "./preferences.js";
import { asProblem, Problem } from "./problems.js";
import { analyze } from "./server.js";
import { readSettings } from "./settings.js";

/**
 * What a click on the icon or a shortcut sets off: check the page, or clear its marks, or go to the next one.
 * @param {chrome.tabs.Tab} tab
 * @param {"click" | "next"} type
 * @param {{isAsked?: boolean}} [known] whether the reader was asked already about a site that they muted
 */
export async function handleGesture(tab, type, { isAsked = false } = {}) {
  if (tab.id === undefined) return;
  /** @type {PageReply} */
  let reply;
  try {
    const isMuted = !isAsked && isMutedSite(tab.url, await readSettings());
    reply = await tellPage(tab.id, { type, isMuted });
  } catch {
    // Whatever the browser's words for refusing our scripts are, the reader needs to know why this page is out of reach.
    await showNotice(tab.id, codeOfUnreadablePage(tab.url));
    return;
  }
  if (reply.type === "off") await clearBadge(tab.id);
  if (reply.type === "shown") await showTrouble(tab.id);
  if (reply.type === "check") await finishCheck(tab.id, reply);
}

/** @param {number} tabId @param {{run: number, page: PageText}} asked */
async function finishCheck(tabId, { run, page }) {
  const outcome = await checkText(page);
  const reply = await tellPage(tabId, { type: "finish", run, outcome });
  if (reply.type === "shown") await (reply.isChecked ? showBadge(tabId, reply.count) : showTrouble(tabId));
}

/** @param {PageText} page @returns {Promise<Outcome>} */
async function checkText(page) {
  try {
    const settings = await readSettings();
    return { ok: true, report: applyPreferences(await askServer(page, settings), page, settings) };
  } catch (error) {
    return { ok: false, problem: asProblem(error) };
  }
}

/** @param {PageText} page @param {import("./settings.js").Settings} settings @returns {Promise<Report>} */
async function askServer(page, settings) {
  if (!settings.token) throw new Problem("not_paired");
  if (!(await chrome.permissions.contains({ origins: [originPattern(settings.server)] })))
    throw new Problem("no_access");
  const [answer, flags] = await Promise.all([analyze(settings, page), readFlags(settings)]);
  return readReport(answer, page.blocks, familiesOf(flags), settings.server);
}

/** @param {FlagLegend[]} flags @returns {Record<string, FlagFamily>} */
function familiesOf(flags) {
  return Object.fromEntries(flags.map(({ id, family }) => [id, family]));
}
