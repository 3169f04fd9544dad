/** Wiring of one page: messages from the background, clicks, keys and changes of the page. */

function startPinch() {
  const surface = makeSurface(hostStyle());
  const toast = makeToast(surface);
  const feedback = makeFeedback(surface, toast);
  const answers = makeAnswers();
  const muting = makeMuting(toast, answers, () => view, leave);
  const view = makeView(surface, makeMarks(), toast.giveWay, count, {
    judge: (draft) => feedback.open({ ...draft, model: view.report?.model ?? null }),
    mute: muting.mute,
    sendPost: (mark) => queue.sendMark(mark),
  });
  const now = () => ({ isRead: isRead(phase), report: view.report, roots: [...read.roots, ...follower.roots] });
  const lacking = makeLacking(toast, feedback, now);
  const queue = makeQueue(surface, toast, now);
  const follower = makeFollower(answers, { ...view, moved, ask: askPart, tellNotices });
  const clocks = makeClocks(
    () => toast.show({ title: say("state_checking") }),
    (run) => finish(run, refused("server_slow")),
  );
  let phase = firstPhase();
  /** Why the last check came to nothing. @type {ProblemData | null} */
  let problem = null;
  /** @type {PageBlocks} */
  let read = noBlocks();
  /** What is checked on this page: all of it, or what was selected. @type {"page" | "selection"} */
  let range = "page";
  /** Nobody clicked, so nothing pops up that is not urgent. */
  let isQuiet = false;
  /** This site is muted, and the reader said that this page may be read. */
  let isAsked = false;

  /** @param {PhaseEvent} event */
  function go(event) {
    phase = nextPhase(phase, event);
    clocks.stop();
    tellBackground({ type: "changed" });
  }

  /** Take everything back. @param {PhaseEvent} event */
  function reset(event) {
    problem = null;
    isAsked = false;
    go(event);
    follower.stop();
    view.clear();
    answers.forget();
    toast.hide();
  }

  /** @param {{isMuted?: boolean, isAsked?: boolean}} site whether the reader wants to be asked before it is read, or was @returns {Answer} */
  function click(site) {
    if (site.isMuted && phase.name !== "marked" && phase.name !== "checking") return askFirst();
    reset({ type: "click" });
    isAsked = site.isAsked === true;
    return phase.name === "checking" ? check("page", false) : { type: "off" };
  }

  /** @param {"page" | "selection"} what @param {boolean} quiet */
  function start(what, quiet) {
    reset({ type: "start" });
    return check(what, quiet);
  }

  /** @param {"page" | "selection"} what @param {boolean} quiet @returns {Promise<PageReply>} */
  async function check(what, quiet) {
    const { run } = phase;
    range = what;
    isQuiet = quiet;
    follower.start("waiting");
    // Decided before a word is read.
    if (hasPrivateField()) return finish(run, refused("private_field"));
    clocks.begin(run, isQuiet);
    const found = await (what === "page" ? readBlocks() : readSelection());
    // Called off while it was read.
    if (phase.name !== "checking" || phase.run !== run) return { type: "stale" };
    read = found;
    follower.watch(read.roots);
    if (follower.hasChanged && hasPrivateField()) return finish(run, refused("private_field"));
    const nothing = what === "page" ? "no_text" : "no_selection";
    if (!isWorthSending(read.blocks)) return isQuiet ? waitForWords(run) : finish(run, refused(nothing));
    clocks.wait(run);
    return { type: "check", run, page: pageText(read) };
  }

  /** @param {PageBlocks} part @returns {Promise<Outcome>} */
  function askPart(part) {
    return askOrFail({ type: "check-part", page: pageText(part), isAsked });
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
        ? {
            ...wordsOfReport(outcome.report, { count: marked, ownCount: view.ownCount }, read.isCut),
            ...lacking.offer(marked),
          }
        : { ...wordsOfProblem(outcome.problem), ...remedy(outcome.problem) },
    );
    if (outcome.ok) {
      answers.learn(outcome.report, read.blocks, read.blocks);
      follower.start(range, read.roots);
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
    view.addNotices(notices);
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
    if (code === "muted_site") return askFirst();
    reset({ type: "stop" });
    problem = { code, hint: "" };
    const insist = { label: say("toast_insist"), act: () => tellBackground({ type: "insist" }) };
    toast.show({ ...wordsOfProblem(problem), actions: canInsist ? [insist] : [] });
    return { type: "shown", count: 0, isChecked: false };
  }

  /** Nothing of a muted site is read before its reader says so. @returns {PageReply} */
  function askFirst() {
    reset({ type: "stop" });
    problem = { code: "muted_site", hint: "" };
    toast.show(wordsOfMutedSite(() => muting.unmute({ kind: "site" })));
    return { type: "off" };
  }

  /** The reader muted this site: forget what was found. */
  function leave() {
    reset({ type: "stop" });
    tellBackground({ type: "left" });
  }

  /** @param {{isMuted?: boolean, isAsked?: boolean}} site @returns {Answer} */
  function next(site) {
    if (phase.name !== "marked") return phase.name === "checking" ? { type: "stale" } : click(site);
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

  hearBackground({
    click,
    next,
    selection: () => start("selection", false),
    start: () => start("page", true),
    wait,
    stop: ({ origins }) => (isOfSite(origins) ? stop() : { type: "stale" }),
    refuse: ({ code, canInsist }) => refuse(code, canInsist),
    missing: () => lacking.tell() ?? { type: "stale" },
    queue: queue.sendSelection,
    finish: ({ run, outcome }) => finish(run, outcome),
    findings: () => listFindings(phase.name, problem, read.isCut, view.shown()),
    "go-to": ({ id }) => ({ type: "went", isThere: view.goTo(id) }),
    selectors: () => ({ type: "selectors", selectors: readSelectors(view.shown().places) }),
  });
}

startPinch();
