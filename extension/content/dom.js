/**
 * Reading the page without trusting its names.
 *
 * `<img name="body">` replaces `document.body` and `<input name="childNodes">` a form's `childNodes`, also for content
 * scripts. So everything that a page can shadow is read through the prototypes, which no page can touch from its world.
 *
 * All content files are classic scripts that share one scope and hold only functions, so that they may be injected twice.
 */

/** @param {string} name @returns {any} */
function readDocument(name) {
  return Reflect.get(Document.prototype, name, document);
}

/** @returns {HTMLElement} */
function pageRoot() {
  return readDocument("documentElement");
}

/** @param {string} id */
function pageElementById(id) {
  return Document.prototype.getElementById.call(document, id);
}

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @returns {HTMLElementTagNameMap[T]}
 */
function makeElement(tag) {
  return /** @type {HTMLElementTagNameMap[T]} */ (Document.prototype.createElement.call(document, tag));
}

/** @param {Node} node @returns {Node | null} */
function firstChildOf(node) {
  return Reflect.get(Node.prototype, "firstChild", node);
}

/** @param {Node} node @returns {Node | null} */
function nextSiblingOf(node) {
  return Reflect.get(Node.prototype, "nextSibling", node);
}

/** @param {Node} node @returns {Element | null} */
function parentElementOf(node) {
  return Reflect.get(Node.prototype, "parentElement", node);
}

/** Whether a node stands in a page that is shown. In Firefox nodes of a frame that is gone are dead, and throw. @param {Node} node @returns {boolean} */
function isConnected(node) {
  try {
    return Reflect.get(Node.prototype, "isConnected", node) && windowOf(node) !== null;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

/** Whether a window is still there. @param {Window} view @returns {boolean} */
function isAlive(view) {
  try {
    return !view.closed;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

/** @param {Element} element @returns {string} */
function tagOf(element) {
  return Reflect.get(Element.prototype, "localName", element);
}

/** @param {Element} element @param {string} name @returns {string} empty when there is none */
function attributeOf(element, name) {
  return Element.prototype.getAttribute.call(element, name) ?? "";
}

/** @param {Element} element @param {string} selector */
function isInside(element, selector) {
  return Element.prototype.closest.call(element, selector) !== null;
}

/** Nodes of a frame are no instances of this window's classes, so kinds are told by number. @param {Node} node @returns {node is Element} */
function isElementNode(node) {
  return Reflect.get(Node.prototype, "nodeType", node) === Node.ELEMENT_NODE;
}

/** @param {Node} node @returns {node is Text} */
function isTextNode(node) {
  const type = Reflect.get(Node.prototype, "nodeType", node);
  return type === Node.TEXT_NODE || type === Node.CDATA_SECTION_NODE;
}

/** @param {Element} element @returns {element is HTMLElement} */
function isHtml(element) {
  return Reflect.get(Element.prototype, "namespaceURI", element) === "http://www.w3.org/1999/xhtml";
}

/** @param {Node} node @returns {Document} */
function documentOf(node) {
  return Reflect.get(Node.prototype, "ownerDocument", node) ?? /** @type {Document} */ (node);
}

/** @param {Node} node @returns {(Window & typeof globalThis) | null} null when its frame is gone */
function windowOf(node) {
  return Reflect.get(Document.prototype, "defaultView", documentOf(node));
}

/** @param {Node} node @returns {Node} the document, the shadow root or the top of a piece that stands nowhere */
function rootOf(node) {
  return Node.prototype.getRootNode.call(node);
}

/** @param {Document | ShadowRoot | Element} root @param {string} selector @returns {Element[]} */
function allWithin(root, selector) {
  const nodeType = Reflect.get(Node.prototype, "nodeType", root);
  const { prototype } = nodeType === 9 ? Document : nodeType === 11 ? DocumentFragment : Element;
  return Array.from(prototype.querySelectorAll.call(root, selector));
}
