/** What the reader mutes from a card, and brings back. */

import { applyEdits } from "./edits.js";
import { sortFlags } from "./preferences.js";
import { changePreferences } from "./settings.js";

/**
 * Keep the change, and sort the page's flags anew. They are the page's own, and go back to it alone.
 * @param {{mute: Mute, isMuted: boolean, flags: Flag[]}} asked @param {string} address of the page that asks
 * @returns {Promise<MuteReply>}
 */
export async function changeMute({ mute, isMuted, flags }, address) {
  const { origin } = new URL(address);
  const { after } = await changePreferences((now) => withMute(now, mute, isMuted, origin));
  return sortFlags(flags, after);
}

/**
 * The choices that a mute changes, as they are after it.
 * @param {Preferences} preferences @param {Mute} mute @param {boolean} isMuted whether to mute or to bring back
 * @param {string} site origin of the page
 * @returns {Partial<Preferences>}
 */
export function withMute(preferences, mute, isMuted, site) {
  return applyEdits(preferences, editsOf(mute, isMuted, site));
}

/** @param {Mute} mute @param {boolean} isMuted @param {string} site @returns {Edit[]} none for what nobody knows */
function editsOf(mute, isMuted, site) {
  if (mute.kind === "site") return [{ key: "mutedSites", item: site, isIn: isMuted }];
  if (mute.kind === "flag") return [{ key: "flagsOff", item: mute.value, isIn: isMuted }];
  if (mute.kind === "phrase") return [{ key: "mutedPhrases", item: mute.value, isIn: isMuted }];
  if (mute.kind !== "watched") return [];
  return [{ key: "watched", item: { phrase: mute.value, note: mute.note }, isIn: !isMuted }];
}
