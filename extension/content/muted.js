/** Flags with what mutes them, if anything does. */

/** @param {Pick<Report, "flags" | "muted">} report @returns {SortedFlag[]} */
function sortedFlags({ flags, muted }) {
  return [...flags.map((flag) => ({ flag, by: null })), ...muted];
}

/** @param {SortedFlag[]} sorted @returns {MuteReply} */
function splitSorted(sorted) {
  return {
    flags: sorted.flatMap(({ flag, by }) => (by === null ? [flag] : [])),
    muted: sorted.flatMap(({ flag, by }) => (by === null ? [] : [{ flag, by }])),
  };
}

/** A report's flags as they are after the reader muted something or brought it back. @param {Report} report @param {MuteReply} reply @returns {MuteReply} */
function sortAnew(report, reply) {
  const muteOf = muterOf(reply);
  return splitSorted(sortedFlags(report).map(({ flag }) => ({ flag, by: muteOf(flag) })));
}

/** What mutes a flag, which its kind and words alone decide. @param {MuteReply} reply @returns {(flag: Flag) => MutedFlag["by"] | null} */
function muterOf({ muted }) {
  const keyOf = (/** @type {Flag} */ { family, flag, quote }) => JSON.stringify([family, flag, quote.exact]);
  const known = new Map(muted.map(({ flag, by }) => [keyOf(flag), by]));
  return (flag) => known.get(keyOf(flag)) ?? null;
}
