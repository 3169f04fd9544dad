/**
 * Beside a post of the queue: copies replies, and turns selected words into corrections of flags.
 * Without this script a reply is copied from its field, and words are typed into the form.
 */

/** @typedef {{ start: number, end: number, words: string }} Stretch */
/** @typedef {{ flag: string, start: number, end: number, verdict: "missing" | "wrong", words: string }} Correction */

const LONGEST_SHOWN = 60;
const MOST = 50;

/** @param {string} words */
function shortened(words) {
  const plain = words.replace(/\s+/g, " ").trim();
  return plain.length > LONGEST_SHOWN ? `${plain.slice(0, LONGEST_SHOWN - 1)}…` : plain;
}

// Copying

const copied = document.querySelector("[data-copied]");
for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const field = document.getElementById(button.dataset.copy);
    try {
      await navigator.clipboard.writeText(field.value);
      copied.textContent = "Copied.";
    } catch {
      // Without https a browser has no clipboard for scripts: the words are selected, ready for Ctrl+C.
      field.focus();
      field.select();
      copied.textContent = "Selected. Press Ctrl+C to copy.";
    }
  });
}

// Correcting

/** Code points from the beginning of `text` to a place in it, as the server counts. */
function offsetOf(text, node, offset) {
  const range = document.createRange();
  range.selectNodeContents(text);
  range.setEnd(node, offset);
  return [...range.toString()].length;
}

/** The selected words of the post without blanks around them; null when none are, or when others are too. */
function selectedIn(text) {
  const selection = window.getSelection();
  if (!selection?.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!text.contains(range.commonAncestorContainer)) return null;
  const words = range.toString();
  if (!words.trim()) return null;
  const before = [...words].length - [...words.trimStart()].length;
  const start = offsetOf(text, range.startContainer, range.startOffset) + before;
  return { start, end: start + [...words.trim()].length, words: words.trim() };
}

/** The range on the page of code points `start` to `end`. */
function rangeOf(text, start, end) {
  const range = document.createRange();
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  let at = 0;
  let begun = false;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const points = [...node.data];
    const unit = (place) => points.slice(0, place - at).join("").length;
    if (!begun && start < at + points.length) {
      range.setStart(node, unit(start));
      begun = true;
    }
    if (begun && end <= at + points.length) {
      range.setEnd(node, unit(end));
      return range;
    }
    at += points.length;
  }
  return range;
}

class Corrections {
  /** @param {HTMLElement} box @param {HTMLElement} text */
  constructor(box, text) {
    this.box = box;
    this.text = text;
    this.flags = JSON.parse(box.dataset.flags);
    /** @type {Correction[]} */
    this.made = [];
    /** @type {Stretch | null} */
    this.chosen = null;
    this.field = box.querySelector("[name=corrections]");
    this.hint = box.querySelector("[data-hint]");
    this.wrong = box.querySelector("[data-wrong]");
    this.flag = box.querySelector("[data-flag]");
    this.missing = box.querySelector("[data-missing]");
    box.querySelector(".correcting").hidden = false;
    this.missing.addEventListener("click", () =>
      this.add({ ...this.chosen, flag: this.flag.value, verdict: "missing" }),
    );
    document.addEventListener("selectionchange", () => this.look());
    text.addEventListener("focusin", (event) => this.lookAtMark(event.target));
    this.show();
  }

  /** What is selected now. A selection elsewhere on the page, such as in a field, keeps what was chosen before. */
  look() {
    const selection = window.getSelection();
    if (!selection?.rangeCount || !this.text.contains(selection.anchorNode)) return;
    this.chosen = selectedIn(this.text);
    if (this.chosen) this.show();
    else this.lookAtPlace(offsetOf(this.text, selection.anchorNode, selection.anchorOffset));
  }

  /** A mark that got the focus by keyboard is chosen like one that was clicked. */
  lookAtMark(element) {
    if (this.chosen || element === this.text || element.matches("summary")) return;
    this.lookAtPlace(offsetOf(this.text, element, 0));
  }

  lookAtPlace(place) {
    this.chosen = null;
    this.show(this.flags.filter((flag) => flag.start <= place && place < flag.end));
  }

  /** Offer what can be said of the chosen words, or of the marks at the cursor. */
  show(
    marks = this.flags.filter((flag) => this.chosen && flag.start < this.chosen.end && this.chosen.start < flag.end),
  ) {
    this.missing.disabled = !this.chosen;
    this.hint.textContent = this.chosen
      ? `Selected: “${shortened(this.chosen.words)}”`
      : "Select words in the post, then say what is missing or wrong there.";
    this.wrong.replaceChildren(...marks.map((mark) => this.wrongButton(mark)));
  }

  wrongButton({ flag, title, start, end }) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "quiet";
    button.textContent = `${title} is wrong here`;
    const words = [...this.text.textContent].slice(start, end).join("");
    button.addEventListener("click", () => this.add({ flag, start, end, verdict: "wrong", words }));
    return button;
  }

  /** @param {Correction} one */
  add(one) {
    const isSame = (other) => ["flag", "start", "end"].every((name) => other[name] === one[name]);
    if (this.made.length >= MOST) return this.say(`No more than ${MOST} corrections at once.`);
    this.made = [...this.made.filter((other) => !isSame(other)), one];
    this.write();
    this.say(`Noted: ${this.told(one)}. It is saved with your decision.`);
  }

  remove(one) {
    this.made = this.made.filter((other) => other !== one);
    this.write();
    this.say("Taken back.");
    this.flag.focus();
  }

  told({ flag, verdict, words }) {
    const title = this.flag.querySelector(`option[value="${flag}"]`)?.textContent ?? flag;
    return `“${shortened(words)}”: ${title} is ${verdict} here`;
  }

  say(words) {
    this.box.querySelector("[data-said]").textContent = words;
  }

  /** Fill the form's field, the list, and the marks in the text. */
  write() {
    const told = ({ flag, start, end, verdict, words }) => ({ flag, start, end, verdict, words });
    this.field.value = JSON.stringify(this.made.map(told));
    this.box.querySelector("[data-corrected]").replaceChildren(...this.made.map((one) => this.item(one)));
    if (globalThis.CSS?.highlights && globalThis.Highlight) {
      const ranges = this.made.map(({ start, end }) => rangeOf(this.text, start, end));
      CSS.highlights.set("correction", new Highlight(...ranges));
    }
  }

  item(one) {
    const item = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "quiet";
    button.textContent = "Take back";
    button.setAttribute("aria-label", `Take back: ${this.told(one)}`);
    button.addEventListener("click", () => this.remove(one));
    item.append(`${this.told(one)} `, button);
    return item;
  }
}

const box = document.querySelector("[data-corrections]");
const text = document.querySelector("[data-post-text]");
if (box && text) new Corrections(box, text);
