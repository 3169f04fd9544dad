/** What is known of the page as a whole: whether it was checked, and what of it was not. */

import { find } from "../pages/words.js";
import { build, fillSection, say, sayCount } from "./parts.js";

/** @typedef {{title: string, text: string, tone: "" | "bad", act: string}} StateWords */

/**
 * @param {PageFindings | null} page null where no script of ours is
 * @param {ProblemData | null} problem of the last press in the panel
 */
export function showState(page, problem) {
  const { title, text, tone, act } = problem ? wordsOfTrouble(problem) : wordsOfPage(page);
  const state = find("state", HTMLDivElement);
  const told = `${title}\n${text}`;
  state.className = `state ${tone}`;
  // Said once: a list that changes under the same words is not announced again.
  if (state.dataset.told !== told) state.replaceChildren(build("strong", "", title), build("span", "", text));
  state.dataset.told = told;
  const check = find("check", HTMLButtonElement);
  check.textContent = act;
  check.className = page?.phase === "marked" && !problem ? "" : "main";
  const name = find("page", HTMLParagraphElement);
  name.textContent = page?.title || page?.address || "";
  name.hidden = !name.textContent;
}

/** @param {PageFindings | null} page @returns {StateWords} */
function wordsOfPage(page) {
  if (page?.phase === "checking") return { title: say("state_checking"), text: "", tone: "", act: say("panel_stop") };
  if (page?.problem) return wordsOfTrouble(page.problem);
  if (!page || page.phase === "off") {
    return { title: say("panel_off"), text: say("panel_off_what"), tone: "", act: say("panel_check") };
  }
  const act = say(page.phase === "marked" ? "panel_clear" : "toast_again");
  if (page.state === "not-checked") {
    return { title: say("state_not_checked"), text: page.reason ?? "", tone: "bad", act };
  }
  // Marked or not, a page is shown neither as good nor as bad.
  const count = page.findings.length;
  const title = count ? sayCount("state_marked", count) : say("state_clear");
  const isPartly = page.state === "partly-checked" || page.isCut;
  const partly = isPartly ? `${say("state_partly")} ${page.reason ?? say("state_cut")} ` : "";
  return { title, text: partly + (count ? "" : say("state_clear_note")), tone: "", act };
}

/** @param {ProblemData} problem @returns {StateWords} */
function wordsOfTrouble({ code, hint }) {
  const text = say(`problem_${code}_what`);
  return {
    title: say(`problem_${code}_title`),
    text: hint && code === "server_failed" ? `${text} ${hint}` : text,
    tone: "bad",
    act: say(code === "no_grant" ? "panel_check" : "toast_again"),
  };
}

/** What of the page was not checked, and why. @param {PageFindings | null} page */
export function showUnchecked(page) {
  const lines = page?.state ? uncheckedLines(page) : [];
  fillSection(
    "unchecked",
    lines.map((line) => build("li", "", line)),
  );
}

/** @param {PageFindings} page */
function uncheckedLines({ state, reason, isCut, skipped, muted, lost }) {
  return [
    state === "checked" ? "" : (reason ?? ""),
    isCut ? say("state_cut") : "",
    skipped ? sayCount("panel_skipped", skipped) : "",
    muted ? sayCount("panel_muted", muted) : "",
    lost ? sayCount("panel_lost", lost) : "",
    say("panel_never"),
  ].filter(Boolean);
}
