/** What to say of a check: one place for the message on the page, the panel and what is saved of it. */

/**
 * @param {Result} result
 * @returns {ResultWords}
 */
function wordsOfResult({ state, reason, isCut, count, ownCount, muted }) {
  if (state === "not-checked") return { title: say("state_not_checked"), partly: reason ?? "", told: [] };
  const isPartly = state === "partly-checked" || isCut;
  const partly = isPartly ? [say("state_partly"), reason ?? "", isCut ? say("state_cut") : ""] : [];
  const flagCount = count - ownCount;
  // Marked or not, a page is shown neither as good nor as bad.
  const clear = muted ? say("state_all_muted") : say("state_clear");
  const told = [
    ownCount ? sayCount("state_own", ownCount) : "",
    muted ? sayCount("state_muted", muted) : "",
    count ? "" : say("state_clear_note"),
  ];
  return {
    title: flagCount ? sayCount("state_marked", flagCount) : clear,
    partly: partly.filter(Boolean).join(" "),
    told: told.filter(Boolean),
  };
}

/** What to say of a report on the page. @param {Report} report @param {{count: number, ownCount: number}} marked flags, and phrases that are watched for @param {boolean} isCut @returns {ToastWords} */
function wordsOfReport({ state, state_reason: reason, notices, muted }, marked, isCut) {
  const { title, partly, told } = wordsOfResult({ state, reason, isCut, ...marked, muted: countMuted(muted) });
  const how = marked.count ? say("state_marked_how") : "";
  const text = [partly, ...told, how].filter(Boolean).join(" ");
  return { title, text, notices, stays: partly || state === "not-checked" || notices.length ? undefined : 8000 };
}

/** What to say of what a page tells of itself. @param {PageFindings} page @returns {ResultWords} */
function wordsOfFindings({ state, reason, isCut, findings, muted }) {
  const ownCount = findings.filter(({ flag }) => flag.family === "own").length;
  return wordsOfResult({ state: state ?? "checked", reason, isCut, count: findings.length, ownCount, muted });
}

/** Flags that are muted; a phrase that is watched for no more is no flag. @param {MutedFlag[]} muted */
function countMuted(muted) {
  return muted.filter(({ by }) => by !== "watched").length;
}

/** @param {ProblemData} problem @returns {{title: string, text: string}} */
function wordsOfProblem({ code, hint }) {
  const text = say(`problem_${code}_what`);
  return {
    title: say(`problem_${code}_title`),
    text:
      hint && (code === "server_failed" || code === "feedback_refused" || code === "post_refused")
        ? `${text} ${hint}`
        : text,
  };
}
