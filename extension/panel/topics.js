/** Help and other notices, and what is known about the page's topics. The words are the server's, the parts those of the card. */

import { build, buildContext, buildNotice, fillSection } from "./parts.js";

/** Who may need help is not made to look for it. @param {Notice} a @param {Notice} b */
const crisisFirst = (a, b) => Number(b.type === "crisis") - Number(a.type === "crisis");

/** @param {PageFindings | null} page */
export function showNotices(page) {
  fillSection("notices", [...(page?.notices ?? [])].sort(crisisFirst).map(buildNotice));
}

/** Cards stay open or closed as the reader left them. @param {PageFindings | null} page */
export function showTopics(page) {
  const open = new Set(
    Array.from(document.querySelectorAll("#topics details[open] summary"), (one) => one.textContent),
  );
  const cards = Object.values(page?.context ?? {}).map(buildTopic);
  for (const card of cards) card.open = open.has(card.querySelector("summary")?.textContent ?? "");
  fillSection("topics", cards);
}

/** The card's part, with its title as a heading of the panel. @param {ContextCard} card */
function buildTopic(card) {
  const details = buildContext(card);
  const summary = details.querySelector("summary");
  summary?.replaceChildren(build("h3", "", summary.textContent ?? ""));
  return details;
}
