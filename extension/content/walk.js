/** The way through all that is seen of a page: its elements, the shadow trees and same-site frames in them, in reading order. */

/** @typedef {{frames: OpenFrame[], reader: ReturnType<typeof makeReader>, roots: Node[]}} Way */

/** @returns {PageBlocks} */
function noBlocks() {
  return { blocks: [], elements: [], isCut: false, roots: [pageRoot()] };
}

/** Read the page, in slices: what changes meanwhile is read as it is when the way comes to it. @returns {Promise<PageBlocks>} */
async function readBlocks() {
  const body = readDocument("body");
  return body ? await readBlocksOf(body) : noBlocks();
}

/** Read the page or one element of it. @param {Element} body @returns {Promise<PageBlocks>} */
async function readBlocksOf(body) {
  const reader = makeReader(body);
  /** @type {Node[]} */
  const roots = [pageRoot()];
  await inSlices(walkPage(body, reader, roots));
  reader.flush();
  return { blocks: reader.blocks, elements: reader.elements, isCut: reader.isFull(), roots };
}

/**
 * Lead a reader through all that is seen, with a stack of its own: scripts can nest deeper than calls can. It may be paused
 * behind each element.
 * @param {Element} body @param {ReturnType<typeof makeReader>} reader
 * @param {Node[]} roots to which the shadow trees and pages in frames are added that are read
 */
function* walkPage(body, reader, roots) {
  const style = getComputedStyle(body);
  /** @type {OpenFrame[]} */
  const frames = [{ ...insideOf(body, "body", roots), element: body, style, tag: "", isBlock: true }];
  while (frames.length && !reader.isFull()) {
    const frame = frames[frames.length - 1];
    const node = frame.next;
    if (!node) endFrame(frames, reader);
    else if (stepOver(node, frame, { frames, reader, roots })) yield;
  }
}

/** @param {OpenFrame[]} frames @param {ReturnType<typeof makeReader>} reader */
function endFrame(frames, reader) {
  const ended = frames.pop();
  if (ended?.tag) reader.close(ended.tag, ended.isBlock);
}

/**
 * Read one node. A page in a frame may go away between two slices; in Firefox its nodes are dead then, and what was read in it
 * so far is all that there is.
 * @param {Node} node @param {OpenFrame} frame that it stands in @param {Way} way
 * @returns {boolean} whether it was an element
 */
function stepOver(node, frame, way) {
  try {
    frame.next = frame.slotted ? (frame.slotted.shift() ?? null) : nextSiblingOf(node);
    if (isElementNode(node)) return enter(node, frame, way);
    if (isTextNode(node) && frame.style.visibility === "visible") way.reader.addText(node, spacesOf(frame.style));
    return false;
  } catch (error) {
    if (!(error instanceof TypeError) || isConnected(frame.element)) throw error;
    frame.next = null;
    return true;
  }
}

/** @param {Element} node @param {OpenFrame} frame that it stands in @param {Way} way @returns {true} */
function enter(node, frame, { frames, reader, roots }) {
  const tag = tagOf(node);
  const style = getComputedStyle(node);
  const inner = frameDocumentOf(node, tag);
  const isBlock = isBlockLike(tag, style, frame.style);
  if (tag === "br") reader.addBreak();
  else if (isLeftOut(node, inner ? "" : tag, style) || (isBlock && isUnrendered(node))) reader.skip(tag);
  else {
    reader.open(node, tag, isBlock || inner !== null);
    frames.push({ ...insideOf(node, tag, roots), element: node, style, tag, isBlock: isBlock || inner !== null });
  }
  return true;
}

/**
 * What is read inside an element: its children, the words slotted into it, its shadow tree or the page in it.
 * @param {Element} element @param {string} tag @param {Node[]} roots to add to
 * @returns {{next: Node | null, slotted: Node[] | null}}
 */
function insideOf(element, tag, roots) {
  const inner = frameDocumentOf(element, tag);
  const root = inner ?? shadowOf(element, tag);
  if (root) roots.push(root);
  if (inner) return { next: bodyOf(inner), slotted: [] };
  if (root) return { next: firstChildOf(root), slotted: null };
  const slotted = slottedIn(element, tag);
  return slotted.length ? { next: slotted.shift() ?? null, slotted } : { next: firstChildOf(element), slotted: null };
}
