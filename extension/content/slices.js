/** Long work in slices, between which the page goes on: no task of ours keeps it waiting for longer than a frame. */

/** A frame lasts 16 ms, and the browser wants some of it. @returns {number} milliseconds */
function sliceTime() {
  return 6;
}

/**
 * Do all steps, with pauses. The page may change in each; who reads it has to watch.
 * @param {Iterable<unknown>} steps
 */
async function inSlices(steps) {
  let end = performance.now() + sliceTime();
  for (const _ of steps) {
    if (performance.now() < end) continue;
    // A new task stands behind those that wait already; `scheduler.yield` would pass them by, a click on our icon too.
    await scheduler.postTask(() => {});
    end = performance.now() + sliceTime();
  }
}
