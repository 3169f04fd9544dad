/** The elements that stand open while a page is read, and those of them that hold text. */

/** Tags, ids, classes and roles are sent no longer than this. @returns {number} */
function nameLimit() {
  return 200;
}

/** @param {Element} body */
function makeElements(body) {
  /** @type {OpenElement[]} */
  const open = [{ element: body, tag: "body", kind: "p", parent: null, index: -1 }];
  /** @type {WireElement[]} */
  const kept = [];
  let length = 0;

  /** @param {OpenElement} opened */
  function keepOne(opened) {
    opened.index = kept.length;
    kept.push(wireElement(opened));
    length += JSON.stringify(kept[opened.index]).length;
  }

  return {
    kept,
    /** Of all kept elements on the wire, in UTF-16 units. */
    get length() {
      return length;
    },
    get depth() {
      return open.length;
    },
    get top() {
      return open[open.length - 1];
    },
    /** The open element that is so deep; the body is 1 deep. @param {number} depth */
    at: (depth) => open[depth - 1],
    /** @param {Element} element @param {string} tag @param {string} kind */
    push(element, tag, kind) {
      open.push({ element, tag, kind, parent: open[open.length - 1], index: -1 });
    },
    pop() {
      open.pop();
    },
    /** The place of an element among those kept, which keeps all that it stands in too. @param {OpenElement} element */
    keep(element) {
      const fresh = [];
      for (let at = /** @type {OpenElement | null} */ (element); at && at.index < 0; at = at.parent) fresh.push(at);
      for (const opened of fresh.reverse()) keepOne(opened);
      return element.index;
    },
  };
}

/** @param {OpenElement} opened @returns {WireElement} */
function wireElement({ element, tag, parent }) {
  const short = (/** @type {string} */ name) => name.trim().slice(0, nameLimit()).toWellFormed();
  // Of an element whose frame went away while it was read, no more can be told.
  if (!parent || !isConnected(element)) return { tag: short(tag), parent: parent?.index ?? null };
  const id = short(attributeOf(element, "id"));
  const names = short(`${attributeOf(element, "class")}${isQuotedReply(element, tag) ? " quoted-reply" : ""}`);
  const role = short(roleOf(element));
  return {
    tag: short(tag),
    parent: parent.index,
    ...(id ? { id } : {}),
    ...(names ? { class: names } : {}),
    ...(role ? { role } : {}),
    ...(attributeOf(element, "aria-hidden").trim().toLowerCase() === "true" ? { hidden: true } : {}),
  };
}

/** Whether an attribute tells that another poster or an earlier mail is quoted, as in classifier/reading/forum_quotes.py. @param {Element} element @param {string} tag */
function isQuotedReply(element, tag) {
  if (tag === "blockquote" && attributeOf(element, "type").trim().toLowerCase() === "cite") return true;
  if (tag !== "blockquote" && tag !== "aside") return false;
  const names = ["data-quote", "data-ipsquote", "data-ipsquote-username", "data-username"];
  return names.some((name) => Element.prototype.hasAttribute.call(element, name));
}
