/** What a reader can do with a flag: say that it is wrong or useful, and mute it. */

/** @param {Mark} mark @param {CardActs} acts */
function buildActions(mark, acts) {
  const row = build("div", "row");
  if (mark.flag.family !== "own") {
    row.append(buildJudge(mark, "wrong", acts), buildJudge(mark, "right", acts));
  }
  row.append(buildMenu(mark, acts));
  return row;
}

/** @param {Mark} mark @param {"wrong" | "right"} verdict @param {CardActs} acts */
function buildJudge({ flag: { flag, title, id, fingerprint = id, confidence }, block, start, end }, verdict, acts) {
  const text = block.text.slice(start, end);
  const label = verdict === "wrong" ? say("card_wrong") : say("card_right");
  const draft = { verdict, flag, text, fingerprint, confidence };
  const button = buildButton(label, "small", () => acts.judge(draft));
  button.setAttribute("aria-label", say("card_act_on", label, title));
  return button;
}

/** @param {Mark} mark @param {CardActs} acts */
function buildMenu(mark, acts) {
  const summary = build("summary", "small", say("card_mute"));
  summary.setAttribute("aria-label", say("card_act_on", say("card_mute"), mark.flag.title));
  const items = mutesOf(mark).map(({ mute, label, title }) => {
    const item = buildButton(label, "item", () => acts.mute(mute, title, item.matches(":focus-visible")));
    return build("li", "", item);
  });
  const menu = build("details", "menu", summary, build("ul", "", ...items));
  // The card scrolls; what was just unfolded should be seen.
  menu.addEventListener("toggle", () => menu.scrollIntoView({ block: "nearest", behavior: "instant" }));
  return menu;
}

/** @param {Mark} mark @returns {{mute: Mute, label: string, title: string}[]} */
function mutesOf(mark) {
  const { flag, title, family, reason, quote } = mark.flag;
  const onSite = muteOfSite();
  if (family === "own") {
    const note = reason === say("own_reason") ? "" : reason;
    const mute = /** @type {Mute} */ ({ kind: "watched", value: quote.exact, note });
    return [{ mute, label: say("mute_watched", quote.exact), title: say("quoted", quote.exact) }, ...onSite];
  }
  const phrases = phrasesOf(mark).map((value) => ({
    mute: /** @type {Mute} */ ({ kind: "phrase", value }),
    label: say("mute_phrase", value),
    title: say("quoted", value),
  }));
  const onFlag = { mute: /** @type {Mute} */ ({ kind: "flag", value: flag }), label: say("mute_flag", title), title };
  return [onFlag, ...phrases, ...onSite];
}

/** None for files, which have no site. @returns {{mute: Mute, label: string, title: string}[]} */
function muteOfSite() {
  const site = location.host;
  return site ? [{ mute: { kind: "site" }, label: say("mute_site", site), title: site }] : [];
}

/**
 * The phrases that a reader may want to mute: the words that weighed most, at most three; the whole stretch when none are named.
 * @param {Mark} mark @returns {string[]}
 */
function phrasesOf({ flag, block, start, end }) {
  const moved = start - flag.start;
  const spans = flag.evidence.filter((span) => span.start >= flag.start && span.end <= flag.end);
  const stressed = spans.map((span) => tidyPhrase(block.text.slice(span.start + moved, span.end + moved)));
  const found = stressed.length ? stressed : [tidyPhrase(block.text.slice(start, end))];
  const fit = found.filter((phrase) => phrase.length <= 200 && /[\p{L}\p{N}].*[\p{L}\p{N}]/u.test(phrase));
  return [...new Set(fit)].slice(0, 3);
}

/** @param {string} words without what stands around them */
function tidyPhrase(words) {
  return words.replace(/\s+/g, " ").replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "");
}

/** Fold up the menu that holds the focus; Escape leaves it before it leaves the card. @param {HTMLElement} card @returns {boolean} whether there was one */
function closeMenu(card) {
  const root = card.getRootNode();
  const focused = root instanceof ShadowRoot ? root.activeElement : null;
  const menu = focused?.closest("details.menu[open]");
  if (!(menu instanceof HTMLDetailsElement)) return false;
  menu.open = false;
  menu.querySelector("summary")?.focus();
  return true;
}
