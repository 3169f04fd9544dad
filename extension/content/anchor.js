/** Finding flagged words again. The offset is a hint; the quote decides; in doubt nothing is marked. */

/**
 * Where a quote stands in a text.
 *
 * At the offset when its words are there. Else at the only place where both neighbours fit; else at the only place at all.
 * @param {string} text @param {Quote} quote @param {number} hint expected start
 * @returns {{start: number, end: number} | null}
 */
function findQuote(text, quote, hint) {
  const { exact } = quote;
  if (text.startsWith(exact, hint)) return { start: hint, end: hint + exact.length };
  const starts = allStarts(text, exact);
  const fitting = starts.filter((start) => isBetween(text, start, quote));
  const chosen = fitting.length === 1 ? fitting : starts;
  return chosen.length === 1 ? { start: chosen[0], end: chosen[0] + exact.length } : null;
}

/** @param {string} text @param {string} words */
function allStarts(text, words) {
  const starts = [];
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) starts.push(at);
  return starts;
}

/** @param {string} text @param {number} start @param {Quote} quote */
function isBetween(text, start, { exact, prefix, suffix }) {
  return text.slice(0, start).endsWith(prefix) && text.startsWith(suffix, start + exact.length);
}

/**
 * The flags as marks in the page as it was sent. A flag whose words are not found is left out.
 * @param {Flag[]} flags @param {ReadBlock[]} blocks
 * @returns {Mark[]}
 */
function anchorFlags(flags, blocks) {
  const orders = new Map(blocks.map((block, order) => [block.wire.id, order]));
  return flags.flatMap((flag) => {
    const order = orders.get(flag.block);
    if (order === undefined) return [];
    const found = findQuote(blocks[order].text, flag.quote, flag.start);
    return found ? [{ flag, block: blocks[order], order, ...found }] : [];
  });
}

/**
 * The flags as marks in a page that has changed since. A block is known by its text; when that has changed too, by being the
 * only one that holds the quote with its neighbours.
 * @param {Flag[]} flags @param {ReadBlock[]} sent as they were when the flags were made @param {ReadBlock[]} blocks as they are now
 * @returns {Mark[]}
 */
function reanchorFlags(flags, sent, blocks) {
  const kept = matchBlocks(sent, blocks);
  return flags.flatMap((flag) => {
    const order = kept.get(flag.block) ?? findHome(flag.quote, blocks);
    if (order === null) return [];
    const found = findQuote(blocks[order].text, flag.quote, flag.start);
    return found ? [{ flag, block: blocks[order], order, ...found }] : [];
  });
}

/**
 * Old block id to new position, for blocks whose text is the same; equal texts are paired in their order.
 * @param {ReadBlock[]} sent @param {ReadBlock[]} blocks
 * @returns {Map<string, number>}
 */
function matchBlocks(sent, blocks) {
  /** @type {Map<string, number[]>} */
  const waiting = new Map();
  for (const [order, { text }] of blocks.entries()) {
    const orders = waiting.get(text);
    if (orders) orders.push(order);
    else waiting.set(text, [order]);
  }
  /** @type {Map<string, number>} */
  const kept = new Map();
  for (const { text, wire } of sent) {
    const order = waiting.get(text)?.shift();
    if (order !== undefined) kept.set(wire.id, order);
  }
  return kept;
}

/** @param {Quote} quote @param {ReadBlock[]} blocks @returns {number | null} */
function findHome(quote, blocks) {
  const homes = blocks.flatMap(({ text }, order) =>
    allStarts(text, quote.exact).some((start) => isBetween(text, start, quote)) ? [order] : [],
  );
  return homes.length === 1 ? homes[0] : null;
}
