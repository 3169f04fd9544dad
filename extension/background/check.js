/** One check of one tab, from the click to the answer. All state lives in the page, so the worker may die at any moment. */

import { readReport } from "./answer.js";
import { clearBadge, showBadge, showTrouble } from "./badge.js";
import { isForumPage, readFlags } from "./legend.js";
import { tellPageOrReader } from "./notice.js";
import { tellPage } from "./page.js";
import { readReachable } from "./paired.js";
import { applyPreferences } from "./preferences.js";
import { asProblem, Problem, problemOfShape } from "./problems.js";
import { findRefusal } from "./refusal.js";
import { analyze } from "./server.js";
import { ShapeError } from "./shape.js";

/**
 * What a click on the icon, a menu or a shortcut sets off: check the page or its selected words, or clear its marks, or go
 * to the next one. A page that is never read only tells why.
 * @param {chrome.tabs.Tab} tab
 * @param {Gesture} type
 * @param {{isAsked?: boolean}} [known] whether the reader was asked already about a site that they muted
 */
export async function handleGesture(tab, type, { isAsked = false } = {}) {
  if (tab.id === undefined) return;
  const refusal =
    type === "no-always"
      ? { code: "no_always", canInsist: false }
      : await findRefusal(tab.url, tab.incognito, { isAsked });
  const reply = await tellPageOrReader(tab, messageFor(type, refusal, isAsked));
  if (reply) await finishReply(tab, reply, { isAsked });
}

/** Marks on a muted site can be stepped through and cleared; the page asks before it reads. @param {Gesture} type @param {Refusal | null} refusal @param {boolean} isAsked @returns {PageMessage} */
function messageFor(type, refusal, isAsked) {
  const isMuted = refusal?.code === "muted_site";
  if ((type === "click" || type === "next") && (isMuted || !refusal)) return { type, isMuted, isAsked };
  return refusal ? { type: "refuse", ...refusal } : { type: "selection" };
}

/** Do what the page's reply asks for. @param {chrome.tabs.Tab} tab @param {PageReply} reply @param {{isAsked?: boolean}} [known] */
export async function finishReply(tab, reply, known) {
  const tabId = /** @type {number} */ (tab.id);
  if (reply.type === "off") await clearBadge(tabId);
  if (reply.type === "shown") await showResult(tabId, reply);
  if (reply.type !== "check") return;
  const outcome = await checkText(reply.page, tab.incognito, known);
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
 * @param {{isAsked?: boolean}} [known] whether the reader was asked about a site that they muted
 * @returns {Promise<Outcome>}
 */
export async function checkText(page, isPrivate, { isAsked = false } = {}) {
  try {
    const refusal = await findRefusal(page.url, isPrivate, { isAsked });
    if (refusal) throw new Problem(refusal.code);
    const settings = await readReachable();
    const report = applyPreferences(await askServer(page, settings), page, settings);
    return { ok: true, report: { ...report, isForum: await isForumPage(page.url) } };
  } catch (error) {
    return { ok: false, problem: asProblem(error) };
  }
}

/** @param {PageText} page @param {import("./settings.js").Settings} settings @returns {Promise<Report>} */
async function askServer(page, settings) {
  const [answer, flags] = await Promise.all([analyze(settings, page), readFlags(settings)]);
  try {
    return readReport(answer, page.blocks, familiesOf(flags), settings.server);
  } catch (error) {
    throw error instanceof ShapeError ? problemOfShape(answer) : error;
  }
}

/** @param {FlagLegend[]} flags @returns {Record<string, FlagFamily>} */
function familiesOf(flags) {
  return Object.fromEntries(flags.map(({ id, family }) => [id, family]));
}
