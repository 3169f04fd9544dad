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

/** @param {Node} node @returns {boolean} */
function isConnected(node) {
  return Reflect.get(Node.prototype, "isConnected", node);
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
