/**
 * What the reader takes along, as text in three forms. Pure functions: the words for people are handed in.
 *
 * The address is told without its query, as everywhere.
 */

import { groupByFlag, percentOf } from "./groups.js";

/** @typedef {(key: string, ...parts: (string | number)[]) => string} Say */

/**
 * For people: a heading for each flag, its words as quotations.
 * @param {Taken} taken @param {Say} say
 */
export function toMarkdown({ page, words, version, time }, say) {
  const { address, title, findings, lost } = page;
  const parts = [
    `# ${plain(title || address)}`,
    [linked(address), say("export_made", version, time)].join("\n"),
    plain([`${words.title}.`, words.partly, ...words.told].filter(Boolean).join(" ")),
    ...groupByFlag(findings).flatMap((group) => markdownGroup(group, say)),
    counted(say, "panel_lost", lost),
    plain(say("card_advice")),
  ];
  return `${parts.filter(Boolean).join("\n\n")}\n`;
}

/** @param {import("./groups.js").Group} group @param {Say} say @returns {string[]} */
function markdownGroup({ title, findings }, say) {
  return [
    `## ${plain(title)} (${findings.length})`,
    ...findings.flatMap((finding) => {
      const { reason, checks, look_up } = finding.flag;
      const tips = look_up.length
        ? look_up.map(({ text, href }) => (href ? `[${plain(text)}](${linked(href)})` : plain(text)))
        : checks.map(plain);
      const where = say("panel_where", percentOf(finding));
      return [
        `> ${plain(finding.words)}`,
        `${plain(reason)} (${plain(where)})`,
        tips.map((tip) => `- ${tip}`).join("\n"),
      ];
    }),
  ];
}

/**
 * A text that Markdown shows as it is: on one line, its signs no markup.
 * @param {string} text
 */
function plain(text) {
  return text
    .replace(/\s+/g, " ")
    .trim()
    .replace(/[\\`*_[\]<>&~|]/g, "\\$&")
    .replace(/^(?:[#+=-]|\d+(?=[.)]))/, (start) => (/\d/.test(start) ? `${start}\\` : `\\${start}`));
}

/** An address between angle brackets. @param {string} address */
function linked(address) {
  return `<${address.replace(/[<>\s]/g, encodeURIComponent)}>`;
}

/** One form for one, another for the rest, none for none. @param {Say} say @param {string} key @param {number} count */
function counted(say, key, count) {
  if (!count) return "";
  return say(`${key}_${count === 1 ? "one" : "many"}`, count);
}

/** For programs: what the panel shows. @param {Taken} taken */
export function toJson({ page, selectors, version, time }) {
  const { address, title, state, reason, isCut, findings, lost, muted, skipped, notices } = page;
  const whole = {
    generator: `Pinch ${version}`,
    time,
    page: { address, title },
    state,
    state_reason: reason,
    cut: isCut,
    not_shown: { lost, muted, skipped_blocks: skipped },
    findings: findings.map(({ flag, words, at }) => ({
      id: flag.fingerprint ?? flag.id,
      flag: flag.flag,
      title: flag.title,
      family: flag.family,
      severity: flag.severity,
      words,
      position: Number(at.toFixed(4)),
      source: flag.source,
      reason: flag.reason,
      checks: flag.checks,
      topics: flag.topics,
      selector: selectors[flag.id] ?? null,
    })),
    notices,
  };
  return `${JSON.stringify(whole, null, 2)}\n`;
}

/**
 * For annotation tools: the W3C's Web Annotation Data Model (https://www.w3.org/TR/annotation-model/), a collection with one page.
 * @param {Taken} taken @param {() => string} makeId a new IRI each time
 */
export function toAnnotations({ page, selectors, version, time }, makeId) {
  const creator = { type: "Software", name: `Pinch ${version}` };
  const made = { created: time, creator, generated: time, generator: creator };
  const items = page.findings.map((finding) => ({
    id: makeId(),
    type: "Annotation",
    motivation: "assessing",
    ...made,
    body: [
      { type: "TextualBody", purpose: "tagging", value: finding.flag.title },
      { type: "TextualBody", purpose: "commenting", format: "text/plain", language: "en", value: finding.flag.reason },
    ],
    target: { type: "SpecificResource", source: page.address, selector: selectorsOf(finding, selectors) },
  }));
  const collection = makeId();
  const whole = {
    "@context": "http://www.w3.org/ns/anno.jsonld",
    id: collection,
    type: "AnnotationCollection",
    label: page.title || page.address,
    ...made,
    total: items.length,
    ...(items.length ? { first: { id: makeId(), type: "AnnotationPage", startIndex: 0, items } } : {}),
  };
  return `${JSON.stringify(whole, null, 2)}\n`;
}

/**
 * By quote and by position in the page's text; by quote alone where the words stand outside the page's own text.
 * @param {Finding} finding @param {Record<string, TextSelectors>} selectors
 */
function selectorsOf({ flag }, selectors) {
  const found = Object.hasOwn(selectors, flag.id) ? selectors[flag.id] : null;
  const { exact, prefix, suffix } = found ?? flag.quote;
  const quote = { type: "TextQuoteSelector", exact, prefix, suffix };
  return found ? [quote, { type: "TextPositionSelector", start: found.start, end: found.end }] : [quote];
}

/** @type {Record<string, {type: string, ending: string}>} */
const FORMS = {
  markdown: { type: "text/markdown", ending: "md" },
  json: { type: "application/json", ending: "json" },
  annotations: { type: "application/ld+json", ending: "jsonld" },
};

/**
 * The name and type of a file: the site and the day, nothing of the page's words.
 * @param {Taken} taken @param {string} form
 */
export function fileOf({ page, time }, form) {
  const { type, ending } = FORMS[form] ?? FORMS.markdown;
  const host = URL.canParse(page.address) ? new URL(page.address).hostname : "";
  return { type, name: `pinch-${host.replace(/[^a-z0-9.-]/gi, "") || "page"}-${time.slice(0, 10)}.${ending}` };
}
