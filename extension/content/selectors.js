/**
 * Where marks stand for other programs: in the text of the page's body as it is, tags left out and nothing else changed.
 *
 * That is the text that the W3C's Web Annotation Data Model speaks of. It counts in code points, a browser in UTF-16 units.
 */

/** Words before and after that tell a quote from its like. @returns {number} */
function neighbourLength() {
  return 32;
}

/**
 * @param {Place[]} places
 * @returns {Record<string, TextSelectors>} by flag; without those that stand outside the body's own text, as in a shadow tree
 */
function readSelectors(places) {
  const { text, starts } = readStream();
  const spans = places.flatMap(({ marks }) => marks.flatMap((mark) => spanOf(mark, starts)));
  const points = codePoints(
    text,
    spans.flatMap(({ start, end }) => [start, end]),
  );
  return Object.fromEntries(
    spans.map(({ id, start, end }) => [
      id,
      { ...quoteAt(text, start, end), start: points.get(start) ?? 0, end: points.get(end) ?? 0 },
    ]),
  );
}

/** The body's text and where each of its text nodes begins in it, in UTF-16 units. */
function readStream() {
  /** @type {Map<Node, number>} */
  const starts = new Map();
  const body = readDocument("body");
  const pieces = [];
  let length = 0;
  if (!body) return { text: "", starts };
  const walker = Document.prototype.createTreeWalker.call(document, body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const { data } = /** @type {Text} */ (node);
    starts.set(node, length);
    pieces.push(data);
    length += data.length;
  }
  return { text: pieces.join(""), starts };
}

/** @param {Mark} mark @param {Map<Node, number>} starts */
function spanOf({ flag, block, start, end }, starts) {
  const nodes = findNodes(block.segments, start, end);
  const first = nodes && starts.get(nodes.startNode);
  const last = nodes && starts.get(nodes.endNode);
  if (!nodes || first === undefined || first === null || last === undefined || last === null) return [];
  return [{ id: flag.id, start: first + nodes.startOffset, end: last + nodes.endOffset }];
}

/** Neighbours begin and end with whole characters. @param {string} text @param {number} start @param {number} end @returns {Quote} */
function quoteAt(text, start, end) {
  return {
    exact: text.slice(start, end).toWellFormed(),
    prefix: text
      .slice(Math.max(0, start - neighbourLength()), start)
      .replace(/^[\udc00-\udfff]/, "")
      .toWellFormed(),
    suffix: text
      .slice(end, end + neighbourLength())
      .replace(/[\ud800-\udbff]$/, "")
      .toWellFormed(),
  };
}

/**
 * How many code points stand before each offset; the text is read once.
 * @param {string} text @param {number[]} offsets in UTF-16 units
 * @returns {Map<number, number>}
 */
function codePoints(text, offsets) {
  /** @type {Map<number, number>} */
  const points = new Map();
  let at = 0;
  let count = 0;
  for (const offset of [...new Set(offsets)].sort((a, b) => a - b)) {
    const piece = text.slice(at, offset);
    count += piece.length - (piece.match(/[\ud800-\udbff][\udc00-\udfff]/g)?.length ?? 0);
    at = offset;
    points.set(offset, count);
  }
  return points;
}
