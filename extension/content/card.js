/** The card that explains one place: a dialog beside its words, reachable by keyboard, gone with Escape. */

/**
 * @typedef {object} CardSteps
 * @property {() => void} close
 * @property {(step: 1 | -1) => void} step to the next or previous place
 * @property {() => void} list open the panel that lists all places
 * @typedef {CardSteps & CardActs & {isForum: boolean}} CardHooks
 */

/**
 * @param {Place} place @param {{at: number, of: number}} number of this place among all
 * @param {Record<string, ContextCard>} context @param {CardHooks} hooks
 */
function buildCard(place, number, context, hooks) {
  const card = build("div", place.marks.length === 1 ? "card single" : "card");
  const title = buildTitle(place);
  title.id = "title";
  card.setAttribute("role", "dialog");
  card.setAttribute("aria-labelledby", title.id);
  card.tabIndex = -1;
  card.append(build("header", "", title, buildNavigation(number, hooks)), buildBody(place, context, hooks));
  // The page's own shortcuts are not meant when somebody types in the card.
  for (const type of ["keydown", "keypress", "keyup"]) card.addEventListener(type, (event) => event.stopPropagation());
  return card;
}

/** @param {Place} place */
function buildTitle({ marks }) {
  if (marks.length > 1) return build("h2", "", sayCount("card_flags", marks.length));
  const { title, family } = marks[0].flag;
  return build("h2", family, build("span", "line"), title);
}

/** @param {{at: number, of: number}} number @param {CardSteps} steps */
function buildNavigation({ at, of }, { close, step }) {
  const previous = buildIconButton("‹", say("card_previous"), () => step(-1));
  const next = buildIconButton("›", say("card_next"), () => step(1));
  previous.disabled = next.disabled = of < 2;
  const count = build("span", "count", say("card_count", at, of));
  return build("div", "buttons", previous, count, next, buildIconButton("×", say("card_close"), close));
}

/** @param {string} sign @param {string} label @param {() => void} act */
function buildIconButton(sign, label, act) {
  const button = buildButton(sign, "icon", act);
  button.setAttribute("aria-label", label);
  button.title = label;
  return button;
}

/** @param {Place} place @param {Record<string, ContextCard>} context @param {CardHooks} hooks */
function buildBody({ marks }, context, hooks) {
  const rank = { high: 0, medium: 1, low: 2 };
  const sorted = [...marks].sort((a, b) => rank[a.flag.severity] - rank[b.flag.severity]);
  const topics = new Set(sorted.flatMap((mark) => mark.flag.topics));
  const known = [...topics]
    .filter((topic) => Object.hasOwn(context, topic))
    .map((topic) => buildContext(context[topic]));
  const body = build(
    "div",
    "body",
    ...sorted.map((mark) => buildFlag(mark, hooks)),
    ...known,
    build("p", "advice", say("card_advice")),
    hooks.isForum ? buildButton(say("card_queue"), "action", () => hooks.sendPost(sorted[0])) : null,
    buildButton(say("open_panel"), "action", hooks.list),
  );
  // A scrolling region must be reachable by keyboard.
  body.tabIndex = 0;
  body.setAttribute("role", "group");
  body.setAttribute("aria-label", say("card_body"));
  if (known.length) known[0].open = true;
  return body;
}

/** Put a card beside its words. Its full height is summed up rather than tried out, so that its text keeps its scroll. @param {HTMLElement} card @param {Box} words */
function placeCard(card, words) {
  const borders = 2;
  const parts = /** @type {HTMLElement[]} */ (Array.from(card.children));
  const height = parts.reduce((sum, part) => sum + part.scrollHeight, borders + 1);
  const spot = cardSpot(
    words,
    { width: card.offsetWidth, height },
    { width: pageRoot().clientWidth || innerWidth, height: innerHeight },
  );
  card.style.left = `${spot.left}px`;
  card.style.top = `${spot.top}px`;
  card.style.maxHeight = `${spot.maxHeight}px`;
}

/** How far the page must be moved up for the words to stand clear of their card; zero when they do. @param {HTMLElement} card @param {Box} words */
function coveredHeight(card, words) {
  const box = card.getBoundingClientRect();
  const isCovered =
    words.bottom > box.top && words.top < box.bottom && words.right > box.left && words.left < box.right;
  return isCovered ? words.bottom - box.top + 12 : 0;
}
