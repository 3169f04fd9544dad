/** How this browser and a server come together and part. */

import { readToken } from "./answer.js";
import { clientName } from "./client-name.js";
import { forgetFlags } from "./legend.js";
import { originPattern, serverOrigin } from "./page-address.js";
import { Problem } from "./problems.js";
import { pair, revokeToken } from "./server.js";
import { forgetAll, forgetPairing, keepPairing, keepServer, readSettings } from "./settings.js";
import { alwaysSites, dropAlways, followPermissions } from "./sites.js";

/** @param {string} typed address @param {string} code */
export async function pairWith(typed, code) {
  const server = serverOrigin(typed);
  if (!server) throw new Problem("bad_address");
  if (!code.trim()) throw new Problem("no_code");
  if (!(await chrome.permissions.contains({ origins: [originPattern(server)] }))) throw new Problem("no_access");
  await leaveServer(server);
  const token = readToken(await pair(server, code.trim(), clientName(navigator.userAgent)));
  await forgetFlags();
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
export async function unpair() {
  const settings = await readSettings();
  await forgetPairing();
  // Its forums have no queue to send to any more.
  await forgetFlags();
  await revoke(settings);
}

/** Forget all that is kept, and every site that is always checked; then hand the token back. */
export async function forgetAllAndRevoke() {
  const settings = await readSettings();
  for (const origin of await alwaysSites()) await dropAlways(origin);
  await forgetAll();
  await forgetFlags();
  try {
    await revoke(settings);
  } finally {
    // Access to this computer belongs to the installation and cannot be given back.
    if (settings.server.startsWith("https:")) await dropAlways(settings.server);
  }
}

/** @param {import("./settings.js").Settings} settings as they were */
async function revoke(settings) {
  if (!settings.token) return;
  try {
    await revokeToken(settings);
  } catch (error) {
    // A token that the server no longer knows is as good as revoked.
    if (error instanceof Problem && error.code !== "token_refused") throw new Problem("half_unpaired");
    if (!(error instanceof Problem)) throw error;
  }
}
