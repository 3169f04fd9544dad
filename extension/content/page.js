/** Wiring of one page: messages from the background, clicks, keys and changes of the page. */

/** Milliseconds after which a slow check is mentioned. */
function slowDelay() {
  return 300;
}

/** Milliseconds after which an answer is not waited for: longer than the background's own patience. */
function answerPatience() {
  return 40_000;
}

function startPinch() {
  const surface = makeSurface(hostStyle());
  const toast = makeToast(surface);
  const feedback = makeFeedback(surface, toast);
  const muting = makeMuting(toast, () => view, leave);
  const view = makeView(surface, makeMarks(), toast.giveWay, {
    judge: (draft) => feedback.open({ ...draft, model: view.report?.model ?? null }),
    mute: muting.mute,
  });
  let phase = firstPhase();
  /** @type {PageBlocks} */
  let read = { blocks: [], elements: [], isCut: false };
  /** @type {number | undefined} */
  let slow;
  /** @type {number | undefined} */
  let lost;

  /** @param {PhaseEvent} event */
  function go(event) {
    phase = nextPhase(phase, event);
    clearTimeout(slow);
    clearTimeout(lost);
  }

  /** @param {boolean} [isMuted] whether the reader wants to be asked before this site is read @returns {PageReply} */
  function click(isMuted = false) {
    if (isMuted && phase.name !== "marked" && phase.name !== "checking") return ask();
    go({ type: "click" });
    view.clear();
    toast.hide();
    return phase.name === "checking" ? check() : { type: "off" };
  }

  /** @returns {PageReply} */
  function check() {
    read = readBlocks();
    if (!isWorthSending(read.blocks)) return finish(phase.run, { ok: false, problem: { code: "no_text", hint: "" } });
    slow = setTimeout(() => toast.show({ title: say("state_checking") }), slowDelay());
    const { run } = phase;
    lost = setTimeout(() => finish(run, { ok: false, problem: { code: "server_slow", hint: "" } }), answerPatience());
    return { type: "check", run, page: pageText(read) };
  }

  /** @param {number} run @param {Outcome} outcome @returns {PageReply} */
  function finish(run, outcome) {
    if (phase.name !== "checking" || phase.run !== run) return { type: "stale" };
    const count = outcome.ok ? view.show(outcome.report, read.blocks) : 0;
    go({ type: "answer", run, isRefused: !outcome.ok, count });
    toast.show(
      outcome.ok
        ? { ...wordsOfReport(outcome.report, { count, ownCount: view.ownCount }, read.isCut), ...offer(outcome.report) }
        : { ...wordsOfProblem(outcome.problem), ...remedy(outcome.problem) },
    );
    return { type: "shown", count, isChecked: outcome.ok && outcome.report.state !== "not-checked" };
  }

  /** Nothing of a muted site is read before its reader says so. @returns {PageReply} */
  function ask() {
    toast.show(wordsOfMutedSite(() => muting.unmute({ kind: "site" })));
    return { type: "off" };
  }

  /** The reader muted this site: forget what was found. */
  function leave() {
    if (phase.name === "marked") go({ type: "click" });
    view.clear();
    tellBackground({ type: "left" });
  }

  /** Words that should have been marked, as the reader selected them. */
  function missing() {
    if (phase.name !== "marked" && phase.name !== "clear") return toast.show(wordsOfUnchecked());
    const text = selectedWords();
    if (!text) return toast.show({ ...wordsOfNoSelection(), actions: [missingAction()] });
    const model = view.report?.model ?? null;
    feedback.open({ verdict: "missing", flag: "", text, fingerprint: null, confidence: null, model });
  }

  function missingAction() {
    return { label: say("toast_missing"), act: missing, keepsSelection: true };
  }

  /** @param {boolean} [isMuted] @returns {PageReply} */
  function next(isMuted) {
    if (phase.name !== "marked") return phase.name === "checking" ? { type: "stale" } : click(isMuted);
    view.step(1);
    return { type: "stale" };
  }

  /** What is missing can be told of a page that was read. @param {Report} report */
  function offer({ state }) {
    return state === "not-checked" ? {} : { actions: [missingAction()] };
  }

  chrome.runtime.onMessage.addListener((/** @type {PageMessage} */ message, sender, reply) => {
    if (sender.id !== chrome.runtime.id || sender.tab) return;
    if (message.type === "click") reply(click(message.isMuted));
    if (message.type === "next") reply(next(message.isMuted));
    if (message.type === "missing") reply(missing() ?? { type: "stale" });
    if (message.type === "finish") reply(finish(message.run, message.outcome));
  });
}

/** All that is told of a page: its words and where they stand, its address without query and fragment, its title and language. @param {PageBlocks} read */
function pageText({ blocks, elements, isCut }) {
  const lang = attributeOf(pageRoot(), "lang");
  return {
    url: `${location.origin}${location.pathname}`.slice(0, 8000),
    title: String(readDocument("title")).toWellFormed().slice(0, 1000),
    lang: /^[a-z]{2,3}(?:[-_][a-z0-9]{1,8})*$/i.test(lang) ? lang : null,
    blocks: blocks.map((block) => block.wire),
    elements,
    isCut,
  };
}

/** What the reader can do about a problem right here. @param {ProblemData} problem @returns {Partial<ToastWords>} */
function remedy({ code }) {
  const options = { label: say("toast_options"), act: () => tellBackground({ type: "open-options" }) };
  const again = { label: say("toast_again"), act: () => tellBackground({ type: "check-again" }) };
  if (code === "not_paired" || code === "token_refused" || code === "no_access") return { actions: [options] };
  if (code === "no_text" || code === "page_too_large") return {};
  return { actions: code === "server_away" || code === "server_shape" ? [again, options] : [again] };
}

/** @param {BackgroundMessage} message */
function tellBackground(message) {
  chrome.runtime.sendMessage(message);
}

/** @param {BackgroundMessage} message @returns {Promise<any>} */
function askBackground(message) {
  return chrome.runtime.sendMessage(message);
}

startPinch();
