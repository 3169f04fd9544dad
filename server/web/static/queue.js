/**
 * Keys for the queue. A control says in `data-key` which key presses it, so that a key never does what no button on the
 * page does; without this script all of it works by buttons and links. Keys can be switched off (WCAG 2.1.4).
 */

const SWITCH = "pinch.single-keys";
const TYPING = "textarea, select, [contenteditable], input:not([type=checkbox], [type=radio])";
const lines = [...document.querySelectorAll(".lines-form .line")];
const help = document.getElementById("keys");
const showHelp = document.getElementById("show-keys");
const isOn = document.getElementById("keys-on");
let current = null;

/** Says something to people who do not see the page change. */
function say(words) {
  document.getElementById("said").textContent = words;
}

function isTyping(element) {
  return element instanceof Element && element.closest(TYPING) !== null;
}

/** The line that keys act on: the one with focus, the one that the address names, or the last that j and k came to. */
function currentLine() {
  const focused = document.activeElement?.closest(".line");
  return focused && lines.includes(focused) ? focused : current;
}

function goTo(line) {
  current?.classList.remove("is-current");
  current = line;
  if (!line) return;
  line.classList.add("is-current");
  line.querySelector(".open").focus();
  line.scrollIntoView({ block: "nearest" });
}

/** Steps through the list; past its end the next page opens. */
function step(by) {
  const line = currentLine();
  const next = line ? lines[lines.indexOf(line) + by] : lines[0];
  if (next) goTo(next);
  else document.querySelector(by > 0 ? ".pager [rel=next]" : ".pager :not([rel=next])")?.click();
}

function countSelected() {
  const count = document.querySelectorAll(".lines-form [name=post]:checked").length;
  const told = document.getElementById("selected"); // not there when nothing in the list can be decided
  if (told) told.textContent = count ? `(${count})` : "";
  return count;
}

function select() {
  const box = currentLine()?.querySelector("[name=post]");
  if (!box) return say("There is nothing to select here.");
  box.click();
  return say(`${box.checked ? "Selected" : "Not selected"}. ${countSelected()} in all.`);
}

/** Presses the control of a key. In a list it is that of several selected posts or of the current line, never another's. */
function press(key) {
  if (!lines.length || !/[1-4c]/.test(key)) return document.querySelector(`[data-key="${key}"]`)?.click();
  const isBulk = key !== "c" && document.querySelector(".lines-form [name=post]:checked") !== null;
  if (!isBulk && !currentLine()) return goTo(lines[0]);
  const control = isBulk
    ? document.querySelector(`[data-bulk="${key}"]`)
    : currentLine().querySelector(`[data-key="${key}"]`);
  return control ? control.click() : say(`This post cannot be ${key === "c" ? "claimed" : "decided"} here.`);
}

function openHelp() {
  help.showModal();
  help.querySelector("h2").focus();
}

function filter() {
  const field = document.getElementById("q");
  if (!field) return document.querySelector('[data-key="b"]')?.click();
  field.closest("details").open = true;
  return field.focus();
}

/** Enter on a tick box or a choice presses a form's first button. Nobody means that here. */
function holdEnter(event) {
  if (event.key === "Enter" && event.target.matches("main input:is([type=checkbox], [type=radio])"))
    event.preventDefault();
}

const ACTIONS = { "?": openHelp, "/": filter, x: select };

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
  if (!isOn.checked || help.open || isTyping(event.target) || event.defaultPrevented) return;
  const key = event.key.toLowerCase();
  if (ACTIONS[key]) ACTIONS[key]();
  else if (lines.length && (key === "j" || key === "k")) step(key === "j" ? 1 : -1);
  else if (/^[1-4bcjku]$/.test(key)) press(key);
  else return;
  event.preventDefault();
}

/** Screen readers are told the keys as long as they work. */
function tellKeys() {
  for (const control of document.querySelectorAll("[data-key]")) {
    if (isOn.checked) control.setAttribute("aria-keyshortcuts", control.dataset.key);
    else control.removeAttribute("aria-keyshortcuts");
  }
}

isOn.checked = localStorage.getItem(SWITCH) !== "off";
isOn.addEventListener("change", () => {
  localStorage.setItem(SWITCH, isOn.checked ? "on" : "off");
  tellKeys();
});
showHelp.hidden = false;
showHelp.addEventListener("click", openHelp);
document.addEventListener("keydown", holdEnter);
document.addEventListener("keydown", onKey);
if (lines.length) {
  document.querySelector(".lines").addEventListener("change", countSelected);
  countSelected();
}
// After the browser has gone to the line that the address names, which takes the focus away.
const named = lines.find((line) => `#${line.id}` === location.hash);
if (named) window.addEventListener("load", () => setTimeout(() => current ?? goTo(named)));
tellKeys();
// A live region speaks only when it changes after the page is there.
const news = document.querySelector("[data-say]");
if (news) setTimeout(() => say(news.dataset.say), 100);
