/** Telling the server what the reader thinks of a flag. Nothing leaves before the reader saw it and pressed Send. */

/** @param {ReturnType<typeof makeSurface>} surface @param {ReturnType<typeof makeToast>} toast */
function makeFeedback(surface, toast) {
  return {
    /** Show what would be sent. @param {FeedbackDraft} draft */
    async open(draft) {
      /** @type {PreviewReply} */
      const reply = await askOrFail({ type: "feedback", draft });
      if (!reply.ok) return toast.show({ ...wordsOfProblem(reply.problem), ...remedy(reply.problem) });
      if (surface.isModal()) return;
      const { preview } = reply;
      if (draft.verdict === "missing" && !preview.legend.length) return toast.show(wordsOfUnchecked());
      const sheet = buildSheet(preview, async (body) => {
        /** @type {SentReply} */
        const sent = await askOrFail({ type: "send-feedback", server: preview.server, body });
        if (!sent.ok) return wordsOfProblem(sent.problem);
        toast.show({ title: say("feedback_sent"), text: say("feedback_sent_to", preview.server), stays: 8000 });
        return null;
      });
      openPreview(surface, sheet);
    },
  };
}

/** @returns {ToastWords} */
function wordsOfUnchecked() {
  const check = { label: say("missing_check"), act: () => tellBackground({ type: "check-again" }) };
  return { title: say("missing_unchecked"), text: say("missing_unchecked_what"), actions: [check] };
}

/** @returns {ToastWords} */
function wordsOfNoSelection() {
  return { title: say("missing_select"), text: say("missing_select_what") };
}
