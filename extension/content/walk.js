/** The way through all that is seen of a page: its elements, the shadow trees and same-site frames in them, in reading order. */

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
  /** @type {OpenFrame[]} */
  const frames = [{ ...insideOf(body, "body", roots), style: getComputedStyle(body), tag: "", isBlock: true }];
  for (let frame = frames[0]; frame && !reader.isFull(); frame = frames[frames.length - 1]) {
    const node = frame.next;
    if (!node) {
      frames.pop();
      if (frame.tag) reader.close(frame.tag, frame.isBlock);
      continue;
    }
    frame.next = frame.slotted ? (frame.slotted.shift() ?? null) : nextSiblingOf(node);
    if (isTextNode(node) && frame.style.visibility === "visible") reader.addText(node, spacesOf(frame.style));
    if (!isElementNode(node)) continue;
    const tag = tagOf(node);
    const style = getComputedStyle(node);
    const isBlock = isBlockLike(tag, style, frame.style);
    const inner = frameDocumentOf(node, tag);
    if (tag === "br") reader.addBreak();
    else if (isLeftOut(node, inner ? "" : tag, style) || (isBlock && isUnrendered(node))) reader.skip(tag);
    else {
      reader.open(node, tag, isBlock || inner !== null);
      frames.push({ ...insideOf(node, tag, roots), style, tag, isBlock: isBlock || inner !== null });
    }
    yield;
  }
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
