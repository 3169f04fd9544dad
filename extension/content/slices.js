/** Long work in slices, between which the page goes on: no task of ours keeps it waiting for longer than a frame. */

/** A frame lasts 16 ms, and the browser wants some of it. @returns {number} milliseconds */
function sliceTime() {
  return 6;
}

/** A reader who clicked waits for a page of usual length, which comes before what its scripts and pictures want. @returns {number} milliseconds */
function eagerTime() {
  return 60;
}

/**
 * Do all steps, with pauses. The page may change in each; who reads it has to watch.
 * @param {Iterable<unknown>} steps
 */
async function inSlices(steps) {
  const begin = performance.now();
  let end = begin + sliceTime();
  for (const _ of steps) {
    const now = performance.now();
    if (now < end) continue;
    const priority = now < begin + eagerTime() ? "user-blocking" : "user-visible";
    // A new task stands behind those of its kind that wait already; `scheduler.yield` would pass them by, a click on our icon too.
    await scheduler.postTask(() => {}, { priority });
    end = performance.now() + sliceTime();
  }
}
