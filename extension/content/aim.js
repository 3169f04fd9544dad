/** Between the reader and the marks: what was clicked, what is scrolled into sight, where the focus goes. */

/** The innermost element that was clicked, in shadow trees too. @param {MouseEvent} event @returns {Element | null} */
function targetOf(event) {
  let target = /** @type {Element | null} */ (event.target);
  if (!target || !isElementNode(target)) return null;
  for (;;) {
    const root = shadowOf(target, tagOf(target));
    const inner = root && ShadowRoot.prototype.elementFromPoint.call(root, event.clientX, event.clientY);
    if (!inner || inner === target || rootOf(inner) !== root) return target;
    target = inner;
  }
}

/** A click on a link or a button, or one that ends a selection, is for the page. @param {Element} target */
function isForThePage(target) {
  if (isInside(target, "a[href], button, input, select, textarea, label, summary, [role=button], [role=link]"))
    return true;
  return getSelection()?.isCollapsed === false;
}

/** @param {Place} place */
function scrollToPlace(place) {
  const range = placeRange(place);
  const holder = range && parentElementOf(range.startContainer);
  if (!range || !holder) return;
  const isSeen = (/** @type {DOMRect} */ box) => box.top >= 0 && box.bottom <= innerHeight;
  if (isSeen(boxOf(range))) return;
  Element.prototype.scrollIntoView.call(holder, { block: "center", behavior: "instant" });
  const box = boxOf(range);
  if (!isSeen(box)) scrollBy({ top: box.top - innerHeight / 3, behavior: "instant" });
}

/**
 * Back to where the focus was. When nothing had it, the next Tab goes on from the marked words.
 * @param {Element | null} before @param {Place} place
 */
function giveFocusBack(before, place) {
  if (before instanceof HTMLElement && before !== readDocument("body") && isConnected(before)) {
    HTMLElement.prototype.focus.call(before, { preventScroll: true });
    return;
  }
  const range = placeRange(place);
  if (range) getSelection()?.collapse(range.startContainer, range.startOffset);
}
