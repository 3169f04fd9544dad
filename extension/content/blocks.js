/** The page as blocks of text in reading order, each with its way back to the page. */

/** @returns {number} most blocks that the server takes */
function blockLimit() {
  return 20_000;
}

/** Well under the server's eight megabytes, since JSON and UTF-8 make text longer. @returns {number} UTF-16 units */
function textLimit() {
  return 2_000_000;
}

/** An element that claims to be the main part must hold this share of the page's text, as the server wants it too. */
function mainShare() {
  return 0.4;
}

/** @returns {{blocks: ReadBlock[], isCut: boolean}} */
function readBlocks() {
  const reader = makeReader();
  const body = readDocument("body");
  if (body) reader.read(findMain(body), "p");
  reader.flush();
  return { blocks: reader.blocks, isCut: reader.isFull() };
}

/** The element that holds the page's text. @param {HTMLElement} body @returns {Element} */
function findMain(body) {
  const least = textLengthOf(body) * mainShare();
  for (const selector of ["main", "[role=main]", "article"]) {
    const found = Document.prototype.querySelectorAll.call(document, selector);
    if (found.length === 1 && textLengthOf(found[0]) >= least) return found[0];
  }
  return body;
}

/** @param {Element} element @returns {number} */
function textLengthOf(element) {
  return String(Reflect.get(Node.prototype, "textContent", element)).length;
}

function makeReader() {
  /** @type {ReadBlock[]} */
  const blocks = [];
  /** @type {{from: number, to: number, link: Element}[]} */
  let links = [];
  let text = makeBlockText();
  let length = 0;
  let kind = "p";
  /** The last block that is no list item: it introduces the items after it. @type {string | null} */
  let intro = null;

  const isFull = () => blocks.length >= blockLimit() || length >= textLimit();

  /** End the block that is being read. */
  function flush() {
    const read = text.finish();
    if (/[\p{L}\p{N}]/u.test(read.text) && !isFull()) {
      const id = `b${blocks.length}`;
      const isItem = kind === "li";
      const wire = { id, kind, text: read.text, intro: isItem ? intro : null, links: readLinks(read.text, links) };
      if (!isItem) intro = id;
      blocks.push({ ...read, wire });
      length += read.text.length;
    }
    text = makeBlockText();
    links = [];
  }

  /** @param {Element} element @param {string} around kind of the block around it */
  function read(element, around) {
    const style = getComputedStyle(element);
    for (let node = firstChildOf(element); node && !isFull(); node = nextSiblingOf(node)) {
      if (node instanceof Text && style.visibility === "visible") text.add(node, node.data, spacesOf(style));
      else if (node instanceof Element) readElement(node, around);
    }
  }

  /** @param {Element} element @param {string} around */
  function readElement(element, around) {
    const tag = tagOf(element);
    if (tag === "br") return text.addBreak();
    const style = getComputedStyle(element);
    const isBlock = isBlockLike(tag, style);
    if (isLeftOut(element, tag, style) || (isBlock && isUnrendered(element))) return isBlock ? flush() : undefined;
    return isBlock ? readBlockElement(element, tag, around) : readInline(element, tag, around);
  }

  /** @param {Element} element @param {string} tag @param {string} around */
  function readInline(element, tag, around) {
    if (tag === "q") text.addShown("“");
    const from = text.length;
    read(element, around);
    if (tag === "a") links.push({ from, to: text.length, link: element });
    if (tag === "q") text.addShown("”");
  }

  /** @param {Element} element @param {string} tag @param {string} around */
  function readBlockElement(element, tag, around) {
    flush();
    kind = kindOf(element, tag, around);
    read(element, kind);
    flush();
    kind = around;
  }

  return { blocks, read, flush, isFull };
}

/** The kind of a block: a paragraph in a quotation is a quotation, one in a list item is the item. @param {Element} element @param {string} tag @param {string} around */
function kindOf(element, tag, around) {
  if (/^h[1-6]$/.test(tag) || /^(?:li|blockquote|pre|td|figcaption|dt|dd)$/.test(tag)) return tag;
  if (tag === "th") return "td";
  if (tag === "caption") return "figcaption";
  const role = attributeOf(element, "role");
  if (role === "heading") return `h${/^[1-6]$/.exec(attributeOf(element, "aria-level"))?.[0] ?? "2"}`;
  return role === "listitem" ? "li" : around;
}

/** @param {string} tag @param {CSSStyleDeclaration} style */
function isBlockLike(tag, style) {
  if (/^(?:p|div|h[1-6]|li|ul|ol|blockquote|pre|table|tr|td|th|figcaption|dt|dd|section|article|main)$/.test(tag)) {
    return style.display !== "contents";
  }
  // A floated drop cap computes to a block, but its letter belongs to the word beside it.
  if (style.float !== "none" && /^(?:span|b|strong|em|i|font|a|big)$/.test(tag)) return false;
  return !/^(?:inline|contents|ruby)/.test(style.display);
}

/** In a closed `<details>` or skipped by `content-visibility`. @param {Element} element */
function isUnrendered(element) {
  return !Element.prototype.checkVisibility.call(element);
}

/** @param {CSSStyleDeclaration} style @returns {"collapse" | "lines" | "keep"} */
function spacesOf(style) {
  const spaces = style.whiteSpaceCollapse || style.whiteSpace;
  if (spaces === "preserve-breaks" || spaces === "pre-line") return "lines";
  return /^(?:preserve|pre|break-spaces)/.test(spaces) ? "keep" : "collapse";
}

/**
 * The links of a block in the wire's shape.
 * @param {string} text of the block @param {{from: number, to: number, link: Element}[]} found
 * @returns {WireLink[]}
 */
function readLinks(text, found) {
  return found.flatMap(({ from, to, link }) => {
    let start = from;
    while (start < to && /\s/.test(text[start] ?? "")) start += 1;
    const end = Math.min(to, text.length);
    const target = readTarget(link);
    return target && start < end ? [{ start, end, ...target }] : [];
  });
}

/** @param {Element} link @returns {{href: string, resolved: boolean} | null} */
function readTarget(link) {
  const written = attributeOf(link, "href").trim();
  const base = readDocument("baseURI");
  if (!written || !URL.canParse(written, base)) return null;
  const url = new URL(written, base);
  if (!/^https?:$/.test(url.protocol) && !written.startsWith("#")) return null;
  const isHere = url.hash && url.href.split("#")[0] === location.href.split("#")[0];
  if (!isHere && !written.startsWith("#")) return { href: url.href.slice(0, 8000), resolved: true };
  return { href: url.hash.slice(0, 8000) || "#", resolved: isOnPage(url.hash.slice(1)) };
}

/** @param {string} fragment */
function isOnPage(fragment) {
  if (!fragment) return false;
  const names = [fragment, decodeFragment(fragment)];
  return names.some((name) => pageElementById(name) !== null || isNamedAnchor(name));
}

/** @param {string} name */
function isNamedAnchor(name) {
  return Document.prototype.querySelector.call(document, `a[name="${CSS.escape(name)}"]`) !== null;
}

/** @param {string} fragment */
function decodeFragment(fragment) {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}
