/** "Always check this site": the browser is asked here, since it allows the question only while it handles a press. */

import { originPattern } from "../background/page-address.js";
import { find } from "../pages/words.js";
import { say } from "./parts.js";

/** @type {SiteState | null} */
let site = null;

/** @param {string | null} origin of the page, as far as it is known */
export async function showSite(origin) {
  paint(origin ? await ask({ type: "site-state", origin }) : null);
}

/** @param {PanelMessage} message @returns {Promise<SiteState | null>} null from a background that knows no sites */
async function ask(message) {
  return (await chrome.runtime.sendMessage(message)) ?? null;
}

/** @param {SiteState | null} state */
function paint(state) {
  site = state?.canBeAlways ? state : null;
  find("site", HTMLElement).hidden = site === null;
  if (!site) return;
  const host = new URL(site.origin).host;
  find("site-what", HTMLParagraphElement).textContent = say(site.isAlways ? "panel_site_on" : "panel_site_off", host);
  find("site-act", HTMLButtonElement).textContent = say(site.isAlways ? "panel_site_stop" : "panel_site_always");
}

find("site-act", HTMLButtonElement).addEventListener("click", async () => {
  if (!site) return;
  const { origin, isAlways } = site;
  if (isAlways) return paint(await ask({ type: "site-once", origin }));
  const isGranted = await chrome.permissions.request({ origins: [originPattern(origin)] });
  if (isGranted) paint(await ask({ type: "site-always", origin }));
});
