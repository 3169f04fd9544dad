/** The words that the reader selected, as blocks: only those that the selection touches, cut to it. */

/** @returns {Promise<PageBlocks>} */
async function readSelection() {
  const read = await readBlocks();
  return cutToRanges(read, selectedRanges(read.roots));
}

/** What is selected in the page and each of its same-site frames. @param {Node[]} roots that were read @returns {Selection[]} */
function selectionsIn(roots) {
  const views = new Set(roots.filter(isConnected).map(windowOf));
  return [...views].flatMap((view) => {
    const selection = view?.getSelection();
    return selection && !selection.isCollapsed ? [selection] : [];
  });
}

/** @param {Selection} selection @returns {Range[]} */
function rangesOf(selection) {
  return Array.from({ length: selection.rangeCount }, (_, at) => selection.getRangeAt(at));
}

/** The stretches selected in the page and its same-site frames. @param {Node[]} roots that were read @returns {Range[]} */
function selectedRanges(roots) {
  return selectionsIn(roots).flatMap(rangesOf);
}

/**
 * The words that are selected, and where they begin, unless they are being edited: those are nobody's business. Each frame
 * keeps a selection of its own; the one where the reader is counts.
 * @param {Node[]} roots that were read @returns {{words: string, node: Node} | null}
 */
function selectedWords(roots) {
  const all = selectionsIn(roots);
  const selection = all.findLast(({ anchorNode }) => anchorNode && documentOf(anchorNode).hasFocus()) ?? all[0];
  const node = selection?.anchorNode;
  const holder = node && (isElementNode(node) ? node : parentElementOf(node));
  if (!holder || isInside(holder, "input, textarea, [contenteditable]:not([contenteditable=false])")) return null;
  const words = selection.toString().replace(/\s+/g, " ").trim();
  return words ? { words, node } : null;
}

/**
 * What of a page lies in the ranges. It stands in no element: the reader has chosen what is text, menus and boxes too.
 * @param {PageBlocks} read @param {Range[]} ranges
 * @returns {PageBlocks}
 */
function cutToRanges(read, ranges) {
  const blocks = read.blocks.flatMap((block) => {
    const span = spanWithin(block, ranges);
    const cut = span && cutBlock(block, span.start, span.end);
    return cut ? [cut] : [];
  });
  const ids = new Set(blocks.map((block) => block.wire.id));
  for (const { wire } of blocks) if (!ids.has(wire.intro ?? "")) wire.intro = null;
  return { ...read, blocks, elements: [] };
}

/**
 * The offsets of a block's text between which it is selected, or null.
 * @param {ReadBlock} block @param {Pick<Range, "startContainer" | "startOffset" | "endContainer" | "endOffset" | "intersectsNode">[]} ranges
 */
function spanWithin({ segments }, ranges) {
  let start = Number.POSITIVE_INFINITY;
  let end = 0;
  for (const range of ranges) {
    for (const { node, from, at, length } of segments) {
      if (!range.intersectsNode(node)) continue;
      const first = node === range.startContainer ? Math.max(from, range.startOffset) : from;
      const last = node === range.endContainer ? Math.min(from + length, range.endOffset) : from + length;
      if (first >= last) continue;
      start = Math.min(start, at + first - from);
      end = Math.max(end, at + last - from);
    }
  }
  return start < end ? { start, end } : null;
}

/** @param {ReadBlock} block @param {number} start @param {number} end @returns {ReadBlock | null} null when only blanks are left */
function cutBlock({ text, segments, wire }, start, end) {
  let from = start;
  let to = Math.min(end, text.length);
  while (from < to && /\s/.test(text[from])) from += 1;
  while (from < to && /\s/.test(text[to - 1])) to -= 1;
  if (from >= to) return null;
  const cut = text.slice(from, to).toWellFormed();
  return {
    text: cut,
    segments: segments.flatMap((segment) => cutSegment(segment, from, to)),
    wire: { ...wire, element: undefined, text: cut, links: wire.links.flatMap((link) => cutLink(link, from, to)) },
  };
}

/** @param {Segment} segment @param {number} from @param {number} to @returns {Segment[]} */
function cutSegment({ node, from: inNode, at, length }, from, to) {
  const start = Math.max(at, from);
  const end = Math.min(at + length, to);
  return start < end ? [{ node, from: inNode + start - at, at: start - from, length: end - start }] : [];
}

/** @param {WireLink} link @param {number} from @param {number} to @returns {WireLink[]} */
function cutLink(link, from, to) {
  const start = Math.max(link.start, from);
  const end = Math.min(link.end, to);
  return start < end ? [{ ...link, start: start - from, end: end - from }] : [];
}
