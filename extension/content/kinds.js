/** What an element makes of the text in it. The same tables as in classifier/reading/walk.py. */

/** @param {string} tag */
function isBlockTag(tag) {
  // Patterns rather than a list to split: this is asked of every element of a page.
  return (
    /^(?:address|article|aside|blockquote|body|caption|center|dd|details|dialog|dir|div|dl|dt|fieldset|figcaption)$/.test(
      tag,
    ) ||
    /^(?:figure|footer|form|h[1-6]|header|hgroup|hr|html|legend|li|listing|main|menu|nav|ol|p|plaintext|pre)$/.test(
      tag,
    ) ||
    /^(?:search|section|summary|table|tbody|td|tfoot|th|thead|tr|ul|xmp)$/.test(tag)
  );
}

/** What is asked of an element's style more than once; asking the browser takes time. @param {Element} element @returns {Rendering} */
function renderingOf(element) {
  const style = getComputedStyle(element);
  return { style, display: style.display, position: style.position };
}

/**
 * Whether an element's text stands by itself: its tag says so, or a style sheet makes a block of what means nothing else.
 * What only a float or a flexible box around it makes a block belongs to the words beside it, such as a drop cap.
 * @param {string} tag @param {Rendering} rendering @param {Rendering} around of the element around it
 */
function isBlockLike(tag, { style, display, position }, around) {
  if (isBlockTag(tag)) return true;
  if (/^(?:none|inline|contents|ruby)/.test(display)) return false;
  if (/^(?:b|strong|em|i|u|s|small|big|font|mark|sub|sup|abbr|cite|code|q|time|label|img|del|ins)$/.test(tag))
    return false;
  if (position === "absolute" || position === "fixed" || style.float !== "none") return false;
  return !/flex|grid/.test(around.display);
}

/**
 * The kind of a block: a paragraph in a quotation is a quotation, one in a list item is the item.
 * @param {Element} element @param {string} tag @param {string} around kind of the block around it
 */
function kindOf(element, tag, around) {
  const role = roleOf(element);
  if (role === "heading") return `h${/^[1-6]$/.exec(attributeOf(element, "aria-level").trim())?.[0] ?? "2"}`;
  if (role === "listitem") return "li";
  const isLent = /^(?:blockquote|li|td|dt|dd|figcaption)$/.test(around);
  if (tag === "p" || tag === "summary") return isLent ? around : "p";
  // Who said it is told in the quotation's footer, and is no part of what was said.
  if (tag === "footer" && around === "blockquote") return "p";
  if (tag === "th") return "td";
  if (tag === "caption") return "figcaption";
  if (tag === "listing" || tag === "xmp") return "pre";
  return /^(?:h[1-6]|li|blockquote|pre|td|figcaption|dt|dd)$/.test(tag) ? tag : around;
}

/** @param {CSSStyleDeclaration} style @returns {"collapse" | "lines" | "keep"} */
function spacesOf(style) {
  const spaces = style.whiteSpaceCollapse || style.whiteSpace;
  if (spaces === "preserve-breaks" || spaces === "pre-line") return "lines";
  return /^(?:preserve|pre|break-spaces)/.test(spaces) ? "keep" : "collapse";
}
