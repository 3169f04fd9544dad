/** Copying what was found, and saving it as a file. Nothing is sent anywhere. */

import { saveFile } from "../pages/save.js";
import { find, say } from "../pages/words.js";
import { fileOf, toAnnotations, toJson, toMarkdown } from "./exports.js";
import { wordsOfFindings } from "./parts.js";

/** @type {{page: PageFindings, tab: number} | null} */
let offered = null;

/** @param {PageFindings | null} page @param {number | null} tab */
export function offerTaking(page, tab) {
  offered = page?.state && page.state !== "not-checked" && tab !== null ? { page, tab } : null;
  find("take", HTMLElement).hidden = offered === null;
  tell("");
}

/** @returns {Promise<{text: string, file: {name: string, type: string}} | null>} */
async function make() {
  if (!offered) return null;
  const { page, tab } = offered;
  const reply = await chrome.runtime.sendMessage({ type: "panel-selectors", tab });
  const taken = {
    page,
    words: wordsOfFindings(page),
    selectors: reply?.selectors ?? {},
    version: chrome.runtime.getManifest().version,
    time: `${new Date().toISOString().slice(0, 19)}Z`,
  };
  const form = find("form", HTMLSelectElement).value;
  return { text: write(taken, form), file: fileOf(taken, form) };
}

/** @param {Taken} taken @param {string} form */
function write(taken, form) {
  if (form === "json") return toJson(taken);
  if (form === "annotations") return toAnnotations(taken, () => `urn:uuid:${crypto.randomUUID()}`);
  return toMarkdown(taken, say);
}

/** @param {string} words */
function tell(words) {
  find("taken", HTMLParagraphElement).textContent = words;
}

find("copy", HTMLButtonElement).addEventListener("click", async () => {
  const made = await make();
  if (!made) return;
  try {
    await navigator.clipboard.writeText(made.text);
    tell(say("panel_copied"));
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    tell(say("panel_not_copied"));
  }
});

find("save", HTMLButtonElement).addEventListener("click", async () => {
  const made = await make();
  if (!made) return;
  saveFile(made.text, made.file);
  tell(say("panel_saved", made.file.name));
});
