/** Settings as a file that a reader keeps or takes to another browser. It holds no token and no server. */

import { readGiven } from "./preference-shape.js";
import { Problem } from "./problems.js";

const FORMAT = "pinch-settings";
const VERSION = 1;
const FILE_LENGTH = 1_000_000;

/** @param {Preferences} preferences @returns {string} */
export function writeSettingsFile(preferences) {
  return `${JSON.stringify({ format: FORMAT, version: VERSION, settings: preferences }, null, 2)}\n`;
}

/**
 * Only what the file names: choices that it leaves out stay as they are.
 * @param {unknown} text @returns {Partial<Preferences>}
 * @throws {Problem} when it is no such file
 */
export function readSettingsFile(text) {
  if (typeof text !== "string" || text.length > FILE_LENGTH) throw new Problem("bad_file");
  const data = parse(text);
  const isOurs = data.format === FORMAT && data.version === VERSION && typeof data.settings === "object";
  if (!isOurs || data.settings === null) throw new Problem("bad_file");
  return readGiven(data.settings);
}

/** @param {string} text @returns {Record<string, unknown>} */
function parse(text) {
  try {
    return Object(JSON.parse(text));
  } catch {
    throw new Problem("bad_file");
  }
}
