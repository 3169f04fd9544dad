/** What the panel is told of a page: the flags in reading order, and what was not checked. */

/**
 * @typedef {object} Shown
 * @property {Report | null} report
 * @property {ReadBlock[]} sent
 * @property {Place[]} places
 * @property {string[]} open
 */

/**
 * @param {PageFindings["phase"]} phase @param {ProblemData | null} problem @param {boolean} isCut @param {Shown} shown
 * @returns {PageFindings}
 */
function listFindings(phase, problem, isCut, { report, sent, places, open }) {
  const findings = findingsOf(places, sent);
  return {
    type: "findings",
    phase,
    address: tellableAddress(),
    title: pageTitle(),
    problem,
    state: report?.state ?? null,
    reason: report?.state_reason ?? null,
    isCut: report !== null && isCut,
    findings,
    open,
    lost: report ? report.flags.length - findings.length : 0,
    muted: report ? countMuted(report.muted) : 0,
    skipped: report ? countSkipped(report, sent) : null,
    notices: report?.notices ?? [],
    context: report?.context ?? {},
  };
}

/**
 * The marked flags in reading order, the longest first where several begin together.
 * @param {Place[]} places @param {ReadBlock[]} sent
 * @returns {Finding[]}
 */
function findingsOf(places, sent) {
  /** @type {Map<string, number>} */
  const starts = new Map();
  let length = 0;
  for (const { wire, text } of sent) {
    starts.set(wire.id, length);
    length += text.length;
  }
  return places.flatMap(({ marks }) =>
    marks.map(({ flag, block, start, end }) => ({
      flag,
      words: block.text.slice(start, end),
      at: length ? ((starts.get(flag.block) ?? 0) + flag.start) / length : 0,
    })),
  );
}

/** Menus, banners and boxes, when the server told what it read. @param {Report} report @param {ReadBlock[]} sent @returns {number | null} */
function countSkipped({ main_text: read }, sent) {
  return read && Math.max(0, sent.length - read.length);
}
