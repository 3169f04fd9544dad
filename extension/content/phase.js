/**
 * What Pinch is doing on this page, as a small machine: one state, one function that changes it.
 *
 * `run` numbers the checks, so that an answer to a check that was called off is not shown.
 */

/**
 * @typedef {{name: "off" | "checking" | "marked" | "clear" | "refused", run: number}} Phase
 * @typedef {{type: "click"} | {type: "start"} | {type: "stop"} | {type: "count", count: number} |
 *   {type: "answer", run: number, isRefused: boolean, count: number}} PhaseEvent
 */

/** @returns {Phase} */
function firstPhase() {
  return { name: "off", run: 0 };
}

/**
 * A click clears marks or calls off a check; where there is nothing to clear it checks again. A start checks whatever was
 * before, a stop ends it. Marks come and go as a page that is followed changes.
 * @param {Phase} phase @param {PhaseEvent} event
 * @returns {Phase} the same object when nothing changes
 */
function nextPhase(phase, event) {
  if (event.type === "click") {
    const isBusy = phase.name === "checking" || phase.name === "marked";
    return isBusy ? { name: "off", run: phase.run } : { name: "checking", run: phase.run + 1 };
  }
  if (event.type === "start") return { name: "checking", run: phase.run + 1 };
  if (event.type === "stop") return { name: "off", run: phase.run };
  if (event.type === "count") {
    const isFollowed = phase.name === "marked" || phase.name === "clear";
    return isFollowed ? { name: event.count > 0 ? "marked" : "clear", run: phase.run } : phase;
  }
  if (phase.name !== "checking" || event.run !== phase.run) return phase;
  if (event.isRefused) return { name: "refused", run: phase.run };
  return { name: event.count > 0 ? "marked" : "clear", run: phase.run };
}

/** Whether a page was read to its end, and what was found is shown. @param {Phase} phase */
function isRead({ name }) {
  return name === "marked" || name === "clear";
}

/**
 * The clocks of a check: when to say that it takes a while, and when to wait no more, be it for the reading or the server.
 * @param {() => void} onSlow @param {(run: number) => void} onLost
 */
function makeClocks(onSlow, onLost) {
  /** @type {number | undefined} */
  let slow;
  /** @type {number | undefined} */
  let lost;
  return {
    /** @param {number} run @param {boolean} isQuiet */
    begin(run, isQuiet) {
      if (!isQuiet) slow = setTimeout(onSlow, slowDelay());
      this.wait(run);
    },
    /** Wait from now on. @param {number} run */
    wait(run) {
      clearTimeout(lost);
      lost = setTimeout(() => onLost(run), answerPatience());
    },
    stop() {
      clearTimeout(slow);
      clearTimeout(lost);
    },
  };
}

/** Milliseconds after which a slow check is mentioned. */
function slowDelay() {
  return 200;
}

/** Milliseconds after which an answer is not waited for: longer than the background's own patience. */
function answerPatience() {
  return 40_000;
}
