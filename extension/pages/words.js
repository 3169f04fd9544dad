/** Words and elements of the extension's own pages. */

/** @param {string} key @param {...(string | number)} parts @returns {string} */
export function say(key, ...parts) {
  return chrome.i18n.getMessage(key, parts.map(String)) || key;
}

/** Fill every element that names its words in `data-say`. */
export function fillWords() {
  document.documentElement.lang = chrome.i18n.getUILanguage().startsWith("en") ? chrome.i18n.getUILanguage() : "en";
  for (const element of document.querySelectorAll("[data-say]")) {
    element.textContent = say(/** @type {HTMLElement} */ (element).dataset.say ?? "");
  }
}

/**
 * The element of this id.
 * @template {HTMLElement} T
 * @param {string} id @param {new () => T} type
 * @returns {T}
 */
export function find(id, type) {
  const element = document.getElementById(id);
  if (!(element instanceof type)) throw new TypeError(`The page has no ${type.name} with the id ${id}.`);
  return element;
}

/**
 * An element with a class and children. Strings become text, never markup.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag @param {string} name class, may be empty @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function make(tag, name, ...children) {
  const element = document.createElement(tag);
  if (name) element.className = name;
  element.append(...children);
  return element;
}
