/** Wiring of the panel. It keeps nothing: what it shows is asked of the page in front, and again when that changes. */

import { fillWords, find } from "../pages/words.js";
import { showProfile } from "./chart.js";
import { bringForward, followedTab, onOtherPage } from "./followed.js";
import { showList } from "./list.js";
import { showSite } from "./site.js";
import { showState, showUnchecked } from "./state.js";
import { offerTaking } from "./take.js";
import { showNotices, showTopics } from "./topics.js";

/** @type {number | null} */
let tab = null;
/** @type {PageFindings | null} */
let page = null;
/** @type {string | null} */
let address = null;
/** @type {ProblemData | null} */
let problem = null;
/** What is shown, so that nothing is made anew for nothing. */
let shown = "";
let looks = 0;

/** @param {PanelMessage} message @returns {Promise<any>} */
function ask(message) {
  return chrome.runtime.sendMessage(message);
}

/** Ask the page in front what there is. An answer that another question has overtaken is not shown. */
async function look() {
  const now = ++looks;
  const front = await followedTab();
  const found = front?.id === undefined ? null : await ask({ type: "panel-findings", tab: front.id });
  if (now !== looks) return;
  const isOther = tab !== (front?.id ?? null) || (found?.phase ?? "off") !== (page?.phase ?? "off");
  if (isOther) problem = null;
  tab = front?.id ?? null;
  page = found;
  await showAll(front);
}

/** @param {chrome.tabs.Tab | null} front */
async function showAll(front) {
  const fresh = JSON.stringify([tab, page, problem]);
  if (fresh !== shown) paint();
  shown = fresh;
  // The browser's word, where it tells an address, before the page's.
  const known = front?.url ?? page?.address ?? null;
  const origin = known && URL.canParse(known) ? new URL(known).origin : null;
  if (origin !== address) await showSite(origin);
  address = origin;
}

function paint() {
  showState(page, problem);
  showNotices(page);
  paintList();
  showUnchecked(page);
  showProfile(page);
  showTopics(page);
  offerTaking(page, tab);
}

function paintList() {
  showList(page, find("by-page", HTMLInputElement).checked ? "page" : "flag", goTo);
}

/** @param {string} id of a flag */
async function goTo(id) {
  if (tab === null) return;
  await bringForward(tab);
  await ask({ type: "panel-go-to", tab, id });
}

find("order", HTMLFieldSetElement).addEventListener("change", paintList);
find("check", HTMLButtonElement).addEventListener("click", async () => {
  if (tab === null) return;
  problem = await ask({ type: "panel-click", tab });
  await look();
});

chrome.runtime.onMessage.addListener((message, sender) => {
  if (sender.id === chrome.runtime.id && message.type === "changed" && sender.tab?.id === tab) look();
});
for (const event of [chrome.permissions.onAdded, chrome.permissions.onRemoved]) {
  event.addListener(() => showSite(address));
}

onOtherPage((id) => {
  if (id !== null && id !== tab) return;
  problem = null;
  look();
});
fillWords();
look();
