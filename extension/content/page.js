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
  const view = makeView(surface, makeMarks(), toast.giveWay);
  let phase = firstPhase();
  /** Why the last check came to nothing. @type {ProblemData | null} */
  let problem = null;
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
    tellBackground({ type: "changed" });
  }

  /** @returns {PageReply} */
  function click() {
    problem = null;
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
    problem = outcome.ok ? null : outcome.problem;
    go({ type: "answer", run, isRefused: !outcome.ok, count });
    toast.show(
      outcome.ok
        ? { ...wordsOfReport(outcome.report, count, read.isCut), ...(count ? { actions: [listAction()] } : {}) }
        : { ...wordsOfProblem(outcome.problem), ...remedy(outcome.problem) },
    );
    return { type: "shown", count, isChecked: outcome.ok && outcome.report.state !== "not-checked" };
  }

  /** @returns {PageReply} */
  function next() {
    if (phase.name !== "marked") return phase.name === "checking" ? { type: "stale" } : click();
    view.step(1);
    return { type: "stale" };
  }

  chrome.runtime.onMessage.addListener((/** @type {PageMessage} */ message, sender, reply) => {
    if (sender.id !== chrome.runtime.id || sender.tab) return;
    if (message.type === "click") reply(click());
    if (message.type === "next") reply(next());
    if (message.type === "finish") reply(finish(message.run, message.outcome));
    if (message.type === "findings") reply(listFindings(phase.name, problem, read.isCut, view.shown()));
    if (message.type === "go-to") reply({ type: "went", isThere: view.goTo(message.id) });
    if (message.type === "selectors") reply({ type: "selectors", selectors: readSelectors(view.shown().places) });
  });
}

/** All that is told of a page: its words and where they stand, its address without query and fragment, its title and language. @param {PageBlocks} read */
function pageText({ blocks, elements, isCut }) {
  const lang = attributeOf(pageRoot(), "lang");
  return {
    url: pageAddress(),
    title: pageTitle(),
    lang: /^[a-z]{2,3}(?:[-_][a-z0-9]{1,8})*$/i.test(lang) ? lang : null,
    blocks: blocks.map((block) => block.wire),
    elements,
    isCut,
  };
}

/** The address that may be told: without query and fragment. */
function pageAddress() {
  return `${location.origin}${location.pathname}`.slice(0, 8000);
}

function pageTitle() {
  return String(readDocument("title")).toWellFormed().slice(0, 1000);
}

/** All marks as a list beside the page. */
function listAction() {
  return { label: say("open_panel"), act: () => tellBackground({ type: "open-panel" }) };
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

startPinch();
