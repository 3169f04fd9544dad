/** The marks of one page together with the card: opening, stepping, following the page's changes. */

/** Milliseconds from a change of the page to its marks following, at least. */
function followDelay() {
  return 100;
}

/** A page that changes all the time may cost one part in so many of the reader's time. */
function followShare() {
  return 20;
}

/** @param {ReturnType<typeof makeSurface>} surface @param {ReturnType<typeof makeMarks>} marks @param {() => void} makeRoom called before a card opens @param {CardActs} acts */
function makeView(surface, marks, makeRoom, acts) {
  /** @type {Report | null} */
  let report = null;
  /** @type {ReadBlock[]} */
  let sent = [];
  /** @type {{place: Place, card: HTMLElement, before: Element | null} | null} */
  let open = null;
  /** @type {number | undefined} */
  let timer;
  let delay = followDelay();
  const watcher = new MutationObserver(() => {
    timer ??= setTimeout(followLater, delay);
  });

  function followLater() {
    timer = undefined;
    const start = performance.now();
    follow();
    delay = Math.max(followDelay(), (performance.now() - start) * followShare());
  }

  /** Paint again where the page changed under the marks. */
  function follow() {
    if (!report || (marks.count === report.flags.length && marks.isIntact())) return;
    const before = marks.count;
    marks.paint(reanchorFlags(report.flags, sent, readBlocks().blocks), report.look);
    if (open) reopen(open);
    if (marks.count !== before) tellBackground({ type: "count", count: marks.count });
  }

  /** @param {{place: Place, card: HTMLElement}} shown the card stays; its place may be another object now */
  function reopen(shown) {
    const id = shown.place.marks[0].flag.id;
    const place = marks.places.find((candidate) => candidate.marks.some((mark) => mark.flag.id === id));
    if (!place) return closeCard(false);
    if (open) open.place = place;
    marks.paintOpen(place);
    moveCard();
  }

  /** @param {Place} place @param {boolean} isStep whether a card that is open hands over to the next */
  function openCard(place, isStep) {
    if (!report) return;
    const before = open ? open.before : readDocument("activeElement");
    const old = open?.card;
    const number = { at: marks.places.indexOf(place) + 1, of: marks.places.length };
    const card = buildCard(place, number, report.context, { close: () => closeCard(true), step, ...acts });
    open = { place, card, before };
    makeRoom();
    surface.add(card);
    if (old) surface.remove(old);
    card.addEventListener("toggle", moveCard, true);
    marks.paintOpen(place);
    if (isStep) scrollToPlace(place);
    moveCard();
    const words = placeRange(place)?.getBoundingClientRect();
    if (words) scrollBy({ top: coveredHeight(card, words), behavior: "instant" });
    card.focus({ preventScroll: true });
  }

  /** @param {boolean} isFocusBack whether the focus goes back to where it was */
  function closeCard(isFocusBack) {
    if (!open) return;
    const { card, before, place } = open;
    open = null;
    surface.remove(card);
    marks.paintOpen(null);
    if (isFocusBack) giveFocusBack(before, place);
  }

  /** @param {1 | -1} direction */
  function step(direction) {
    const { places } = marks;
    if (!places.length) return;
    const at = open ? places.indexOf(open.place) : direction === 1 ? -1 : 0;
    openCard(places[(at + direction + places.length) % places.length], true);
  }

  function moveCard() {
    const words = open && placeRange(open.place)?.getBoundingClientRect();
    if (open && words) placeCard(open.card, words);
  }

  /** @param {MouseEvent} event */
  function onClick(event) {
    if (!event.isTrusted || event.button !== 0 || surface.isHost(event.target)) return;
    if (!(event.target instanceof Element) || isForThePage(event.target)) return;
    const place = marks.placeAt(event.clientX, event.clientY, event.target);
    if (place) openCard(place, false);
    else closeCard(false);
  }

  /** @param {KeyboardEvent} event */
  function onKey(event) {
    if (!open || !event.isTrusted || event.key !== "Escape" || surface.isModal()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!closeMenu(open.card)) closeCard(true);
  }

  /** @param {"addEventListener" | "removeEventListener"} act */
  function listen(act) {
    window[act]("click", /** @type {EventListener} */ (onClick), true);
    window[act]("keydown", /** @type {EventListener} */ (onKey), true);
    window[act]("scroll", moveCard, true);
    window[act]("resize", moveCard);
  }

  return {
    step,
    /** @returns {Report | null} what is shown now */
    get report() {
      return report;
    },
    get ownCount() {
      return marks.ownCount;
    },
    /** The reader muted something or brought it back. @param {MuteReply} sorted */
    change({ flags, muted }) {
      if (!report) return;
      closeCard(true);
      report = { ...report, flags, muted };
      marks.paint(reanchorFlags(flags, sent, readBlocks().blocks), report.look);
      tellBackground({ type: "count", count: marks.count });
    },
    /** @param {Report} fresh @param {ReadBlock[]} blocks as they were sent @returns {number} how many flags are marked */
    show(fresh, blocks) {
      report = fresh;
      sent = blocks;
      marks.paint(anchorFlags(fresh.flags, blocks), fresh.look);
      follow();
      listen("addEventListener");
      watcher.observe(pageRoot(), { childList: true, characterData: true, subtree: true });
      return marks.count;
    },
    clear() {
      watcher.disconnect();
      clearTimeout(timer);
      timer = undefined;
      listen("removeEventListener");
      closeCard(false);
      marks.clear();
      report = null;
    },
  };
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
  if (isSeen(range.getBoundingClientRect())) return;
  Element.prototype.scrollIntoView.call(holder, { block: "center", behavior: "instant" });
  const box = range.getBoundingClientRect();
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
