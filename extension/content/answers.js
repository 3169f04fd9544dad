/**
 * What the server said of each block, kept by the block's own words: a page that renders again, or grows, is not asked about
 * twice. It lives in the page and goes with it.
 */

/** Answers of blocks that are gone are kept up to this many, since pages show and hide. @returns {number} */
function answerLimit() {
  return 30_000;
}

function makeAnswers() {
  /** Flags of each time that these words stood on the page, those that are muted too. @type {Map<string, SortedFlag[][]>} */
  let known = new Map();
  /** @type {Report | null} */
  let whole = null;

  /** @param {ReadBlock[]} blocks */
  function prune(blocks) {
    if (known.size <= answerLimit()) return;
    const here = new Set(blockKeys(blocks));
    known = new Map([...known].filter(([key]) => here.has(key)));
  }

  return {
    forget() {
      known = new Map();
      whole = null;
    },
    /**
     * @param {Report} report @param {ReadBlock[]} sent @param {ReadBlock[]} asked those of them that are wanted to be known
     * @returns {Notice[]} those that were not told before
     */
    learn(report, sent, asked) {
      const keys = blockKeys(sent);
      const wanted = new Set(asked.map((block) => block.wire.id));
      const found = flagsByBlock(report);
      for (const [at, { wire }] of sent.entries()) {
        if (!wanted.has(wire.id)) continue;
        known.set(keys[at], [...(known.get(keys[at]) ?? []), found.get(wire.id) ?? []]);
      }
      const fresh = newNotices(whole?.notices ?? [], report.notices);
      whole = whole ? joinReports(whole, report) : report;
      return fresh;
    },
    /** Blocks that nobody has been asked about yet. @param {ReadBlock[]} blocks @returns {ReadBlock[]} */
    missing(blocks) {
      const keys = blockKeys(blocks);
      return blocks.filter(({ text }, at) => !known.has(keys[at]) && hasWords(text));
    },
    /**
     * All that is known of the page as it is now. Flags whose words stand in a block that is not answered yet stay on them.
     * @param {ReadBlock[]} blocks @param {Flag[]} flags before @param {ReadBlock[]} before the blocks that they stand in
     * @returns {Report}
     */
    reportFor(blocks, flags, before) {
      prune(blocks);
      const keys = blockKeys(blocks);
      const oldKeys = new Map(blockKeys(before).map((key, at) => [before[at].wire.id, key]));
      const here = new Set(keys.filter((key) => known.has(key)));
      const lost = flags.filter((flag) => !here.has(oldKeys.get(flag.block) ?? ""));
      const open = blocks.filter((_, at) => !known.has(keys[at]));
      const kept = open.length ? moveFlags(lost, before, open) : [];
      const { flags: shown, muted } = splitSorted(flagsOfBlocks(blocks, keys, known));
      return { ...(whole ?? emptyReport()), flags: [...shown, ...kept], muted };
    },
    /** All flags that are kept, those of words that are gone and those that are muted too. @returns {Flag[]} */
    flags() {
      return [...known.values()].flat(2).map(({ flag }) => flag);
    },
    /** The reader muted something or brought it back. @param {MuteReply} reply */
    sort(reply) {
      const muteOf = muterOf(reply);
      for (const [key, times] of known) {
        known.set(
          key,
          times.map((flags) => flags.map(({ flag }) => ({ flag, by: muteOf(flag) }))),
        );
      }
    },
  };
}

/** @param {Report} report */
function flagsByBlock(report) {
  /** @type {Map<string, SortedFlag[]>} */
  const found = new Map();
  for (const sorted of sortedFlags(report)) {
    const there = found.get(sorted.flag.block);
    if (there) there.push(sorted);
    else found.set(sorted.flag.block, [sorted]);
  }
  return found;
}

/** @returns {Report} */
function emptyReport() {
  return {
    state: "checked",
    state_reason: null,
    model: null,
    main_text: null,
    flags: [],
    muted: [],
    look: "quiet",
    isForum: false,
    context: {},
    notices: [],
  };
}

/** What tells blocks apart: their words, their kind and what introduces them. @param {ReadBlock[]} blocks @returns {string[]} */
function blockKeys(blocks) {
  const texts = new Map(blocks.map(({ wire, text }) => [wire.id, text]));
  return blocks.map(({ wire, text }) => JSON.stringify([wire.kind, text, texts.get(wire.intro ?? "") ?? ""]));
}

/** Whether there are letters enough to say anything: a clock or a counter alone is none. @param {string} text */
function hasWords(text) {
  return /\p{L}{2,}[^\p{L}]+\p{L}{2,}/u.test(text);
}

/**
 * @param {ReadBlock[]} blocks @param {string[]} keys of them @param {Map<string, SortedFlag[][]>} known
 * @returns {SortedFlag[]}
 */
function flagsOfBlocks(blocks, keys, known) {
  /** @type {Map<string, number>} */
  const seen = new Map();
  return blocks.flatMap(({ wire }, at) => {
    const times = known.get(keys[at]);
    if (!times) return [];
    const time = seen.get(keys[at]) ?? 0;
    seen.set(keys[at], time + 1);
    const flags = times[Math.min(time, times.length - 1)];
    // Words that came again without being sent again: the same flags, told apart by their number.
    const suffix = time < times.length ? "" : `~${time + 1}`;
    return flags.map(({ flag, by }) => {
      const { id, fingerprint = id } = flag;
      return { flag: { ...flag, id: id + suffix, fingerprint, block: wire.id }, by };
    });
  });
}

/** The same flags where their words stand now. @param {Flag[]} flags @param {ReadBlock[]} before @param {ReadBlock[]} blocks @returns {Flag[]} */
function moveFlags(flags, before, blocks) {
  return reanchorFlags(flags, before, blocks).map(({ flag, block, start, end }) => {
    const moved = start - flag.start;
    const evidence = flag.evidence.map((span) => ({ start: span.start + moved, end: span.end + moved }));
    return { ...flag, block: block.wire.id, start, end, evidence };
  });
}

/** @param {Notice[]} told @param {Notice[]} notices @returns {Notice[]} */
function newNotices(told, notices) {
  return notices.filter(({ title, text }) => !told.some((one) => one.title === title && one.text === text));
}

/** @param {Report} whole @param {Report} part what came later @returns {Report} */
function joinReports(whole, part) {
  const first = whole.state === "not-checked" ? part : whole;
  return {
    ...first,
    // Ids of blocks name other blocks in each part.
    main_text: null,
    context: { ...whole.context, ...part.context },
    notices: [...whole.notices, ...newNotices(whole.notices, part.notices)],
  };
}
