/**
 * How soon a change of the page is looked at, and how soon new words are sent. What the reader brings in by scrolling or
 * clicking comes soon; what a page changes by itself, again and again, waits longer each time. Milliseconds throughout.
 */

/** @returns {number} from a change to the look at it, at least */
function firstLook() {
  return 100;
}

/**
 * The wait before the next look. A look may cost one part in twenty of the reader's time, and one that found nothing doubles
 * the wait.
 * @param {number} wait before @param {number} cost of the look @param {boolean} isFruitful whether it found anything
 */
function nextLook(wait, cost, isFruitful) {
  const share = Math.max(firstLook(), cost * 20);
  return isFruitful ? share : Math.min(10_000, Math.max(share, wait * 2));
}

/** @returns {number} for which new words wait for more of them */
function settleTime() {
  return 600;
}

/** @returns {number} between two questions, at least */
function firstGap() {
  return 1000;
}

/** @param {number} gap between this question and the one before @returns {number} the gap to the next */
function nextGap(gap) {
  return Math.min(60_000, gap * 2);
}

/**
 * The gap once a page has been quiet for so long.
 * @param {number} gap @param {number} quiet since the last question
 */
function restedGap(gap, quiet) {
  return quiet > gap * 4 ? firstGap() : gap;
}
