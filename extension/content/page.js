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
  const view = makeView(surface, makeMarks(), toast.giveWay, count);
  const answers = makeAnswers();
  const follower = makeFollower(answers, { ...view, moved, ask: (part) => sendPart(pageText(part)), tellNotices });
  let phase = firstPhase();
  /** Why the last check came to nothing. @type {ProblemData | null} */
  let problem = null;
  /** @type {PageBlocks} */
  let read = noBlocks();
  /** What is checked on this page: all of it, or what was selected. @type {"page" | "selection"} */
  let range = "page";
  /** Nobody clicked, so nothing pops up that is not urgent. */
  let isQuiet = false;
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

  /** Take everything back. @param {PhaseEvent} event */
  function reset(event) {
    problem = null;
    go(event);
    follower.stop();
    view.clear();
    answers.forget();
    toast.hide();
  }

  /** @returns {PageReply} */
  function click() {
    reset({ type: "click" });
    return phase.name === "checking" ? check("page", false) : { type: "off" };
  }

  /** @param {"page" | "selection"} what @param {boolean} quiet @returns {PageReply} */
  function start(what, quiet) {
    reset({ type: "start" });
    return check(what, quiet);
  }

  /** @param {"page" | "selection"} what @param {boolean} quiet @returns {PageReply} */
  function check(what, quiet) {
    const { run } = phase;
    range = what;
    isQuiet = quiet;
    follower.start("waiting");
    // Decided before a word is read.
    if (hasPrivateField()) return finish(run, refused("private_field"));
    read = what === "page" ? readBlocks() : readSelection();
    const nothing = what === "page" ? "no_text" : "no_selection";
    if (!isWorthSending(read.blocks)) return isQuiet ? waitForWords(run) : finish(run, refused(nothing));
    if (!isQuiet) slow = setTimeout(() => toast.show({ title: say("state_checking") }), slowDelay());
    lost = setTimeout(() => finish(run, refused("server_slow")), answerPatience());
    return { type: "check", run, page: pageText(read) };
  }

  /** An application shows its frame before its text. @param {number} run @returns {PageReply} */
  function waitForWords(run) {
    go({ type: "answer", run, isRefused: false, count: 0 });
    follower.start("page");
    return { type: "stale" };
  }

  /** @param {number} run @param {Outcome} outcome @returns {PageReply} */
  function finish(run, outcome) {
    if (phase.name !== "checking" || phase.run !== run) return { type: "stale" };
    const marked = outcome.ok ? view.show(outcome.report, read.blocks) : 0;
    problem = outcome.ok ? null : outcome.problem;
    go({ type: "answer", run, isRefused: !outcome.ok, count: marked });
    tell(
      outcome.ok
        ? { ...wordsOfReport(outcome.report, marked, read.isCut), ...(marked ? { actions: [listAction()] } : {}) }
        : { ...wordsOfProblem(outcome.problem), ...remedy(outcome.problem) },
    );
    if (outcome.ok) {
      answers.learn(outcome.report, read.blocks, read.blocks);
      follower.start(range);
    }
    return { type: "shown", count: marked, isChecked: outcome.ok && outcome.report.state !== "not-checked" };
  }

  /** @param {ToastWords} words */
  function tell(words) {
    if (!isQuiet || words.notices?.length) toast.show(words);
  }

  /** About words that the page has got since. @param {Notice[]} notices */
  function tellNotices(notices) {
    toast.show({ title: say("state_new_words"), notices });
  }

  /** Marks came or went while the page was followed. @param {number} marked */
  function count(marked) {
    go({ type: "count", count: marked });
    tellBackground({ type: "count", count: marked });
  }

  /** The page went to another address by itself. */
  function moved() {
    const isOn = range === "page" && ["checking", "marked", "clear"].includes(phase.name);
    reset({ type: "stop" });
    follower.start("waiting");
    afterQuiet(() => tellBackground({ type: "arrived", address: location.href.slice(0, 8000), isOn }));
  }

  /** @param {string} code @param {boolean} canInsist @returns {PageReply} */
  function refuse(code, canInsist) {
    reset({ type: "stop" });
    problem = { code, hint: "" };
    const insist = { label: say("toast_insist"), act: () => tellBackground({ type: "insist" }) };
    toast.show({ ...wordsOfProblem(problem), actions: canInsist ? [insist] : [] });
    return { type: "shown", count: 0, isChecked: false };
  }

  /** @returns {PageReply} */
  function next() {
    if (phase.name !== "marked") return phase.name === "checking" ? { type: "stale" } : click();
    view.step(1);
    return { type: "stale" };
  }

  /** The site is checked always no more. @returns {PageReply} */
  function stop() {
    if (isQuiet) reset({ type: "stop" });
    return isQuiet ? { type: "off" } : { type: "stale" };
  }

  /** The page may not be read, but what its application shows next may. @returns {PageReply} */
  function wait() {
    reset({ type: "stop" });
    isQuiet = true;
    follower.start("waiting");
    return { type: "stale" };
  }

  chrome.runtime.onMessage.addListener((/** @type {PageMessage} */ message, sender, reply) => {
    if (sender.id !== chrome.runtime.id || sender.tab) return;
    if (message.type === "click") reply(click());
    if (message.type === "next") reply(next());
    if (message.type === "selection") reply(start("selection", false));
    if (message.type === "start") reply(start("page", true));
    if (message.type === "wait") reply(wait());
    if (message.type === "stop") reply(isOfSite(message.origins) ? stop() : { type: "stale" });
    if (message.type === "refuse") reply(refuse(message.code, message.canInsist));
    if (message.type === "finish") reply(finish(message.run, message.outcome));
    if (message.type === "findings") reply(listFindings(phase.name, problem, read.isCut, view.shown()));
    if (message.type === "go-to") reply({ type: "went", isThere: view.goTo(message.id) });
    if (message.type === "selectors") reply({ type: "selectors", selectors: readSelectors(view.shown().places) });
  });
}

/** @param {string} code @returns {Outcome} */
function refused(code) {
  return { ok: false, problem: { code, hint: "" } };
}

/** All that is told of a page: its words and where they stand, its address without query and fragment, its title and language. @param {PageBlocks} read */
function pageText({ blocks, elements, isCut }) {
  const lang = attributeOf(pageRoot(), "lang");
  return {
    url: tellableAddress(),
    title: pageTitle(),
    lang: /^[a-z]{2,3}(?:[-_][a-z0-9]{1,8})*$/i.test(lang) ? lang : null,
    blocks: blocks.map((block) => block.wire),
    elements,
    isCut,
  };
}

/** The address that may be told: without query and fragment. */
function tellableAddress() {
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
  if (/^(?:no_text|no_selection|page_too_large|private_.*|never_.*|muted_site)$/.test(code)) return {};
  return { actions: code === "server_away" || code === "server_shape" ? [again, options] : [again] };
}

/** @param {BackgroundMessage} message */
function tellBackground(message) {
  chrome.runtime.sendMessage(message);
}

startPinch();
