/** Muting from a card: at once on this page, with a way back in the message that tells of it. */

/** Milliseconds for which the way back is offered. */
function undoTime() {
  return 12_000;
}

/**
 * @param {ReturnType<typeof makeToast>} toast @param {ReturnType<typeof makeAnswers>} answers
 * @param {() => ReturnType<typeof makeView>} viewOf @param {() => void} leave forget what was found here
 */
function makeMuting(toast, answers, viewOf, leave) {
  /** @param {Mute} mute @param {boolean} isMuted @returns {Promise<MutedFlag[] | null>} what is muted on the page now; null when nothing was changed */
  async function change(mute, isMuted) {
    /** @type {MuteReply | null} */
    const sorted = await askBackground({ type: "mute", mute, isMuted, flags: answers.flags() });
    if (!sorted) toast.show(wordsOfProblem({ code: "no_background", hint: "" }));
    if (!sorted) return null;
    if (mute.kind === "site") return [];
    answers.sort(sorted);
    viewOf().change(sorted);
    return viewOf().report?.muted ?? [];
  }

  /** @param {Mute} mute */
  async function unmute(mute) {
    if (!(await change(mute, false))) return;
    toast.hide();
    if (mute.kind === "site") tellBackground({ type: "check-again" });
  }

  return {
    unmute,
    /** @param {Mute} mute @param {string} title of what is muted @param {boolean} isByKeyboard */
    async mute(mute, title, isByKeyboard) {
      const muted = await change(mute, true);
      if (!muted) return;
      if (mute.kind === "site") leave();
      toast.show({
        title: mute.kind === "watched" ? say("muted_watched", title) : say("muted_title", title),
        text: mute.kind === "site" ? say("muted_site") : sayMuted(mute, muted),
        actions: [
          { label: say("muted_undo"), act: () => unmute(mute) },
          { label: say("toast_options"), act: () => tellBackground({ type: "open-options" }) },
        ],
        stays: undoTime(),
      });
      if (isByKeyboard) toast.takeFocus();
    },
  };
}

/** @param {Mute} mute @param {MutedFlag[]} muted */
function sayMuted({ kind }, muted) {
  return kind === "watched" ? say("muted_watched_where") : sayCount("state_muted", countMuted(muted));
}

/** @param {() => void} unmute @returns {ToastWords} */
function wordsOfMutedSite(unmute) {
  return {
    title: say("muted_title", location.host),
    text: say("muted_ask"),
    actions: [
      { label: say("muted_once"), act: () => tellBackground({ type: "check-muted" }) },
      { label: say("muted_no_more"), act: unmute },
    ],
  };
}
