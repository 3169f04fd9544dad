/** Where the links of a block stand and lead. */

/**
 * The links of a block in the wire's shape.
 * @param {string} text of the block @param {{from: number, to: number, link: Element}[]} found
 * @returns {WireLink[]}
 */
function readLinks(text, found) {
  return found.flatMap(({ from, to, link }) => {
    let start = from;
    let end = Math.min(to, text.length);
    while (start < end && /\s/.test(text[start])) start += 1;
    while (start < end && /\s/.test(text[end - 1])) end -= 1;
    const target = start < end ? readTarget(link) : null;
    return target ? [{ start, end, ...target }] : [];
  });
}

/** @param {Element} link @returns {{href: string, resolved: boolean} | null} */
function readTarget(link) {
  // A frame that went away while it was read.
  if (!isConnected(link)) return null;
  const tag = tagOf(link);
  // A raised marker without a link of its own leads to the page's list of references, which the server reads.
  if (tag === "sup") return { href: "", resolved: true };
  const written = attributeOf(link, tag === "q" ? "cite" : "href").trim();
  const base = readDocument("baseURI");
  const url = written ? URL.parse(written, base) : null;
  if (!url) return null;
  if (!/^https?:$/.test(url.protocol) && !written.startsWith("#")) return null;
  const isHere = url.hash !== "" && url.href.split("#")[0] === location.href.split("#")[0];
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

/** Whether what stands raised from here on calls a note; behind a figure or a unit it is a power. @param {string} text @param {number} from */
function isMarker(text, from) {
  const words = text.slice(from).trim();
  const isNote = /^(?:[[(]?\d{1,3}(?:\s*[,–-]\s*\d{1,3})*[\])]?|[*†‡§]{1,2})$/.test(words);
  return isNote && !/(?:\d|\b[ckmd]?m)$/.test(text.slice(Math.max(0, from - 4), from));
}

/** Whether a `cite` that begins here stands behind a block quote's words, rather than among them. @param {string} text */
function isBehindQuote(text) {
  return !text || /[.!?…”"'’»]\s*$/.test(text);
}
