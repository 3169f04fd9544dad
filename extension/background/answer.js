/**
 * The server's answer, read field by field before anything of it reaches a page.
 *
 * A frame of the wrong shape means another program or version answers, so the whole answer is refused. A single flag that
 * points outside its block is left out: showing nothing is better than marking the wrong words.
 */

import {
  readChoice,
  readCount,
  readGoodItems,
  readList,
  readObject,
  readSafeAddress,
  readShareOrNull,
  readText,
  readTextOrNull,
  readWebAddress,
  ShapeError,
} from "./shape.js";

/** @type {readonly FlagFamily[]} */
export const FAMILIES = ["promise", "source", "risk", "push"];
/** @type {readonly SourceSeen[]} */
const SOURCES = ["sentence", "block", "page", "nowhere"];
/** @type {readonly ("model" | "list")[]} */
const ORIGINS = ["model", "list"];
/** @type {readonly CardSection[]} */
const SECTIONS = ["known", "unknown", "risks", "interactions", "legal"];

/**
 * @param {unknown} answer
 * @param {WireBlock[]} blocks what was sent
 * @param {Record<string, FlagFamily>} families family of each flag
 * @param {string} [server] the address that pages of the server are told by
 * @returns {Report}
 * @throws {ShapeError}
 */
export function readReport(answer, blocks, families, server = "") {
  const data = readObject(answer);
  if (data.offset_unit !== "utf-16") throw new ShapeError("offsets in UTF-16 wanted");
  const texts = new Map(blocks.map((block) => [block.id, block.text]));
  return {
    state: readChoice(data.state, ["checked", "partly-checked", "not-checked"]),
    state_reason: readTextOrNull(data.state_reason),
    model: readModel(data.model),
    main_text: data.main_text === null || data.main_text === undefined ? null : readList(data.main_text, readText),
    muted: [],
    look: "quiet",
    isForum: false,
    flags: readGoodItems(data.flags, (item) => readFlag(item, texts, families, server)),
    context: readContext(data.context),
    notices: readGoodItems(data.notices, readNotice),
  };
}

/** The model's version, which feedback names. @param {unknown} value @returns {string | null} */
function readModel(value) {
  const version = /** @type {Record<string, unknown>} */ (Object(value)).version;
  return typeof version === "string" && version.length <= 100 ? version : null;
}

/**
 * @param {unknown} item @param {Map<string, string>} texts @param {Record<string, FlagFamily>} families
 * @param {string} server
 * @returns {Flag}
 */
function readFlag(item, texts, families, server) {
  const data = readObject(item);
  const flag = readText(data.flag);
  const block = readText(data.block);
  const length = texts.get(block)?.length ?? 0;
  return {
    id: readText(data.id),
    flag,
    title: readText(data.title),
    family: Object.hasOwn(families, flag) ? families[flag] : "promise",
    block,
    ...readSpan(data, length),
    quote: readQuote(data.quote),
    confidence: readShareOrNull(data.confidence),
    severity: readChoice(data.severity, ["low", "medium", "high"]),
    reason: readText(data.reason),
    checks: readList(data.checks, readText),
    evidence: readGoodItems(data.evidence, (span) => readSpan(readObject(span), length)),
    source: data.source === null ? null : readChoice(data.source, SOURCES),
    origin: readChoice(data.origin ?? "model", ORIGINS),
    listed: data.listed === null || data.listed === undefined ? null : readListed(data.listed),
    topics: readList(data.topics ?? [], readText),
    look_up: readList(data.look_up ?? [], readLookUp),
    explained_at: server && data.explained_at ? readOwnPage(data.explained_at, server) : null,
  };
}

/** @param {unknown} value @returns {Listed} */
function readListed(value) {
  return { reason: readText(readObject(value).reason) };
}

/** @param {unknown} value @returns {LookUp} */
function readLookUp(value) {
  const { text, href } = readObject(value);
  return { text: readText(text), href: href === null ? null : readSafeAddress(href) };
}

/** A page of the paired server, and of no other. @param {unknown} path @param {string} server @returns {string} */
function readOwnPage(path, server) {
  const address = new URL(readText(path), server);
  if (address.origin !== new URL(server).origin) throw new ShapeError("a page of the server wanted");
  return address.href;
}

/** @param {Record<string, unknown>} data @param {number} length of the block's text @returns {Evidence} */
function readSpan(data, length) {
  const start = readCount(data.start);
  const end = readCount(data.end);
  if (start >= end || end > length) throw new ShapeError("a span inside its block wanted");
  return { start, end };
}

/** @param {unknown} value @returns {Quote} */
function readQuote(value) {
  const data = readObject(value);
  const exact = readText(data.exact);
  if (!exact.trim()) throw new ShapeError("a quote with words wanted");
  return { exact, prefix: readText(data.prefix), suffix: readText(data.suffix) };
}

/** @param {unknown} value @returns {Record<string, ContextCard>} */
function readContext(value) {
  if (value === null || value === undefined) return {};
  const cards = readGoodItems(Object.values(readObject(value)), readCard);
  return Object.fromEntries(cards.map((card) => [card.id, card]));
}

/** @param {unknown} value @returns {ContextCard} */
function readCard(value) {
  const data = readObject(value);
  const [known, unknown, risks, interactions, legal] = SECTIONS.map((name) => readList(data[name] ?? [], readLine));
  return {
    id: readText(data.id),
    title: readText(data.title),
    known,
    unknown,
    risks,
    interactions,
    legal,
    sources: readList(data.sources, readSource),
    checked_on: readTextOrNull(data.checked_on),
    reviewed_by: readTextOrNull(data.reviewed_by),
  };
}

/** @param {unknown} value @returns {CardLine} */
function readLine(value) {
  const data = readObject(value);
  return { text: readText(data.text), sources: readList(data.sources ?? [], readCount) };
}

/** @param {unknown} value @returns {CardSource} */
function readSource(value) {
  const data = readObject(value);
  return {
    n: readCount(data.n),
    publisher: readText(data.publisher),
    title: readText(data.title),
    url: data.url === null || data.url === undefined ? null : readWebAddress(data.url),
    year: data.year === null || data.year === undefined ? null : readCount(data.year),
  };
}

/** @param {unknown} value @returns {Notice} */
function readNotice(value) {
  const data = readObject(value);
  return {
    type: readText(data.type),
    title: readText(data.title),
    text: readText(data.text),
    links: readGoodItems(data.links ?? [], readNoticeLink),
    blocks: readList(data.blocks ?? [], readText),
  };
}

/** @param {unknown} value @returns {NoticeLink} */
function readNoticeLink(value) {
  const data = readObject(value);
  return { text: readText(data.text), href: readSafeAddress(data.href) };
}

/**
 * The list of flags as the server titles them.
 * @param {unknown} answer of `GET /v1/flags`
 * @returns {FlagLegend[]}
 * @throws {ShapeError}
 */
export function readLegend(answer) {
  return readList(readObject(answer).flags, (item) => {
    const data = readObject(item);
    return { id: readText(data.id), title: readText(data.title), family: readChoice(data.family, FAMILIES) };
  });
}

/** @param {unknown} answer of `POST /v1/pair` @returns {string} the token @throws {ShapeError} */
export function readToken(answer) {
  const token = readText(readObject(answer).token);
  if (!/^[\x21-\x7e]{8,500}$/.test(token)) throw new ShapeError("a token of plain characters wanted");
  return token;
}
