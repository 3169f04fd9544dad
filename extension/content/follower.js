/** Following a checked page: repaint what it rendered again, ask about what is new, begin anew where it moved on. */

/**
 * @typedef {"page" | "selection" | "waiting"} FollowMode `waiting`: only the address is looked at
 * @typedef {object} FollowHooks
 * @property {(report: Report, blocks: ReadBlock[]) => boolean} paint gives back whether anything changed
 * @property {() => boolean} isIntact whether all marks stand on their words
 * @property {() => {flags: Flag[], muted: MutedFlag[], blocks: ReadBlock[]}} painted
 * @property {(page: PageBlocks) => Promise<Outcome>} ask
 * @property {(notices: Notice[]) => void} tellNotices
 * @property {() => void} moved the page went to another address
 */

/** @param {ReturnType<typeof makeAnswers>} answers @param {FollowHooks} hooks */
function makeFollower(answers, { paint, isIntact, painted, ask, moved, tellNotices }) {
  /** @type {FollowMode | null} */
  let mode = null;
  let address = "";
  /** @type {PageBlocks | null} */
  let read = null;
  /** @type {number | undefined} */
  let looking;
  /** @type {number | undefined} */
  let asking;
  let wait = firstLook();
  let cost = 0;
  let lookedAt = 0;
  let gap = firstGap();
  let askedAt = 0;
  let newSince = 0;
  /** Something changed while the page was only waited for. */
  let hasChanged = false;
  let isLooking = false;
  /** The last question came to nothing: it is asked again, and what the reader does cannot hurry it. */
  let hasFailed = false;
  /** Numbers the pages followed, so that an answer about an earlier one is not taken. */
  let turn = 0;
  const watcher = makeWatcher({ onChange, onReader });

  function onChange() {
    if (pageAddress() !== address) return leave();
    if (mode === "waiting") hasChanged = true;
    if (mode === "waiting") return;
    if (performance.now() - lookedAt > wait * 2) wait = firstLook();
    const isBroken = !isIntact();
    if (isBroken) hurry();
    else if (mode === "page") looking ??= setTimeout(look, wait);
  }

  /** Look as soon as a look's cost allows. */
  function hurry() {
    const soon = nextLook(0, cost, true);
    if (looking !== undefined && wait <= soon) return;
    wait = soon;
    clearTimeout(looking);
    looking = setTimeout(look, wait);
  }

  function leave() {
    stop();
    moved();
  }

  /** What the reader does may bring new words; they come soon. */
  function onReader() {
    if (!hasFailed) gap = firstGap();
    if (looking !== undefined) hurry();
    if (asking !== undefined) planAsk();
  }

  async function look() {
    clearTimeout(looking);
    looking = undefined;
    if (!mode || mode === "waiting") return;
    // What changed behind the look that is under way needs another one.
    if (isLooking) looking = setTimeout(look, wait);
    if (isLooking) return;
    const start = performance.now();
    if (hasPrivateField()) return rest(start, false);
    const mine = turn;
    isLooking = true;
    try {
      const fresh = await readBlocks();
      if (mine === turn) show(fresh, start);
    } finally {
      isLooking = false;
    }
  }

  /** @param {PageBlocks} fresh what a look has read @param {number} start of that look */
  function show(fresh, start) {
    read = fresh;
    watcher.watch(read.roots);
    const { flags, muted, blocks } = painted();
    const report =
      mode === "page"
        ? answers.reportFor(read.blocks, flags, blocks)
        : { ...answers.reportFor([], [], []), flags: moveFlags(flags, blocks, read.blocks), muted };
    const isFruitful = paint(report, read.blocks);
    if (mode === "page" && answers.missing(read.blocks).length) planAsk();
    rest(start, isFruitful);
  }

  /** @param {number} start of a look that is over @param {boolean} isFruitful whether it found anything */
  function rest(start, isFruitful) {
    lookedAt = performance.now();
    cost = lookedAt - start;
    wait = nextLook(wait, cost, isFruitful);
  }

  /** Ask once new words have had time to be complete, and not before the gap is over; never later than planned before. */
  function planAsk() {
    const now = performance.now();
    if (asking === undefined) newSince = now;
    gap = restedGap(gap, now - askedAt);
    clearTimeout(asking);
    asking = setTimeout(askNow, Math.max(newSince + settleTime(), askedAt + gap) - now);
  }

  async function askNow() {
    asking = undefined;
    const fresh = read && mode === "page" && pageAddress() === address ? answers.missing(read.blocks) : [];
    if (!read || !fresh.length || hasPrivateField()) return;
    const part = partOf(read, fresh);
    const mine = turn;
    askedAt = performance.now();
    gap = nextGap(gap);
    const outcome = await ask(part);
    if (mine !== turn) return;
    hasFailed = !outcome.ok;
    if (!outcome.ok) {
      // However long that took, it was no rest.
      askedAt = performance.now();
      return planAsk();
    }
    const report = part === read ? outcome.report : withoutNowhere(outcome.report);
    const notices = answers.learn(report, part.blocks, fresh);
    if (notices.length) tellNotices(notices);
    look();
  }

  function stop() {
    turn += 1;
    mode = null;
    read = null;
    hasChanged = hasFailed = false;
    clearTimeout(looking);
    clearTimeout(asking);
    looking = asking = undefined;
    watcher.stop();
  }

  return {
    /** What the last look has read, with the shadow trees and the frames in it. @returns {Node[]} */
    get roots() {
      return read?.roots ?? [];
    },
    /** Whether the page has changed since it was waited for. */
    get hasChanged() {
      return hasChanged;
    },
    /** Wait for changes in these too, which were found as the page was read. @param {Node[]} roots */
    watch: (roots) => watcher.watch(roots),
    /** @param {FollowMode} how @param {Node[]} [roots] that the page is known to have */
    start(how, roots = [pageRoot()]) {
      const isStale = hasChanged;
      stop();
      mode = how;
      address = pageAddress();
      wait = firstLook();
      gap = firstGap();
      askedAt = performance.now();
      watcher.watch(roots);
      // What changed while the answer was on its way was not shown.
      if (how === "page" && isStale) look();
      else if (pageAddress() !== address || (how === "selection" && isStale)) onChange();
    },
    stop,
    look,
  };
}

/** A part of a page cannot say that a source stands nowhere on the page. @param {Report} report @returns {Report} */
function withoutNowhere(report) {
  const without = (/** @type {Flag} */ flag) => (flag.source === "nowhere" ? { ...flag, source: null } : flag);
  return {
    ...report,
    flags: report.flags.map(without),
    muted: report.muted.map(({ flag, by }) => ({ flag: without(flag), by })),
  };
}
