/** What the options page asks for. It never talks to the server itself. */

import { applyEdits, editsBetween } from "./edits.js";
import { askFlags, knownFlags } from "./legend.js";
import { forgetAllAndRevoke, pairWith, unpair } from "./pairing.js";
import { asProblem } from "./problems.js";
import { browserRegion } from "./region.js";
import { changePreferences, readSettings, readStored } from "./settings.js";
import { readSettingsFile } from "./settings-file.js";
import { alwaysSites, dropAlways } from "./sites.js";

/**
 * @param {BackgroundMessage} message
 * @returns {Promise<OptionsStatus>}
 */
export async function handleOptions(message) {
  /** @type {Edit[]} */
  let undo;
  try {
    undo = await act(message);
  } catch (error) {
    return await readStatus(asProblem(error));
  }
  return { ...(await readStatus(null, message.type === "status" || message.type === "pair")), undo };
}

/** @param {BackgroundMessage} message @returns {Promise<Edit[]>} what takes back the choices that it changed */
async function act(message) {
  if (message.type === "pair") await pairWith(message.server, message.code);
  if (message.type === "unpair") await unpair();
  if (message.type === "drop-site") await dropAlways(message.origin);
  if (message.type === "forget-all") await forgetAllAndRevoke();
  if (message.type === "edit") return await change((now) => applyEdits(now, message.edits));
  if (message.type !== "import") return [];
  const read = readSettingsFile(message.text);
  return await change(() => read);
}

/** @param {(now: Preferences) => Partial<Preferences>} how @returns {Promise<Edit[]>} what takes it back */
async function change(how) {
  const { before, after } = await changePreferences(how);
  return editsBetween(after, before);
}

/**
 * @param {ProblemData | null} problem @param {boolean} [isAsking] whether the server is asked if it answers
 * @returns {Promise<OptionsStatus>}
 */
async function readStatus(problem, isAsking = false) {
  const { server, token, ...preferences } = await readSettings();
  const status = {
    server,
    paired: token !== "",
    version: chrome.runtime.getManifest().version,
    problem,
    flags: await knownFlags(),
    preferences,
    browserRegion: browserRegion(),
    alwaysSites: await alwaysSites(),
    stored: await readStored(),
    undo: [],
  };
  if (!token || problem || !isAsking) return status;
  try {
    return { ...status, flags: await askFlags({ ...preferences, server, token }) };
  } catch (error) {
    return { ...status, problem: asProblem(error) };
  }
}
