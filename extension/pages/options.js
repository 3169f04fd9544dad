/** The options page. It asks the background for everything and talks to no server itself. */

import { originPattern, serverOrigin } from "../background/page-address.js";
import { showFlags } from "./flag-switches.js";
import { showStored, wireKept } from "./kept.js";
import { showLists, wireLists } from "./own-lists.js";
import { fillRegions, showRegion } from "./regions.js";
import { hideTold, isTold, tell } from "./told.js";
import { fillWords, find, say } from "./words.js";

const state = find("state", HTMLDivElement);
const pairing = find("pairing", HTMLFormElement);
const server = find("server", HTMLInputElement);
const code = find("code", HTMLInputElement);
const isPrivate = find("private", HTMLInputElement);

/** @type {OptionsStatus | null} */
let latest = null;

/** @param {BackgroundMessage} message @returns {Promise<OptionsStatus>} */
async function ask(message) {
  /** @type {OptionsStatus} */
  const status = await chrome.runtime.sendMessage(message);
  latest = status;
  show(status, message.type);
  return status;
}

/**
 * Change choices; what is told of it can be taken back.
 * @param {Partial<Preferences>} changes @param {string} [told] @param {boolean} [isByKeyboard]
 */
async function keep(changes, told, isByKeyboard = false) {
  if (!latest) return;
  const before = latest.preferences;
  hideTold();
  await ask({ type: "keep", changes });
  if (told) tell(told, () => ask({ type: "keep", changes: before }), isByKeyboard);
}

/** @param {OptionsStatus} status @param {BackgroundMessage["type"]} asked */
function show(status, asked) {
  const { preferences } = status;
  pairing.hidden = status.paired;
  find("paired", HTMLDivElement).hidden = !status.paired;
  if (asked !== "pair" || status.paired) server.value = status.server;
  if (status.paired) code.value = "";
  for (const choice of document.querySelectorAll("input[type=radio]")) {
    if (!(choice instanceof HTMLInputElement)) continue;
    choice.checked = choice.value === preferences.setting || choice.value === preferences.look;
  }
  isPrivate.checked = preferences.privateWindows;
  find("version", HTMLParagraphElement).textContent = say("options_version", status.version);
  if (!isTold(status, asked)) showState(status);
  showFlags(status);
  showLists(status);
  showRegion(status);
  showStored(status);
}

/** @param {OptionsStatus} status */
function showState({ problem, paired, server: origin }) {
  const title = document.createElement("strong");
  const text = document.createElement("span");
  title.textContent = problem
    ? say(`problem_${problem.code}_title`)
    : paired
      ? say("options_paired")
      : say("options_not_paired");
  if (problem) text.textContent = say(`problem_${problem.code}_what`);
  else text.textContent = paired ? say("options_paired_with", origin) : say("options_not_paired_what");
  state.className = `state ${problem ? "bad" : paired ? "good" : ""}`;
  state.replaceChildren(title, text);
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
document.addEventListener("change", ({ target }) => {
  if (target instanceof HTMLInputElement && target.type === "radio") keep({ [target.name]: target.value });
  if (target === isPrivate) keep({ privateWindows: isPrivate.checked });
  if (target instanceof HTMLSelectElement) keep({ region: target.value });
  if (!(target instanceof HTMLInputElement) || target.name !== "flag" || !latest) return;
  const others = latest.preferences.flagsOff.filter((flag) => flag !== target.value);
  keep({ flagsOff: target.checked ? others : [...others, target.value] });
});

fillWords();
fillRegions();
wireLists(() => latest, keep, ask);
wireKept(() => latest, ask);
ask({ type: "status" });
