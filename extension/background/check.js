/** One check of one tab, from the click to the answer. All state lives in the page, so the worker may die at any moment. */

import { readLegend, readReport } from "./answer.js";
import { clearBadge, showBadge, showTrouble } from "./badge.js";
import { showNotice } from "./notice.js";
import { tellPage } from "./page.js";
import { codeOfUnreadablePage, originPattern } from "./page-address.js";
import { Problem } from "./problems.js";
import { findRefusal } from "./refusal.js";
import { analyze, fetchFlags } from "./server.js";
import { readSettings } from "./settings.js";
import { ShapeError } from "./shape.js";

/**
 * What a click on the icon, a menu or a shortcut sets off: check the page or its selected words, or clear its marks, or go
 * to the next one. A page that is never read only tells why.
 * @param {chrome.tabs.Tab} tab
 * @param {Gesture} type
 */
export async function handleGesture(tab, type) {
  if (tab.id === undefined) return;
  const refusal = type === "no-always" ? { code: "no_always", canInsist: false } : await refusalOf(tab);
  /** @type {PageReply} */
  let reply;
  try {
    reply = await tellPage(tab.id, refusal ? { type: "refuse", ...refusal } : { type: /** @type {"click"} */ (type) });
  } catch {
    // Whatever the browser's words for refusing our scripts are, the reader needs to know why this page is out of reach.
    await showNotice(tab.id, codeOfUnreadablePage(tab.url));
    return;
  }
  await finishReply(tab, reply);
}

/** @param {chrome.tabs.Tab} tab */
function refusalOf(tab) {
  return findRefusal(tab.url, tab.incognito);
}

/** Do what the page's reply asks for. @param {chrome.tabs.Tab} tab @param {PageReply} reply */
export async function finishReply(tab, reply) {
  const tabId = /** @type {number} */ (tab.id);
  if (reply.type === "off") await clearBadge(tabId);
  if (reply.type === "shown") await showResult(tabId, reply);
  if (reply.type !== "check") return;
  const outcome = await checkText(reply.page, tab.incognito);
  const told = await tellPage(tabId, { type: "finish", run: reply.run, outcome });
  if (told.type === "shown") await showResult(tabId, told);
}

/** @param {number} tabId @param {{count: number, isChecked: boolean}} shown */
async function showResult(tabId, { count, isChecked }) {
  await (isChecked ? showBadge(tabId, count) : showTrouble(tabId));
}

/**
 * The one way by which a page's words go to the server. So it looks at the address once more.
 * @param {PageText} page @param {boolean} isPrivate whether its window is
 * @returns {Promise<Outcome>}
 */
export async function checkText(page, isPrivate) {
  try {
    const refusal = await findRefusal(page.url, isPrivate);
    if (refusal) throw new Problem(refusal.code);
    return { ok: true, report: await askServer(page) };
  } catch (error) {
    if (error instanceof Problem) return { ok: false, problem: error.toData() };
    if (error instanceof ShapeError) return { ok: false, problem: new Problem("server_shape").toData() };
    throw error;
  }
}

/** @param {PageText} page @returns {Promise<Report>} */
async function askServer(page) {
  const settings = await readSettings();
  if (!settings.token) throw new Problem("not_paired");
  if (!(await chrome.permissions.contains({ origins: [originPattern(settings.server)] })))
    throw new Problem("no_access");
  const [answer, families] = await Promise.all([analyze(settings, page), readFamilies(settings)]);
  return readReport(answer, page.blocks, families, settings.server);
}

/**
 * The family of each flag, asked once per browser session.
 * @param {import("./settings.js").Settings} settings
 * @returns {Promise<Record<string, FlagFamily>>}
 */
async function readFamilies(settings) {
  const { families } = await chrome.storage.session.get("families");
  if (families) return /** @type {Record<string, FlagFamily>} */ (families);
  const legend = readLegend(await fetchFlags(settings));
  const fresh = Object.fromEntries(legend.map((kind) => [kind.id, kind.family]));
  await chrome.storage.session.set({ families: fresh });
  return fresh;
}
