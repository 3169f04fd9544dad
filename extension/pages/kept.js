/** What is kept, key by key; taking it elsewhere as a file; deleting it. */

import { writeSettingsFile } from "../background/settings-file.js";
import { saveFile } from "./save.js";
import { tell } from "./told.js";
import { find, make, say } from "./words.js";

const FILE = { name: "pinch-settings.json", type: "application/json" };
const KEYS = [
  "server",
  "token",
  "setting",
  "flagsOff",
  "look",
  "region",
  "mutedPhrases",
  "mutedSites",
  "watched",
  "privateWindows",
];

/** @param {() => OptionsStatus | null} latest @param {(message: BackgroundMessage) => Promise<OptionsStatus>} ask */
export function wireKept(latest, ask) {
  const file = find("file", HTMLInputElement);
  const sure = find("sure", HTMLDialogElement);
  const on = (/** @type {string} */ id, /** @type {() => unknown} */ act) =>
    find(id, HTMLButtonElement).addEventListener("click", act);

  on("export", () => {
    const status = latest();
    if (status) saveFile(writeSettingsFile(status.preferences), FILE);
  });
  on("import", () => file.click());
  file.addEventListener("change", async () => {
    const [chosen] = file.files ?? [];
    if (!chosen) return;
    const { problem, undo } = await ask({ type: "import", text: await chosen.text() });
    file.value = "";
    if (!problem) tell(say("options_imported"), () => ask({ type: "edit", edits: undo }));
  });
  on("forget", () => sure.showModal());
  on("sure-no", () => sure.close());
  on("sure-yes", async () => {
    sure.close();
    await ask({ type: "forget-all" });
    tell(say("options_forgotten"));
  });
}

/** @param {OptionsStatus} status */
export function showStored({ stored, alwaysSites }) {
  const rows = stored.map((entry) => row(nameOf(entry.key), sayValue(entry)));
  find("stored", HTMLDListElement).replaceChildren(...rows, row(say("stored_always"), String(alwaysSites.length)));
}

/** @param {string} name @param {string} value */
function row(name, value) {
  return make("div", "", make("dt", "", name), make("dd", "", value));
}

/** @param {string} key */
function nameOf(key) {
  const words = key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return KEYS.includes(key) ? say(`stored_${words}`) : say("stored_other", key);
}

/** @param {StoredKey} entry @returns {string} */
function sayValue({ key, value }) {
  if (value === null) return say("stored_token_hidden");
  if (key === "setting" || key === "look") return say(`${key}_${value}`);
  if (key === "region" && value === "") return say("stored_region_browser");
  if (value === "true") return say("stored_yes");
  return value === "false" ? say("stored_no") : String(value);
}
