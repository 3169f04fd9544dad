/** The marks of one page together with the card: opening, stepping, painting again. */

/**
 * @param {ReturnType<typeof makeSurface>} surface @param {ReturnType<typeof makeMarks>} marks
 * @param {() => void} makeRoom called before a card opens @param {(count: number) => void} onCount called when marks came or went
 * @param {CardActs} acts
 */
function makeView(surface, marks, makeRoom, onCount, acts) {
  /** @type {Report | null} */
  let report = null;
  /** @type {ReadBlock[]} */
  let sent = [];
  /** @type {{place: Place, card: HTMLElement, before: Element | null} | null} */
  let open = null;
  /** Windows of the page and its frames in which clicks and keys are heard. @type {Set<Window>} */
  const heard = new Set();

  /** Paint again where the page changed under the marks. @param {Report} fresh @param {ReadBlock[]} blocks @returns {boolean} whether anything changed */
  function paint(fresh, blocks) {
    const before = marks.count;
    const isSame = report !== null && marks.isIntact() && flagIds(report) === flagIds(fresh);
    report = fresh;
    sent = blocks;
    if (isSame) return false;
    marks.paint(anchorFlags(fresh.flags, blocks), fresh.look);
    hear();
    if (open) reopen(open);
    if (marks.count !== before) onCount(marks.count);
    tellBackground({ type: "changed" });
    return true;
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
    const list = () => tellBackground({ type: "open-panel" });
    const hooks = { close: () => closeCard(true), step, list, isForum: report.isForum, ...acts };
    const card = buildCard(place, number, report.context, hooks);
    open = { place, card, before };
    makeRoom();
    surface.add(card);
    if (old) surface.remove(old);
    card.addEventListener("toggle", moveCard, true);
    marks.paintOpen(place);
    if (isStep) scrollToPlace(place);
    moveCard();
    const words = placeBox(place);
    if (words) scrollBy({ top: coveredHeight(card, words), behavior: "instant" });
    card.focus({ preventScroll: true });
    tellBackground({ type: "changed" });
  }

  /** @param {boolean} isFocusBack whether the focus goes back to where it was */
  function closeCard(isFocusBack) {
    if (!open) return;
    const { card, before, place } = open;
    open = null;
    surface.remove(card);
    marks.paintOpen(null);
    if (isFocusBack) giveFocusBack(before, place);
    tellBackground({ type: "changed" });
  }

  /** @param {1 | -1} direction */
  function step(direction) {
    const { places } = marks;
    if (!places.length) return;
    const at = open ? places.indexOf(open.place) : direction === 1 ? -1 : 0;
    openCard(places[(at + direction + places.length) % places.length], true);
  }

  function moveCard() {
    const words = open && placeBox(open.place);
    if (open && words) placeCard(open.card, words);
  }

  /** @param {MouseEvent} event */
  function onClick(event) {
    if (!event.isTrusted || event.button !== 0 || surface.isHost(event.target)) return;
    const target = targetOf(event);
    if (!target || isForThePage(target)) return;
    const place = marks.placeAt(event.clientX, event.clientY, target);
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

  /** Hear clicks and keys in every window that holds marks. */
  function hear() {
    for (const view of [window, ...marks.windows]) {
      if (heard.has(view)) continue;
      heard.add(view);
      listen(view, "addEventListener");
    }
  }

  /** @param {Window} view @param {"addEventListener" | "removeEventListener"} act */
  function listen(view, act) {
    view[act]("click", /** @type {EventListener} */ (onClick), true);
    view[act]("keydown", /** @type {EventListener} */ (onKey), true);
    view[act]("scroll", moveCard, true);
    view[act]("resize", moveCard);
  }

  return {
    step,
    paint,
    isIntact: () => report === null || (marks.count === report.flags.length && marks.isIntact()),
    painted: () => ({ flags: report?.flags ?? [], muted: report?.muted ?? [], blocks: sent }),
    /** What is shown now, for the panel's list. */
    shown() {
      return { report, sent, places: marks.places, open: open ? open.place.marks.map(({ flag }) => flag.id) : [] };
    },
    /** Move to the words of one flag and open their card. @param {string} id @returns {boolean} whether they are there */
    goTo(id) {
      const place = marks.places.find((candidate) => candidate.marks.some(({ flag }) => flag.id === id));
      if (place) openCard(place, true);
      return place !== undefined;
    },
    /** @returns {Report | null} what is shown now */
    get report() {
      return report;
    },
    get ownCount() {
      return marks.ownCount;
    },
    /** The server knows more of the page, by words that came later. @param {Notice[]} notices */
    addNotices(notices) {
      if (report) report = { ...report, notices: [...report.notices, ...notices] };
      tellBackground({ type: "changed" });
    },
    /** The reader muted something or brought it back. @param {MuteReply} sorted */
    change(sorted) {
      if (!report) return;
      closeCard(true);
      paint({ ...report, ...sortAnew(report, sorted) }, sent);
    },
    /** @param {Report} fresh @param {ReadBlock[]} blocks as they were sent @returns {number} how many flags are marked */
    show(fresh, blocks) {
      report = fresh;
      sent = blocks;
      marks.paint(anchorFlags(fresh.flags, blocks), fresh.look);
      hear();
      return marks.count;
    },
    clear() {
      for (const view of heard) if (isAlive(view)) listen(view, "removeEventListener");
      heard.clear();
      closeCard(false);
      marks.clear();
      report = null;
      sent = [];
    },
  };
}

/** @param {Report} report */
function flagIds({ flags }) {
  return flags.map((flag) => `${flag.id} ${flag.block} ${flag.start}`).join();
}
