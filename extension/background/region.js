/** Which country's help lines a reader is shown. */

/**
 * The region that a language names: GB for en-GB, nothing for en.
 * @param {string} language
 * @returns {string} two letters, or empty
 */
export function regionOf(language) {
  const region = /^[a-z]{2,3}(?:-[a-z]{4})?-([a-z]{2})(?:-|$)/i.exec(language)?.[1] ?? "";
  return region.toUpperCase();
}

/** @returns {string} */
export function browserRegion() {
  return regionOf(navigator.language);
}
