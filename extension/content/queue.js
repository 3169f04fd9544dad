/** Sending a post of a forum to its moderators. Nothing leaves before the reader saw it and pressed Send. */

/**
 * @param {ReturnType<typeof makeSurface>} surface @param {ReturnType<typeof makeToast>} toast
 * @param {() => {isRead: boolean, report: Report | null, roots: Node[]}} now
 */
function makeQueue(surface, toast, now) {
  /** @param {Node} node @param {string} own the words that are meant */
  async function open(node, own) {
    if (hasPrivateField()) return toast.show(wordsOfProblem({ code: "private_field", hint: "" }));
    const draft = await readPostAround(node, own);
    /** @type {PostPreviewReply} */
    const reply = await askOrFail({ type: "post", draft });
    if (!reply.ok) return toast.show({ ...wordsOfProblem(reply.problem), ...remedyOfQueue(reply.problem) });
    if (surface.isModal()) return;
    const { server, body } = reply.preview;
    const sheet = buildPostSheet(reply.preview, async () => {
      /** @type {PostSentReply} */
      const sent = await askOrFail({ type: "send-post", server, body });
      if (!sent.ok) return wordsOfProblem(sent.problem);
      toast.show({ ...wordsOfTaken(sent.result, server), stays: 8000 });
      return null;
    });
    openPreview(surface, sheet);
  }

  /** The post around selected words. */
  function sendSelection() {
    const { isRead, report, roots } = now();
    if (!isRead || !report) return toast.show(wordsOfUnreadPost());
    const selected = selectedWords(roots);
    if (selected) open(selected.node, selected.words);
    else toast.show({ title: say("queue_select"), text: say("queue_select_what") });
  }

  return {
    /** The post around a mark. @param {Mark} mark */
    sendMark({ block, start, end }) {
      const found = findNodes(block.segments, start, end);
      if (found && isConnected(found.startNode)) open(found.startNode, block.text);
      else toast.show({ title: say("queue_gone"), text: say("queue_gone_what") });
    },
    /** @returns {PageReply} */
    sendSelection() {
      sendSelection();
      return { type: "stale" };
    },
  };
}

/** @param {{server: string, body: PostBody}} preview @param {() => Promise<ToastWords | null>} send */
function buildPostSheet({ server, body }, send) {
  const { source, post_id, version, text, author, url } = body;
  const fields = buildFieldList([
    [say("queue_field_source"), source],
    [say("queue_field_text"), text],
    [say("queue_field_author"), author],
    [say("queue_field_url"), url],
    [say("queue_field_id"), post_id],
    [say("queue_field_version"), version],
  ]);
  fields.classList.add("post");
  const title = say("queue_title", source);
  return buildPreview(body, { title, what: say("queue_what", server), build: () => [fields], send });
}

/** @param {TakenPost} result @param {string} server @returns {ToastWords} */
function wordsOfTaken(result, server) {
  if (result === "known") return { title: say("queue_known"), text: say("queue_known_what") };
  if (result === "old") return { title: say("queue_old"), text: say("queue_old_what") };
  return { title: say("queue_taken"), text: say("queue_taken_what", server) };
}

/** @returns {ToastWords} */
function wordsOfUnreadPost() {
  const check = { label: say("missing_check"), act: () => tellBackground({ type: "check-again" }) };
  return { title: say("missing_unchecked"), text: say("queue_unchecked_what"), actions: [check] };
}

/** @param {ProblemData} problem @returns {Partial<ToastWords>} */
function remedyOfQueue(problem) {
  return problem.code === "not_paired" ? remedy(problem) : {};
}
