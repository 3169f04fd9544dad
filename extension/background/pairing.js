/** What the options page asks for. It never talks to the server itself. */

import { readLegend, readToken } from "./answer.js";
import { clientName } from "./client-name.js";
import { originPattern, serverOrigin } from "./page-address.js";
import { Problem } from "./problems.js";
import { fetchFlags, pair, revokeToken } from "./server.js";
import { forgetPairing, keepPairing, keepServer, keepSetting, readSetting, readSettings } from "./settings.js";
import { ShapeError } from "./shape.js";
import { followPermissions } from "./sites.js";

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
  return await readStatus(null);
}

/** @param {BackgroundMessage} message */
async function act(message) {
  if (message.type === "pair") await pairWith(message.server, message.code);
  if (message.type === "unpair") await unpair();
  if (message.type === "set-setting") await keepSetting(readSetting(message.setting));
}

/** @param {string} typed address @param {string} code */
async function pairWith(typed, code) {
  const server = serverOrigin(typed);
  if (!server) throw new Problem("bad_address");
  if (!code.trim()) throw new Problem("no_code");
  if (!(await chrome.permissions.contains({ origins: [originPattern(server)] }))) throw new Problem("no_access");
  await leaveServer(server);
  const token = readToken(await pair(server, code.trim(), clientName(navigator.userAgent)));
  await chrome.storage.session.remove("families");
  await keepPairing(server, token);
}

/** Take over from the server before, whose permission would else make it a site that is always checked. @param {string} server */
async function leaveServer(server) {
  const old = originPattern((await readSettings()).server);
  const own = [...(chrome.runtime.getManifest().host_permissions ?? []), originPattern(server)];
  await keepServer(server);
  if (!own.includes(old)) await chrome.permissions.remove({ origins: [old] });
  await followPermissions();
}

/** Hand the token back, and forget it here whatever the server says. */
async function unpair() {
  const settings = await readSettings();
  await forgetPairing();
  if (!settings.token) return;
  try {
    await revokeToken(settings);
  } catch (error) {
    // A token that the server no longer knows is as good as revoked.
    if (error instanceof Problem && error.code !== "token_refused") throw new Problem("half_unpaired");
    if (!(error instanceof Problem)) throw error;
  }
}

/** @param {ProblemData | null} problem @returns {Promise<OptionsStatus>} */
async function readStatus(problem) {
  const settings = await readSettings();
  const { server, setting } = settings;
  const version = chrome.runtime.getManifest().version;
  const status = { server, setting, version, paired: settings.token !== "", problem, flags: [] };
  if (!settings.token || problem) return status;
  try {
    return { ...status, flags: readLegend(await fetchFlags(settings)) };
  } catch (error) {
    return { ...status, problem: asProblem(error) };
  }
}

/** @param {unknown} error @returns {ProblemData} */
function asProblem(error) {
  if (error instanceof Problem) return error.toData();
  if (error instanceof ShapeError) return new Problem("server_shape").toData();
  throw error;
}
