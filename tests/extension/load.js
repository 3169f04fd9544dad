/** Content files are classic scripts: load them as the browser does, into one shared scope. */

import { readFileSync } from "node:fs";
import { runInThisContext } from "node:vm";

/**
 * The functions of content files.
 * @param {...string} names without ending
 * @returns {any}
 */
export function loadContent(...names) {
  for (const name of names) {
    const file = new URL(`../../extension/content/${name}.js`, import.meta.url);
    runInThisContext(readFileSync(file, "utf8"), { filename: file.pathname });
  }
  return globalThis;
}

/**
 * A text node as far as the pure functions look at one.
 * @param {string} data
 */
export function textNode(data) {
  return { data, length: data.length };
}
