/** What is marked: the server's flags by family, each with a box to tick. It is the legend of the marks as well. */

import { FAMILIES } from "../background/answer.js";
import { find, make, say } from "./words.js";

let built = "";

/** @param {OptionsStatus} status */
export function showFlags({ flags, preferences }) {
  const families = find("families", HTMLDivElement);
  find("families-what", HTMLParagraphElement).textContent = flags.length
    ? say("options_flags_what")
    : say("options_no_flags");
  // Built only when it changed, so that the focus stays where it is.
  if (built !== JSON.stringify(flags)) {
    built = JSON.stringify(flags);
    families.replaceChildren(...FAMILIES.flatMap((family) => buildFamily(family, flags)));
  }
  for (const box of families.querySelectorAll("input")) box.checked = !preferences.flagsOff.includes(box.value);
}

/** @param {FlagFamily} family @param {FlagLegend[]} flags @returns {HTMLElement[]} none when the family is empty */
function buildFamily(family, flags) {
  const mine = flags.filter((flag) => flag.family === family);
  if (!mine.length) return [];
  const title = make("legend", family, say(`family_${family}`));
  return [make("fieldset", "family", title, ...mine.map(buildSwitch))];
}

/** @param {FlagLegend} flag */
function buildSwitch({ id, title }) {
  const box = make("input", "");
  box.type = "checkbox";
  box.name = "flag";
  box.value = id;
  box.id = `flag-${id}`;
  const label = make("label", "", title);
  label.htmlFor = box.id;
  return make("div", "choice", box, label);
}
