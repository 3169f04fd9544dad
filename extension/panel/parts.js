/** The pieces that the panel shares with the card on the page: classic scripts, which panel.html loads before this. */

export const { build, buildButton, buildContext, buildNotice, say, sayCount, wordsOfFindings, wordsOfProblem } =
  globalThis;

/**
 * Show what a section holds, or hide it when it holds nothing.
 * @param {string} id of the section; its body is told by the same id with `-body` @param {(Node | null)[]} parts
 */
export function fillSection(id, parts) {
  const section = document.getElementById(id);
  const body = document.getElementById(`${id}-body`);
  if (!section || !body) throw new TypeError(`The panel has no section ${id}.`);
  const kept = parts.filter((part) => part !== null);
  section.hidden = kept.length === 0;
  body.replaceChildren(...kept);
}
