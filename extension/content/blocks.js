/**
 * The page as blocks of text in reading order, each with its way back to the page and the element that it stands in.
 *
 * All that is seen is read, menus and banners too: the server decides what the main text is, by the same rule as for
 * markup. The rules here are those of classifier/reading/walk.py, and a test compares the two on a folder of pages.
 */

/** @returns {number} most blocks that the server takes */
function blockLimit() {
  return 20_000;
}

/** Of text and elements; well under the server's eight megabytes, since JSON and UTF-8 make text longer. @returns {number} UTF-16 units */
function textLimit() {
  return 2_000_000;
}

/** Whether there is anything to check: two words that stand together. @param {ReadBlock[]} blocks */
function isWorthSending(blocks) {
  return blocks.some(({ text }) => /[\p{L}\p{N}]+[^\p{L}\p{N}]+[\p{L}\p{N}]/u.test(text));
}

/** @param {Element} body */
function makeReader(body) {
  /** @type {ReadBlock[]} */
  const blocks = [];
  const elements = makeElements(body);
  /** @type {Draft | null} */
  let draft = null;
  /** Links do not nest: the next one ends the one before. @type {{from: number, link: Element} | null} */
  let link = null;
  /** The raised figures and the quotation with an address that are open. @type {SourceMarks} */
  const marks = { raised: null, quoted: null };
  /** How deep the `cite` lies that tells who said a block quote; 0 outside. */
  let citeDepth = 0;
  let breaks = 0;
  let length = 0;
  /** The last block that is no list item: it introduces the items after it. @type {string | null} */
  let intro = null;

  const isFull = () => blocks.length >= blockLimit() || length + elements.length >= textLimit();

  /** End the block that is being read. A link that is still open stands in the next one too. */
  function flush() {
    const ended = draft;
    draft = null;
    breaks = 0;
    marks.raised = marks.quoted = null;
    if (!ended || isFull()) return;
    if (link) ended.links.push({ ...link, to: ended.text.length });
    if (link) link.from = 0;
    const read = ended.text.finish();
    if (read.text) addBlock(ended, read);
  }

  /** @param {Draft} ended @param {ReadText} read */
  function addBlock({ kind, element, links }, read) {
    const isItem = kind === "li";
    const wire = {
      id: `b${blocks.length}`,
      kind,
      text: read.text,
      intro: isItem ? intro : null,
      links: readLinks(read.text, links),
      element: elements.keep(element),
    };
    if (!isItem) intro = wire.id;
    blocks.push({ ...read, wire });
    length += read.text.length;
  }

  /** One line break is a line break, two are a paragraph's end; a quotation's attribution stays with it. @param {string} words */
  function endLines(words) {
    const count = breaks;
    breaks = 0;
    if (!draft) return;
    const isOne = count === 1 || (draft.kind === "blockquote" && /^\s*[-–—―~]/.test(words));
    if (draft.kind === "pre") for (let at = 0; at < count; at += 1) draft.text.addBreak();
    else if (isOne) draft.text.addBreak();
    else flush();
  }

  /** The block that words go to, begun or gone on with. @param {string} words @returns {Draft | null} */
  function draftFor(words) {
    const isBlank = isBlankText(words);
    const { top, depth } = elements;
    if (breaks && (!isBlank || top.kind === "pre")) endLines(words);
    if (isBlank) return breaks ? null : draft;
    draft ??= { text: makeBlockText(), kind: top.kind, element: top, depth, lowest: depth, links: [] };
    if (draft.lowest < draft.depth) {
      draft.depth = draft.lowest;
      draft.element = elements.at(draft.lowest);
    }
    draft.lowest = depth;
    return draft;
  }

  /** @param {Element} element */
  function startLink(element) {
    endLink();
    if (attributeOf(element, "href").trim()) link = { from: draft?.text.length ?? 0, link: element };
  }

  function endLink() {
    if (link && draft) draft.links.push({ ...link, to: draft.text.length });
    link = null;
  }

  /** @param {Element} element */
  function begin(element) {
    return { from: draft?.text.length ?? 0, link: element };
  }

  /** @param {"raised" | "quoted"} name */
  function endSpan(name) {
    const span = marks[name];
    if (span && draft) draft.links.push({ ...span, to: draft.text.length });
    marks[name] = null;
  }

  /** What stands raised calls a note, unless it is a link already or a power. */
  function endRaised() {
    const from = marks.raised?.from ?? 0;
    const isNote = draft && isMarker(draft.text.shown, from) && !draft.links.some((one) => one.to > from);
    if (isNote) endSpan("raised");
    marks.raised = null;
  }

  return {
    blocks,
    elements: elements.kept,
    flush,
    isFull,
    /** @param {Text} node @param {"collapse" | "lines" | "keep"} spaces */
    addText(node, spaces) {
      const { data } = node;
      draftFor(data)?.text.add(node, data, spaces);
    },
    addBreak() {
      breaks += 1;
    },
    /** Pass an element that is left out. @param {string} tag */
    skip(tag) {
      if (isBlockTag(tag)) flush();
    },
    /** @param {Element} element @param {string} tag @param {boolean} isBlock */
    open(element, tag, isBlock) {
      const around = elements.top.kind;
      const isCite = tag === "cite" && !citeDepth && around === "blockquote" && isBehindQuote(draft?.text.shown ?? "");
      if (isBlock || isCite) flush();
      if (tag === "a") startLink(element);
      if (tag === "q") draftFor("“")?.text.addShown("“");
      if (tag === "q" && attributeOf(element, "cite").trim()) marks.quoted = begin(element);
      if (tag === "sup" && !link) marks.raised = begin(element);
      elements.push(element, tag, isCite ? "p" : isBlock ? kindOf(element, tag, around) : around);
      if (isCite) citeDepth = elements.depth;
    },
    /** @param {string} tag @param {boolean} isBlock */
    close(tag, isBlock) {
      if (isBlock) flush();
      if (tag === "a") endLink();
      if (tag === "q") endSpan("quoted");
      if (tag === "q") draftFor("”")?.text.addShown("”");
      if (tag === "sup") endRaised();
      if (citeDepth === elements.depth) {
        flush();
        citeDepth = 0;
      }
      elements.pop();
      if (draft) draft.lowest = Math.min(draft.lowest, elements.depth);
    },
  };
}
