/** What the reader mutes from a card, and brings back. */

import { foldPhrase, readFlagId, readPhrase, readWatched } from "./preference-shape.js";
import { sortFlags } from "./preferences.js";
import { keepPreferences, readSettings } from "./settings.js";

/**
 * Keep the change, and sort the page's flags anew. They are the page's own, and go back to it alone.
 * @param {{mute: Mute, isMuted: boolean, flags: Flag[]}} asked @param {string} address of the page that asks
 * @returns {Promise<MuteReply>}
 */
export async function changeMute({ mute, isMuted, flags }, address) {
  await keepPreferences(withMute(await readSettings(), mute, isMuted, new URL(address).origin));
  return sortFlags(flags, await readSettings());
}

/**
 * The choices that a mute changes, as they are after it.
 * @param {Preferences} preferences @param {Mute} mute @param {boolean} isMuted whether to mute or to bring back
 * @param {string} site origin of the page
 * @returns {Partial<Preferences>}
 */
export function withMute({ flagsOff, mutedPhrases, mutedSites, watched }, mute, isMuted, site) {
  if (mute.kind === "site") return { mutedSites: withItem(mutedSites, site, isMuted) };
  if (mute.kind === "flag") return { flagsOff: withItem(flagsOff, readFlagId(mute.value), isMuted) };
  if (mute.kind === "phrase") return { mutedPhrases: withItem(mutedPhrases, readPhrase(mute.value), isMuted) };
  if (mute.kind !== "watched") return {};
  const phrase = foldPhrase(mute.value);
  const others = watched.filter((one) => foldPhrase(one.phrase) !== phrase);
  const again = readWatched({ phrase: mute.value, note: mute.note });
  return { watched: isMuted || !again ? others : [...others, again] };
}

/** @param {string[]} items @param {string | null} item null changes nothing @param {boolean} isIn whether it is wanted */
function withItem(items, item, isIn) {
  const others = items.filter((one) => one !== item);
  return isIn && item !== null ? [...others, item] : others;
}
