/** What the reader can do with a page that was read: list its flags, and say that one is missing. */

/**
 * @param {ReturnType<typeof makeToast>} toast
 * @param {ReturnType<typeof makeFeedback>} feedback
 * @param {() => {isRead: boolean, report: Report | null, roots: Node[]}} now
 */
function makeLacking(toast, feedback, now) {
  /** Words that should have been marked, as the reader selected them. */
  function tell() {
    const { isRead, report, roots } = now();
    if (!isRead) return toast.show(wordsOfUnchecked());
    const text = selectedWords(roots)?.words;
    if (!text) return toast.show({ ...wordsOfNoSelection(), actions: [action()] });
    const model = report?.model ?? null;
    feedback.open({ verdict: "missing", flag: "", text, fingerprint: null, confidence: null, model });
  }

  function action() {
    return { label: say("toast_missing"), act: tell, keepsSelection: true };
  }

  return {
    tell,
    /** @param {number} marked @returns {Partial<ToastWords>} */
    offer(marked) {
      if (now().report?.state === "not-checked") return {};
      return { actions: marked ? [listAction(), action()] : [action()] };
    },
  };
}
