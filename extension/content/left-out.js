/** What of a page is not its text: the one place that says which elements are left out. */

/** @param {string} tag */
function isNeverText(tag) {
  const tags =
    "script style noscript template nav footer aside svg math canvas video audio iframe object embed map input textarea select " +
    "button datalist progress meter output dialog menu";
  return tags.split(" ").includes(tag);
}

/** @param {string} role */
function isFurnitureRole(role) {
  const roles =
    "navigation banner contentinfo complementary search menu menubar toolbar tablist tooltip dialog alertdialog textbox searchbox " +
    "combobox button slider spinbutton";
  return roles.split(" ").includes(role);
}

/**
 * Whether an element and all in it is something else than the page's text.
 * @param {Element} element @param {string} tag @param {CSSStyleDeclaration} style
 */
function isLeftOut(element, tag, style) {
  if (style.display === "none" || isNeverText(tag) || isFurnitureRole(attributeOf(element, "role"))) return true;
  if (attributeOf(element, "aria-hidden") === "true" || isEditable(element)) return true;
  return isPageHeader(element, tag) || isOffScreen(style) || isFurniture(element, tag, style);
}

/** @param {Element} element */
function isEditable(element) {
  return element instanceof HTMLElement && Reflect.get(HTMLElement.prototype, "isContentEditable", element) === true;
}

/** The banner over a page, unless it holds the page's own heading. @param {Element} element @param {string} tag */
function isPageHeader(element, tag) {
  if (tag !== "header" || isInside(element, "main, article, [role=main], [role=article]")) return false;
  return Element.prototype.querySelector.call(element, "h1") === null;
}

/** Text for screen readers only: clipped or shrunk to a dot. @param {CSSStyleDeclaration} style */
function isOffScreen(style) {
  if (style.position !== "absolute" && style.position !== "fixed") return false;
  if (/^rect\((?:0|1)px,? (?:0|1)px,? (?:0|1)px,? (?:0|1)px\)$/.test(style.clip)) return true;
  return style.overflow === "hidden" && Number.parseFloat(style.width) <= 1 && Number.parseFloat(style.height) <= 1;
}

/** What says in its names that it is no part of the text. @param {Element} element @param {string} tag @param {CSSStyleDeclaration} style */
function isFurniture(element, tag, style) {
  if (tag === "main" || tag === "article") return false;
  const names = `${attributeOf(element, "id")} ${attributeOf(element, "class")}`;
  if (names === " ") return false;
  const furniture =
    /(?:^|[\s_-])(?:nav|navbar|breadcrumbs?|cookies?|gdpr|sidebar|share|sharing|related|pagination|newsletter-signup|advert|advertisement|ads?|skip-link|byline|author-box)(?:$|[\s_-])/i;
  const isOverlay = style.position === "fixed" || style.position === "sticky";
  return furniture.test(names) || (isOverlay && /consent|onetrust|didomi|usercentrics|truste|cmp-/i.test(names));
}
