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
  /** @type {Way} */
  const way = { frames: [], reader, roots };
  const { frames } = way;
  goInto(body, "", renderingOf(body), true, way);
  while (frames.length && !reader.isFull()) {
    const frame = frames[frames.length - 1];
    const node = frame.next;
    if (!node) endFrame(frames, reader);
    else if (stepOver(node, frame, way)) yield;
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
    if (isTextNode(node) && frame.rendering.style.visibility === "visible")
      way.reader.addText(node, spacesOf(frame.rendering.style));
    return false;
  } catch (error) {
    if (!(error instanceof TypeError) || isConnected(frame.element)) throw error;
    frame.next = null;
    return true;
  }
}

/** @param {Element} node @param {OpenFrame} frame that it stands in @param {Way} way @returns {true} */
function enter(node, frame, way) {
  const { reader } = way;
  const tag = tagOf(node);
  const rendering = renderingOf(node);
  const inner = frameDocumentOf(node, tag);
  const isBlock = isBlockLike(tag, rendering, frame.rendering);
  if (tag === "br") reader.addBreak();
  else if (isLeftOut(node, inner ? "" : tag, rendering) || (isBlock && isUnrendered(node))) reader.skip(tag);
  else {
    reader.open(node, tag, isBlock || inner !== null);
    goInto(node, tag, rendering, isBlock || inner !== null, way);
  }
  return true;
}

/**
 * Read on inside an element: its children, the words slotted into it, its shadow tree or the page in it.
 * @param {Element} element @param {string} tag empty for the body, which nothing ends @param {Rendering} rendering @param {boolean} isBlock @param {Way} way
 */
function goInto(element, tag, rendering, isBlock, { frames, roots }) {
  const name = tag || "body";
  const inner = frameDocumentOf(element, name);
  const root = inner ?? shadowOf(element, name);
  if (root) roots.push(root);
  const some = root ? [] : slottedIn(element, name);
  const slotted = inner || some.length ? some : null;
  const next = inner ? bodyOf(inner) : (some.shift() ?? firstChildOf(root ?? element));
  frames.push({ element, tag, rendering, isBlock, next, slotted });
}
