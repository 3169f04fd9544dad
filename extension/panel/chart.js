/** The page's profile: how many flags of each kind, where on the page they stand, and the same numbers as a table. */

import { familiesOf, groupByFlag, percentOf } from "./groups.js";
import { build, fillSection, say } from "./parts.js";

const SVG = "http://www.w3.org/2000/svg";
/** Bars are drawn against at least so many flags, so that one alone does not look like many. */
const FULL_BAR = 5;

/** @param {PageFindings | null} page */
export function showProfile(page) {
  const groups = groupByFlag(page?.findings ?? []);
  const isTableOpen = document.querySelector("#profile details")?.hasAttribute("open") ?? false;
  const table = buildTable(groups);
  table.open = isTableOpen;
  fillSection("profile", groups.length ? [buildKinds(groups), buildPlaces(groups), table] : []);
}

/** A bar for each flag. @param {import("./groups.js").Group[]} groups */
function buildKinds(groups) {
  const most = Math.max(FULL_BAR, ...groups.map(({ findings }) => findings.length));
  const rows = groups.flatMap(({ title, family, findings }) => [
    build("span", "label", title),
    drawing(family, 100, draw("rect", { x: 0, y: 2, width: (100 * findings.length) / most, height: 6 })),
    build("span", "number", String(findings.length)),
  ]);
  const told = groups.map(({ title, findings }) => say("panel_pair", title, findings.length)).join(", ");
  return picture("kinds", say("panel_kinds"), told, rows);
}

/** A lane for each family, from the page's beginning to its end, with a stroke for each finding. @param {import("./groups.js").Group[]} groups */
function buildPlaces(groups) {
  const rows = familiesOf(groups).flatMap(({ family, findings }) => [
    build("span", "label", say(`family_${family}`)),
    drawing(
      `${family} lane`,
      100,
      draw("line", { x1: 0, y1: 5, x2: 100, y2: 5, class: "ground" }),
      ...findings.map(percentOf).map((at) => draw("line", { x1: at, y1: 0, x2: at, y2: 10 })),
    ),
  ]);
  const ends = build("span", "ends", build("span", "", say("panel_top")), build("span", "", say("panel_end")));
  const told = familiesOf(groups).map(({ family, findings }) =>
    say("panel_pair", say(`family_${family}`), sayPlaces(findings)),
  );
  return picture("places", say("panel_places"), told.join("; "), [...rows, build("span", "gap"), ends]);
}

/** @param {string} name class @param {string} title @param {string} told to those who see no picture @param {Node[]} rows */
function picture(name, title, told, rows) {
  const drawn = build("div", `chart ${name}`, ...rows);
  drawn.setAttribute("role", "img");
  drawn.setAttribute("aria-label", `${title}: ${told}`);
  const caption = build("figcaption", "", title);
  return build("figure", "", caption, drawn);
}

/** @param {import("./groups.js").Group[]} groups */
function buildTable(groups) {
  const head = [say("panel_flag"), say("panel_count"), say("panel_at")].map((name) => {
    const cell = build("th", "", name);
    cell.scope = "col";
    return cell;
  });
  const rows = groups.map(({ title, findings }) => {
    const name = build("th", "", title);
    name.scope = "row";
    return build("tr", "", name, build("td", "number", String(findings.length)), build("td", "", sayPlaces(findings)));
  });
  const table = build(
    "table",
    "",
    build("caption", "", say("panel_table_what")),
    build("thead", "", build("tr", "", ...head)),
    build("tbody", "", ...rows),
  );
  return build("details", "", build("summary", "", say("panel_table")), table);
}

/** @param {Finding[]} findings */
function sayPlaces(findings) {
  return findings.map((finding) => say("panel_percent", percentOf(finding))).join(", ");
}

/** A drawing that is as wide as its place; strokes keep their width. @param {string} name class @param {number} width @param {...SVGElement} shapes */
function drawing(name, width, ...shapes) {
  const svg = draw("svg", {
    viewBox: `0 0 ${width} 10`,
    preserveAspectRatio: "none",
    class: name,
    "aria-hidden": "true",
  });
  svg.append(...shapes);
  return svg;
}

/** @param {string} tag @param {Record<string, string | number>} attributes @returns {SVGElement} */
function draw(tag, attributes) {
  const element = /** @type {SVGElement} */ (document.createElementNS(SVG, tag));
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  return element;
}
