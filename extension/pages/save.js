/** Saving a text as a file, by the browser's own way for downloads. */

import { make } from "./words.js";

/** @param {string} text @param {{name: string, type: string}} file */
export function saveFile(text, { name, type }) {
  const link = make("a", "");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  // The browser has taken hold of the file by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
