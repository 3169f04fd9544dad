/** One check of one tab, from the click to the answer. All state lives in the page, so the worker may die at any moment. */

import { readLegend, readReport } from "./answer.js";
import { clearBadge, showBadge, showTrouble } from "./badge.js";
import { showNotice } from "./notice.js";
import { tellPage } from "./page.js";
import { codeOfUnreadablePage, originPattern } from "./page-address.js";
import { Problem } from "./problems.js";
import { analyze, fetchFlags } from "./server.js";
import { readSettings } from "./settings.js";
import { ShapeError } from "./shape.js";

/**
 * What a click on the icon or a shortcut sets off: check the page, or clear its marks, or go to the next one.
 * @param {chrome.tabs.Tab} tab
 * @param {"click" | "next"} type
 */
export async function handleGesture(tab, type) {
  if (tab.id === undefined) return;
  /** @type {PageReply} */
  let reply;
  try {
    reply = await tellPage(tab.id, { type });
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
