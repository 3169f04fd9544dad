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
  const isNews = message.type !== "look" || latest?.paired !== status.paired;
  latest = status;
  show(status, message.type, isNews);
  return status;
}

/**
 * Change a choice; what is told of it can be taken back, and nothing else with it.
 * @param {Edit} change @param {string} [told] @param {boolean} [isByKeyboard]
 */
async function edit(change, told, isByKeyboard = false) {
  hideTold();
  const { problem, undo } = await ask({ type: "edit", edits: [change] });
  if (told && !problem) tell(told, () => ask({ type: "edit", edits: undo }), isByKeyboard);
}

/** @param {OptionsStatus} status @param {BackgroundMessage["type"]} asked @param {boolean} isNews whether it tells of the pairing */
function show(status, asked, isNews) {
  const { preferences } = status;
  pairing.hidden = status.paired;
  find("paired", HTMLDivElement).hidden = !status.paired;
  if (isNews && (asked !== "pair" || status.paired)) server.value = status.server;
  if (status.paired) code.value = "";
  for (const choice of document.querySelectorAll("input[type=radio]")) {
    if (!(choice instanceof HTMLInputElement)) continue;
    choice.checked = choice.value === preferences.setting || choice.value === preferences.look;
  }
  isPrivate.checked = preferences.privateWindows;
  find("version", HTMLParagraphElement).textContent = say("options_version", status.version);
  if (isNews && !isTold(status, asked)) showState(status);
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
  if (target instanceof HTMLSelectElement) edit({ key: "region", value: target.value });
  if (!(target instanceof HTMLInputElement)) return;
  if (target === isPrivate) edit({ key: "privateWindows", value: target.checked });
  if (target.name === "setting" || target.name === "look") edit({ key: target.name, value: target.value });
  if (target.name === "flag") edit({ key: "flagsOff", item: target.value, isIn: !target.checked });
});
// A card, or another window of this page, may change the same choices.
chrome.storage.local.onChanged.addListener(() => ask({ type: "look" }));

fillWords();
fillRegions();
wireLists(edit, ask);
wireKept(() => latest, ask);
ask({ type: "status" });
