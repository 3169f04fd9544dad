/** The status in the corner: what was checked, or why it was not and what to do. */

/**
 * @typedef {object} ToastWords
 * @property {string} title
 * @property {string} [text]
 * @property {Notice[]} [notices]
 * @property {{label: string, act: () => void, keepsSelection?: boolean}[]} [actions]
 * @property {number} [stays] milliseconds; for ever when left out
 */

/** @param {ReturnType<typeof makeSurface>} surface */
function makeToast(surface) {
  const words = build("div", "words");
  words.setAttribute("role", "status");
  const buttons = build("div", "actions");
  const close = buildIconButton("×", say("toast_close"), () => hide());
  const toast = build("div", "toast", build("div", "content", words, buttons), close);
  /** @type {number | undefined} */
  let timer;
  let isHeld = false;
  let isPassing = false;
  /** What had the focus before the toast took it. @type {Element | null} */
  let before = null;

  function hide() {
    clearTimeout(timer);
    isHeld = false;
    const back = toast.matches(":focus-within") ? before : null;
    before = null;
    surface.remove(toast);
    if (back instanceof HTMLElement && isConnected(back)) HTMLElement.prototype.focus.call(back);
  }

  /** @param {number} delay */
  function hideAfter(delay) {
    clearTimeout(timer);
    // Who is reading it with the pointer or the focus on it is not hurried.
    timer = setTimeout(() => (isHeld ? hideAfter(delay) : hide()), delay);
  }

  for (const type of ["pointerenter", "focusin"]) toast.addEventListener(type, () => (isHeld = true));
  for (const type of ["pointerleave", "focusout"]) toast.addEventListener(type, () => (isHeld = false));
  toast.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.isTrusted && event.key === "Escape") hide();
  });

  return {
    hide,
    /** Put the focus on the first button, for who came by keyboard. Closing the toast gives it back. */
    takeFocus() {
      before = readDocument("activeElement");
      if (buttons.firstElementChild instanceof HTMLElement) buttons.firstElementChild.focus();
    },
    /** Make room for a card, unless there is something that must be read first. */
    giveWay() {
      if (isPassing) hide();
    },
    /** @param {ToastWords} told */
    show({ title, text, notices = [], actions = [], stays }) {
      clearTimeout(timer);
      surface.add(toast);
      buttons.replaceChildren(...actions.map(buildAction));
      // Screen readers tell what changes in a region that is already there.
      words.replaceChildren();
      setTimeout(() => {
        words.replaceChildren(
          build("p", "title", title),
          ...(text ? [build("p", "", text)] : []),
          ...notices.map(buildNotice),
        );
      }, 20);
      isPassing = stays !== undefined;
      if (stays) hideAfter(stays);
    },
  };
}

/** @param {{label: string, act: () => void, keepsSelection?: boolean}} action */
function buildAction({ label, act, keepsSelection = false }) {
  const button = buildButton(label, "action", act);
  // Pressing a mouse button elsewhere would take the selection away that the action is about.
  if (keepsSelection) button.addEventListener("mousedown", (event) => event.preventDefault());
  return button;
}

/** @param {Notice} notice */
function buildNotice({ title, text, links }) {
  const list = build("ul", "", ...links.map(({ text: words, href }) => build("li", "", buildLink(href, words))));
  return build("div", "notice", build("p", "title", title), build("p", "", text), links.length ? list : null);
}
