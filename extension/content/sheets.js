/** The rules of the marks where those of the page do not reach: in frames, and in Firefox in shadow trees. */

/** Give a frame's page or a shadow tree the rules, once. Chromium paints in shadow trees by the page's own. @param {Node} root */
function lendSheet(root) {
  const view = windowOf(root);
  const isShadow = Reflect.get(Node.prototype, "nodeType", root) === Node.DOCUMENT_FRAGMENT_NODE;
  if (!view || (isShadow ? globalThis.chrome?.dom : view === window)) return;
  const tree = /** @type {Document | ShadowRoot} */ (root);
  const sheets = tree.adoptedStyleSheets;
  const count = sheets.length;
  for (let at = 0; at < count; at += 1) if (isOurs(sheets[at])) return;
  const sheet = new view.CSSStyleSheet();
  sheet.replaceSync(marksCss());
  sheets.push(sheet);
}

/** @param {CSSStyleSheet} sheet */
function isOurs({ cssRules }) {
  return cssRules.length > 0 && cssRules[0].cssText.startsWith("::highlight(pinch-");
}
