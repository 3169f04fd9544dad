/** Marks that lie over one another are one place, told on one card; and where that card goes on the screen. */

/**
 * @param {Mark[]} marks
 * @returns {Place[]} in reading order
 */
function groupPlaces(marks) {
  const sorted = [...marks].sort((a, b) => a.order - b.order || a.start - b.start || b.end - a.end);
  /** @type {Place[]} */
  const places = [];
  for (const mark of sorted) {
    const last = places.at(-1);
    if (last && last.order === mark.order && mark.start < last.end) {
      last.marks.push(mark);
      last.end = Math.max(last.end, mark.end);
    } else {
      places.push({ order: mark.order, start: mark.start, end: mark.end, marks: [mark] });
    }
  }
  return places;
}

/**
 * Where a card goes: under its words, over them when there is more room, never out of the window. Narrow windows get it at
 * the bottom. CSS pixels of the window.
 * @param {Box} words @param {{width: number, height: number}} card @param {{width: number, height: number}} view
 * @returns {{left: number, top: number, maxHeight: number}}
 */
function cardSpot(words, card, view) {
  const gap = 8;
  if (view.width < 520) {
    const maxHeight = Math.round(view.height * 0.6);
    return { left: gap, top: view.height - gap - Math.min(card.height, maxHeight), maxHeight };
  }
  const left = Math.max(gap, Math.min(words.left, view.width - card.width - gap));
  const below = view.height - words.bottom - 2 * gap;
  const above = words.top - 2 * gap;
  const isBelow = card.height <= below || below >= above;
  const maxHeight = Math.min(
    Math.max(isBelow ? below : above, Math.min(220, view.height - 2 * gap)),
    view.height - 2 * gap,
  );
  const height = Math.min(card.height, maxHeight);
  const wished = isBelow ? words.bottom + gap : words.top - gap - height;
  return { left, top: Math.max(gap, Math.min(wished, view.height - gap - height)), maxHeight };
}
