/** Words for the reader, all from the message file. */

/** @param {string} key @param {...(string | number)} parts @returns {string} */
function say(key, ...parts) {
  return chrome.i18n.getMessage(key, parts.map(String)) || key;
}

/** One form for one, another for the rest. @param {string} key @param {number} count */
function sayCount(key, count) {
  return say(count === 1 ? `${key}_one` : `${key}_many`, count);
}

/** A date as the reader's browser writes it; as it came when it is none. @param {string} day such as 2026-11-20 */
function sayDay(day) {
  const date = new Date(`${day}T00:00:00`);
  if (Number.isNaN(date.getTime())) return day;
  return date.toLocaleDateString(chrome.i18n.getUILanguage(), { day: "numeric", month: "long", year: "numeric" });
}

/**
 * An element with a class and children. Strings become text, never markup.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag @param {string} name class, may be empty @param {...(Node | string | null)} children
 * @returns {HTMLElementTagNameMap[T]}
 */
function build(tag, name, ...children) {
  const element = makeElement(tag);
  if (name) element.className = name;
  for (const child of children) if (child !== null) element.append(child);
  return element;
}

/** @param {string} label @param {string} name class @param {() => void} act */
function buildButton(label, name, act) {
  const button = build("button", name, label);
  button.type = "button";
  // Only a person may press it: a page can make events, but not trusted ones.
  button.addEventListener("click", (event) => event.isTrusted && act());
  return button;
}

/** A link that opens beside the page and tells nobody where the reader came from. @param {string} href @param {...(Node | string)} words */
function buildLink(href, ...words) {
  const link = build("a", "", ...words);
  link.href = href;
  link.target = "_blank";
  link.rel = "noopener noreferrer";
  link.referrerPolicy = "no-referrer";
  return link;
}
