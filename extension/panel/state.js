/** What is known of the page as a whole: whether it was checked, and what of it was not. */

import { find } from "../pages/words.js";
import { build, fillSection, say, sayCount, wordsOfFindings, wordsOfProblem } from "./parts.js";

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
  const { title, partly, told } = wordsOfFindings(page);
  return { title, text: [partly, ...told].join(" "), tone: page.state === "not-checked" ? "bad" : "", act };
}

/** @param {ProblemData} problem @returns {StateWords} */
function wordsOfTrouble(problem) {
  const act = say(problem.code === "no_grant" ? "panel_check" : "toast_again");
  return { ...wordsOfProblem(problem), tone: "bad", act };
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
function uncheckedLines({ state, reason, isCut, skipped, lost }) {
  return [
    state === "checked" ? "" : (reason ?? ""),
    isCut ? say("state_cut") : "",
    skipped ? sayCount("panel_skipped", skipped) : "",
    lost ? sayCount("panel_lost", lost) : "",
    say("panel_never"),
  ].filter(Boolean);
}
