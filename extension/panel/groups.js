/** Findings in order, and in figures. Pure functions, so that list, chart, table and exports say the same. */

/**
 * @typedef {object} Group the findings of one flag
 * @property {string} flag
 * @property {string} title
 * @property {FlagFamily} family
 * @property {Finding[]} findings in reading order
 */

/** Harm first, as on the card. @type {readonly string[]} */
const FAMILY_ORDER = ["risk", "promise", "push", "source"];

/**
 * @param {Finding[]} findings in reading order
 * @returns {Group[]} by family, within it the most frequent flag first
 */
export function groupByFlag(findings) {
  /** @type {Map<string, Group>} */
  const groups = new Map();
  for (const finding of findings) {
    const { flag, title, family } = finding.flag;
    const group = groups.get(flag);
    if (group) group.findings.push(finding);
    else groups.set(flag, { flag, title, family, findings: [finding] });
  }
  return [...groups.values()].sort(
    (a, b) => rank(a.family) - rank(b.family) || b.findings.length - a.findings.length || compare(a.title, b.title),
  );
}

/** Families that this list does not know come last. @param {string} family */
function rank(family) {
  const at = FAMILY_ORDER.indexOf(family);
  return at < 0 ? FAMILY_ORDER.length : at;
}

/** @param {string} a @param {string} b */
function compare(a, b) {
  return a < b ? -1 : Number(a > b);
}

/** Where a finding stands, as whole hundredths of the page's text. @param {Finding} finding */
export function percentOf({ at }) {
  return Math.min(100, Math.max(0, Math.round(at * 100)));
}

/**
 * The families that are there, in the order of the groups, with all their findings.
 * @param {Group[]} groups
 * @returns {{family: FlagFamily, findings: Finding[]}[]}
 */
export function familiesOf(groups) {
  const families = [...new Set(groups.map(({ family }) => family))];
  return families.map((family) => ({
    family,
    findings: groups.filter((group) => group.family === family).flatMap((group) => group.findings),
  }));
}
