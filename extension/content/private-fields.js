/** Fields that make a page private, whatever its address: seen before any of its text is read, and then none of it is. */

/** Fields whose kind says it. @returns {string} */
function privateFields() {
  const kinds = "cc-number cc-csc cc-exp cc-name current-password new-password one-time-code".split(" ");
  return ["input[type=password i]", ...kinds.map((kind) => `input[autocomplete~="${kind}" i]`)].join(",");
}

/** Whether a name or label asks for the number of a payment card; those of libraries and clubs count too. @param {string} words */
function isCardName(words) {
  return /\b(?:credit|debit|payment|bank)?[-_ ]?card[-_ ]?(?:number|num|no)\b|\bcc[-_ ]?(?:number|num|no)\b|\bcvv2?\b|\bcvc\b|\biban\b/i.test(
    words.replace(/([a-z])(?=[A-Z])/g, "$1 "),
  );
}

/** Payment providers put such fields into frames of their own, which say so by name or title. @param {string} words */
function isCardFrame(words) {
  return /secure (?:card|payment)|(?:card|payment)[-_ ]?(?:number|input|field|element)|hosted-field|__privateStripeFrame/i.test(
    words,
  );
}

/** Whether a password or card-number field can be seen anywhere on the page. @returns {boolean} */
function hasPrivateField() {
  return holdsPrivateField(document, 0);
}

/** @param {Document | ShadowRoot} root @param {number} depth of frames and shadow trees around it @returns {boolean} */
function holdsPrivateField(root, depth) {
  if (depth > 20) return true;
  if (allWithin(root, privateFields()).some(isSeenField)) return true;
  const named = allWithin(root, "input:not([type=hidden i]), iframe").filter(isNamedPrivate);
  if (named.some(isSeenField)) return true;
  return allWithin(root, `:not(${plainTags()})`).some((element) => {
    const tag = tagOf(element);
    const inner = frameDocumentOf(element, tag) ?? shadowOf(element, tag);
    return inner !== null && holdsPrivateField(inner, depth + 1);
  });
}

/** The commonest elements that hold neither a page nor a shadow tree, so that not all of a page need be looked at. @returns {string} */
function plainTags() {
  return (
    "a, b, i, u, em, strong, small, sup, sub, code, br, hr, img, ul, ol, li, dl, dt, dd, table, tbody, thead, tr, td, th, " +
    "svg, svg *, script, style, link, meta, input, button, label, option"
  );
}

/** @param {Element} element */
function isNamedPrivate(element) {
  const names = ["name", "id", "title", "placeholder", "aria-label"]
    .map((name) => attributeOf(element, name))
    .join(" ");
  if (tagOf(element) === "iframe") return isCardFrame(names);
  const labels = Array.from(Reflect.get(HTMLInputElement.prototype, "labels", element) ?? [], labelText);
  return isCardName([names, ...labels].join(" "));
}

/** @param {Node} label @returns {string} */
function labelText(label) {
  return Reflect.get(Node.prototype, "textContent", label) ?? "";
}

/** @param {Element} element */
function isSeenField(element) {
  const { width, height } = Element.prototype.getBoundingClientRect.call(element);
  return width > 1 && height > 1 && Element.prototype.checkVisibility.call(element, { visibilityProperty: true });
}
