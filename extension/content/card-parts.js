/** The pieces of a card, made of the server's words as plain text. */

/** @param {Mark} mark @param {CardActs} acts */
function buildFlag(mark, acts) {
  const { flag, block, start, end } = mark;
  const section = build("section", `flag ${flag.family}`);
  section.append(
    build("h3", "", build("span", "line"), flag.title),
    buildQuote(block.text.slice(start, end), flag),
    build("p", "reason", flag.reason),
  );
  if (flag.listed) section.append(build("p", "reason", say("card_listed", flag.listed.reason)));
  if (flag.source) section.append(build("p", "note", say(`card_source_${flag.source}`)));
  const checks = flag.look_up.length ? flag.look_up : flag.checks.map((text) => ({ text, href: null }));
  if (checks.length) {
    section.append(build("h4", "", say("card_checks")), build("ul", "checks", ...checks.map(buildCheck)));
  }
  if (flag.explained_at) section.append(build("p", "note", buildLink(flag.explained_at, say("card_why"))));
  section.append(buildActions(mark, acts));
  return section;
}

/** A check; one that can be looked up is a link, which opens nothing before it is clicked. @param {LookUp} check */
function buildCheck({ text, href }) {
  return build("li", "", href ? buildLink(href, text) : text);
}

/**
 * The flagged words with those that weighed most stressed; the middle of a long stretch is left out.
 * @param {string} words @param {Flag} flag
 */
function buildQuote(words, flag) {
  const spans = flag.evidence
    .map(({ start, end }) => ({
      start: Math.max(0, start - flag.start),
      end: Math.min(words.length, end - flag.start),
    }))
    .filter(({ start, end }) => start < end)
    .sort((a, b) => a.start - b.start);
  const quote = build("blockquote", "words");
  let at = 0;
  for (const { start, end } of spans) {
    if (start < at) continue;
    quote.append(shorten(words.slice(at, start), at > 0), build("strong", "", words.slice(start, end)));
    at = end;
  }
  quote.append(shorten(words.slice(at), at > 0));
  return quote;
}

/** @param {string} words between what matters @param {boolean} isAfter whether stressed words stand before them */
function shorten(words, isAfter) {
  const most = 120;
  if (words.length <= most) return words;
  const tail = words.slice(-most / 2).replace(/^\S*\s/, "");
  return isAfter ? `${words.slice(0, most / 2).replace(/\s\S*$/, "")} … ${tail}` : `… ${tail}`;
}

/** What is known about a topic. @param {ContextCard} card */
function buildContext(card) {
  const details = build("details", "context", build("summary", "", say("context_title", card.title)));
  for (const { section, lines } of cardSections(card)) {
    if (!lines.length) continue;
    details.append(build("h4", "", say(`context_${section}`)), build("ul", "", ...lines.map(buildLine)));
  }
  details.append(buildSources(card), build("p", "review", sayReview(card)));
  return details;
}

/** @param {ContextCard} card @returns {{section: CardSection, lines: CardLine[]}[]} */
function cardSections({ known, unknown, risks, interactions, legal }) {
  return [
    { section: "known", lines: known },
    { section: "unknown", lines: unknown },
    { section: "risks", lines: risks },
    { section: "interactions", lines: interactions },
    { section: "legal", lines: legal },
  ];
}

/** @param {CardLine} line */
function buildLine({ text, sources }) {
  return build("li", "", text, sources.length ? build("sup", "", ` ${sources.map((n) => `[${n}]`).join("")}`) : null);
}

/** @param {ContextCard} card */
function buildSources({ sources }) {
  const list = build("ol", "sources");
  for (const { n, publisher, title, url, year } of sources) {
    const item = build("li", "", `${publisher}: `, url ? buildLink(url, title) : title, year ? `, ${year}` : null);
    item.value = n;
    list.append(item);
  }
  return build("div", "", build("h4", "", say("context_sources")), list);
}

/** @param {ContextCard} card */
function sayReview({ reviewed_by, checked_on }) {
  const review = reviewed_by ? say("context_reviewed", reviewed_by) : say("context_not_reviewed");
  return checked_on ? `${review} ${say("context_checked", sayDay(checked_on))}` : review;
}
