/** The options page. It asks the background for everything and talks to no server itself. */

import { FAMILIES } from "../background/answer.js";
import { originPattern, serverOrigin } from "../background/page-address.js";
import { fillWords, find, say } from "./words.js";

const state = find("state", HTMLDivElement);
const pairing = find("pairing", HTMLFormElement);
const server = find("server", HTMLInputElement);
const code = find("code", HTMLInputElement);
const setting = find("setting", HTMLFieldSetElement);

/** @param {BackgroundMessage} message */
async function ask(message) {
  show(await chrome.runtime.sendMessage(message), message.type);
}

/** @param {OptionsStatus} status @param {BackgroundMessage["type"]} asked */
function show(status, asked) {
  pairing.hidden = status.paired;
  find("paired", HTMLDivElement).hidden = !status.paired;
  if (asked !== "pair" || status.paired) server.value = status.server;
  if (status.paired) code.value = "";
  for (const choice of setting.querySelectorAll("input")) choice.checked = choice.value === status.setting;
  find("version", HTMLParagraphElement).textContent = say("options_version", status.version);
  showState(status);
  showLegend(status.flags);
}

/** @param {OptionsStatus} status */
function showState({ problem, paired, server: origin }) {
  const title = document.createElement("strong");
  const text = document.createElement("span");
  title.textContent = problem
    ? say(`problem_${problem.code}_title`)
    : say(paired ? "options_paired" : "options_not_paired");
  if (problem) text.textContent = say(`problem_${problem.code}_what`);
  else text.textContent = paired ? say("options_paired_with", origin) : say("options_not_paired_what");
  state.className = `state ${problem ? "bad" : paired ? "good" : ""}`;
  state.replaceChildren(title, text);
}

/** @param {FlagLegend[]} flags */
function showLegend(flags) {
  find("legend", HTMLElement).hidden = flags.length === 0;
  find("families", HTMLElement).replaceChildren(
    ...FAMILIES.flatMap((family) => {
      const term = document.createElement("dt");
      const flagsOfFamily = document.createElement("dd");
      term.className = family;
      term.textContent = say(`family_${family}`);
      flagsOfFamily.textContent = flags
        .filter((flag) => flag.family === family)
        .map((flag) => flag.title)
        .join(" · ");
      return [term, flagsOfFamily];
    }),
  );
}

/** A browser asks for access only while it handles a person's click. Loopback is granted at installation, but may be taken away. */
async function requestAccess() {
  const origin = serverOrigin(server.value);
  return !origin || (await chrome.permissions.request({ origins: [originPattern(origin)] }));
}

pairing.addEventListener("submit", async (event) => {
  event.preventDefault();
  await requestAccess();
  await ask({ type: "pair", server: server.value, code: code.value });
});
find("test", HTMLButtonElement).addEventListener("click", async () => {
  await requestAccess();
  await ask({ type: "status" });
});
find("unpair", HTMLButtonElement).addEventListener("click", () => ask({ type: "unpair" }));
setting.addEventListener("change", (event) => {
  if (event.target instanceof HTMLInputElement) ask({ type: "set-setting", setting: event.target.value });
});

fillWords();
ask({ type: "status" });
