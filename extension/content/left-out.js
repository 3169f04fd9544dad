/**
 * What of a page nobody sees as text: the one place that says which elements are not sent.
 *
 * Menus, banners and boxes are sent, with their elements: the server decides what the main text is. The rules for markup
 * are those of classifier/reading/unseen.py; those for style sheets only a browser can follow.
 */

/** @param {string} tag */
function isNeverText(tag) {
  return (
    /^(?:script|style|noscript|template|title|svg|math|canvas|object|embed|iframe|frameset|frame|noframes|noembed)$/.test(
      tag,
    ) ||
    /^(?:audio|video|map|datalist|input|textarea|select|option|optgroup|button|progress|meter|output|applet)$/.test(tag)
  );
}

/** Fields and buttons that are made of other elements. @param {string} role */
function isFieldRole(role) {
  return /^(?:textbox|searchbox|combobox|button|slider|spinbutton)$/.test(role);
}

/**
 * Whether an element and all in it is no text that anybody sees.
 * @param {Element} element @param {string} tag @param {Rendering} rendering
 */
function isLeftOut(element, tag, rendering) {
  if (rendering.display === "none" || isNeverText(tag) || isFieldRole(roleOf(element))) return true;
  return isEditable(element) || isOffScreen(rendering) || isForScreenReaders(element, tag);
}

/** Words inside a line, for editors too, that say so by their class. @param {Element} element @param {string} tag */
function isForScreenReaders(element, tag) {
  if (!/^(?:span|a|b|strong|em|i|small|abbr|label)$/.test(tag)) return false;
  const names =
    /(?<!\S)(?:\S*[-_])?(?:visually-?hidden|(?<!not-)sr-only|screen-reader-(?:text|only)|mw-editsection|headerlink)(?!\S)/i;
  return names.test(attributeOf(element, "class"));
}

/** @param {Element} element */
function isEditable(element) {
  return isHtml(element) && Reflect.get(HTMLElement.prototype, "isContentEditable", element) === true;
}

/** Text for screen readers only: clipped, shrunk to a dot or pushed out of the window. @param {Rendering} rendering */
function isOffScreen({ style, position }) {
  if (position !== "absolute" && position !== "fixed") return false;
  if (/^rect\((?:0|1)px,? (?:0|1)px,? (?:0|1)px,? (?:0|1)px\)$/.test(style.clip)) return true;
  if (Number.parseFloat(style.left) <= -999 || Number.parseFloat(style.top) <= -999) return true;
  return style.overflow === "hidden" && Number.parseFloat(style.width) <= 1 && Number.parseFloat(style.height) <= 1;
}

/** In a closed `<details>` or skipped by `content-visibility`. @param {Element} element */
function isUnrendered(element) {
  return !Element.prototype.checkVisibility.call(element);
}

/** @param {Element} element */
function roleOf(element) {
  return attributeOf(element, "role").trim().toLowerCase();
}
