/**
 * Where a page goes on inside an element: shadow trees, open or closed, and frames of the same origin.
 *
 * Frames of other sites are other pages, which nobody asked to have read.
 */

/** @param {string} tag @returns {boolean} whether an element of this name can hold a shadow tree */
function isShadowTag(tag) {
  return /^(?:[^-]+-.*|article|aside|blockquote|body|div|footer|h[1-6]|header|main|nav|p|section|span)$/.test(tag);
}

/** @param {Element} element @param {string} tag @returns {ShadowRoot | null} */
function shadowOf(element, tag) {
  if (!isShadowTag(tag) || !isHtml(element)) return null;
  // Chromium gives content scripts a function for all trees, Firefox a property of the element.
  const dom = globalThis.chrome?.dom;
  return dom ? dom.openOrClosedShadowRoot(element) : (Reflect.get(element, "openOrClosedShadowRoot") ?? null);
}

/** @param {Element} element @param {string} tag @returns {Document | null} the page in a frame of the same origin */
function frameDocumentOf(element, tag) {
  if (tag !== "iframe" || !isHtml(element) || isDot(element)) return null;
  /** @type {Document | null} */
  const inner = Reflect.get(HTMLIFrameElement.prototype, "contentDocument", element);
  if (!inner || !windowOf(inner)) return null;
  const address = Reflect.get(Document.prototype, "URL", inner);
  return address.startsWith("about:") || new URL(address).origin === location.origin ? inner : null;
}

/** Frames that are there to count or to carry messages, not to be seen. @param {Element} frame */
function isDot(frame) {
  const { width, height } = Element.prototype.getBoundingClientRect.call(frame);
  return width < 20 || height < 20;
}

/** @param {Document} inner @returns {HTMLElement | null} */
function bodyOf(inner) {
  const body = Reflect.get(Document.prototype, "body", inner);
  return body && tagOf(body) === "body" ? body : null;
}

/** What a slot shows in its place; nothing when it shows its own children. @param {Element} element @param {string} tag @returns {Node[]} */
function slottedIn(element, tag) {
  if (tag !== "slot" || !isHtml(element)) return [];
  return HTMLSlotElement.prototype.assignedNodes.call(element);
}

/** The element that holds a node's tree: the host of a shadow tree or the frame of a page. @param {Node} node @returns {Element | null} */
function holderOf(node) {
  const root = rootOf(node);
  if (Reflect.get(Node.prototype, "nodeType", root) === Node.DOCUMENT_FRAGMENT_NODE) {
    return Reflect.get(ShadowRoot.prototype, "host", root) ?? null;
  }
  const view = windowOf(node);
  return view && view !== window ? view.frameElement : null;
}

/** Whether a node stands in an element, in its shadow trees and frames too. @param {Element} element @param {Node} node */
function isWithin(element, node) {
  for (let at = /** @type {Node | null} */ (node); at; at = holderOf(at)) {
    if (Node.prototype.contains.call(element, at)) return true;
  }
  return false;
}

/** Where a range stands in the window, as far as frames moved it. @param {Range} range @returns {DOMRect} */
function boxOf(range) {
  const box = range.getBoundingClientRect();
  let frame = windowOf(range.startContainer)?.frameElement;
  for (; frame; frame = windowOf(frame)?.frameElement) {
    const outer = Element.prototype.getBoundingClientRect.call(frame);
    const { clientLeft, clientTop } = frame;
    box.x += outer.x + clientLeft;
    box.y += outer.y + clientTop;
  }
  return box;
}
