/**
 * Painting marks with the CSS Custom Highlight API: ranges beside the page, no change in it.
 *
 * Firefox lets content scripts fill highlights but not walk through them, so the list of marks is kept here.
 */

/** The families in the order in which they are painted: later ones lie above. @returns {readonly FlagFamily[]} */
function paintOrder() {
  return ["own", "source", "push", "promise", "risk"];
}

function makeMarks() {
  /** @type {Place[]} */
  let places = [];
  /** Each page and frame has its own list of highlights. @type {Set<Window & typeof globalThis>} */
  const windows = new Set([window]);

  return {
    /** All windows that ever held a mark. */
    get windows() {
      return windows;
    },
    get places() {
      return places;
    },
    /** @returns {number} how many flags are marked */
    get count() {
      return places.reduce((sum, place) => sum + place.marks.length, 0);
    },
    /** @returns {number} how many of them are phrases that the reader watches for */
    get ownCount() {
      return places.flatMap((place) => place.marks).filter((mark) => mark.flag.family === "own").length;
    },
    /** @param {Mark[]} marks @param {Look} look */
    paint(marks, look) {
      places = groupPlaces(marks);
      for (const [priority, family] of paintOrder().entries()) {
        const mine = marks.filter((mark) => mark.flag.family === family).map(markRange);
        paintHighlight(windows, `pinch-${family}`, mine, priority);
        paintHighlight(windows, `pinch-tint-${family}`, look === "strong" ? mine : [], priority);
      }
    },
    /** Stress one place while its card is open, or none. @param {Place | null} place */
    paintOpen(place) {
      const words = place ? place.marks.flatMap(evidenceRanges) : [];
      paintHighlight(windows, "pinch-open", words, paintOrder().length);
    },
    clear() {
      this.paint([], "quiet");
      this.paintOpen(null);
    },
    /** @returns {boolean} whether every mark still stands on the words it was made for */
    isIntact() {
      return places.every((place) => place.marks.every(({ block, start, end }) => isIntact(block, start, end)));
    },
    /** @param {number} x @param {number} y of the window @param {Node} target what was hit @returns {Place | null} */
    placeAt(x, y, target) {
      return places.find((place) => isOver(place, x, y, target)) ?? null;
    },
  };
}

/**
 * @param {Set<Window & typeof globalThis>} windows to paint in, to which new ones are added
 * @param {string} name @param {(StaticRange | null)[]} ranges @param {number} priority
 */
function paintHighlight(windows, name, ranges, priority) {
  for (const range of ranges) {
    const view = range && windowOf(range.startContainer);
    if (view) windows.add(view);
    if (range) lendSheet(rootOf(range.startContainer));
  }
  for (const view of windows) {
    const highlights = isAlive(view) ? highlightsOf(view) : null;
    if (!highlights) continue;
    const highlight = new view.Highlight();
    highlight.priority = priority;
    for (const range of ranges) if (range && windowOf(range.startContainer) === view) highlight.add(range);
    if (highlight.size) highlights.set(name, highlight);
    else highlights.delete(name);
  }
}

/**
 * The list of highlights of a window. Firefox gives content scripts their own page's list whichever window they ask, so a
 * frame's is taken from the frame's own object, and only if it is one.
 * @param {Window & typeof globalThis} view @returns {HighlightRegistry | null}
 */
function highlightsOf(view) {
  const own = view === window ? null : Reflect.get(view, "wrappedJSObject");
  if (!own) return view.CSS.highlights;
  const found = globalThis.XPCNativeWrapper(own.CSS?.highlights ?? {});
  return found instanceof view.HighlightRegistry ? found : null;
}

/** @param {Mark} mark @returns {StaticRange | null} */
function markRange({ block, start, end }) {
  return staticRange(block, start, end);
}

/** The words that weighed most, or all when none are named. @param {Mark} mark */
function evidenceRanges({ flag, block, start }) {
  const moved = start - flag.start;
  const spans = flag.evidence.length ? flag.evidence : [{ start: flag.start, end: flag.end }];
  return spans.map((span) =>
    staticRange(block, Math.max(0, span.start + moved), Math.min(block.text.length, span.end + moved)),
  );
}

/** A static range costs the page nothing when its text changes. @param {ReadBlock} block @param {number} start @param {number} end */
function staticRange({ segments }, start, end) {
  const found = findNodes(segments, start, end);
  if (!found) return null;
  const { startNode, startOffset, endNode, endOffset } = found;
  if (!isConnected(startNode) || !isConnected(endNode)) return null;
  const isInBounds = startOffset <= startNode.length && endOffset <= endNode.length;
  const view = windowOf(startNode);
  return view && isInBounds
    ? new view.StaticRange({ startContainer: startNode, startOffset, endContainer: endNode, endOffset })
    : null;
}

/** @param {Place} place @returns {Range | null} a live range to measure with */
function placeRange(place) {
  const found = staticRange(place.marks[0].block, place.start, place.end);
  if (!found) return null;
  const range = new Range();
  range.setStart(found.startContainer, found.startOffset);
  range.setEnd(found.endContainer, found.endOffset);
  return range;
}

/** Where a place's words stand in the window. @param {Place} place @returns {DOMRect | null} */
function placeBox(place) {
  const range = placeRange(place);
  return range && boxOf(range);
}

/** @param {Place} place @param {number} x @param {number} y @param {Node} target */
function isOver(place, x, y, target) {
  const range = placeRange(place);
  // What lies over the words, such as a menu of the page, is clicked for itself.
  if (!range || documentOf(range.startContainer) !== documentOf(target)) return false;
  if (!range.intersectsNode(target) && !isWithin(/** @type {Element} */ (target), range.startContainer)) return false;
  return Array.from(range.getClientRects()).some(
    (box) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom,
  );
}
