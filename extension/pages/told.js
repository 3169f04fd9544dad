/** The line at the foot of the window that tells what was just done, with a way back. */

import { find, say } from "./words.js";

const line = find("told", HTMLDivElement);
const words = find("told-words", HTMLSpanElement);
const undo = find("undo", HTMLButtonElement);

/** @type {(() => unknown) | null} */
let back = null;

/**
 * @param {string} text @param {(() => unknown) | null} [takeBack] what Undo does; without one there is no such button
 * @param {boolean} [isByKeyboard] whether the focus goes to Undo, since what had it is gone
 */
export function tell(text, takeBack = null, isByKeyboard = false) {
  back = takeBack;
  line.hidden = false;
  undo.hidden = !takeBack;
  words.textContent = "";
  // Screen readers tell what changes in a region that is already there.
  requestAnimationFrame(() => {
    words.textContent = text;
  });
  if (isByKeyboard && takeBack) undo.focus();
}

export function hideTold() {
  line.hidden = true;
}

/**
 * Tell of a problem with a choice down here, since the line at the top is about the server.
 * @param {OptionsStatus} status @param {BackgroundMessage["type"]} asked
 * @returns {boolean} whether the line at the top has nothing to say
 */
export function isTold({ problem }, asked) {
  if (asked !== "edit" && asked !== "import" && asked !== "drop-site") return false;
  if (problem) tell(`${say(`problem_${problem.code}_title`)}. ${say(`problem_${problem.code}_what`)}`);
  return true;
}

undo.addEventListener("click", async () => {
  const act = back;
  if (!act) return;
  await act();
  tell(say("options_undone"));
});
