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
