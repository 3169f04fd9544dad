/** What the options page asks for. It never talks to the server itself. */

import { askFlags, knownFlags } from "./legend.js";
import { forgetAllAndRevoke, pairWith, unpair } from "./pairing.js";
import { asProblem } from "./problems.js";
import { browserRegion } from "./region.js";
import { keepPreferences, readSettings, readStored } from "./settings.js";
import { readSettingsFile } from "./settings-file.js";
import { alwaysSites, dropAlways } from "./sites.js";

/**
 * @param {BackgroundMessage} message
 * @returns {Promise<OptionsStatus>}
 */
export async function handleOptions(message) {
  try {
    await act(message);
  } catch (error) {
    return await readStatus(asProblem(error));
  }
  return await readStatus(null, message.type === "status" || message.type === "pair");
}

/** @param {BackgroundMessage} message */
async function act(message) {
  if (message.type === "pair") await pairWith(message.server, message.code);
  if (message.type === "unpair") await unpair();
  if (message.type === "keep") await keepPreferences(message.changes);
  if (message.type === "import") await keepPreferences(readSettingsFile(message.text));
  if (message.type === "drop-site") await dropAlways(message.origin);
  if (message.type === "forget-all") await forgetAllAndRevoke();
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
  };
  if (!token || problem || !isAsking) return status;
  try {
    return { ...status, flags: await askFlags({ ...preferences, server, token }) };
  } catch (error) {
    return { ...status, problem: asProblem(error) };
  }
}
