/**
 * The one element that Pinch ever adds to a page: a host whose closed shadow root holds the card and the status toast.
 * It is there only while one of them is shown.
 */

/** Set inline and important, so that no rule of the page can hide or move it. @returns {Record<string, string>} */
function hostStyle() {
  return {
    all: "initial",
    // Which `all` leaves to the page. Our words are English.
    direction: "ltr",
    display: "block",
    position: "fixed",
    inset: "0",
    width: "auto",
    height: "auto",
    margin: "0",
    padding: "0",
    border: "0",
    background: "transparent",
    overflow: "visible",
    "pointer-events": "none",
    "z-index": "2147483647",
  };
}

/**
 * @param {Record<string, string>} style
 * @returns {{add: (part: HTMLElement) => void, remove: (part: HTMLElement) => void, isHost: (node: EventTarget | null) => boolean, isModal: () => boolean}}
 */
function makeSurface(style) {
  const host = makeElement("div");
  for (const [name, value] of Object.entries(style)) host.style.setProperty(name, value, "important");
  host.popover = "manual";
  const root = host.attachShadow({ mode: "closed" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(surfaceCss());
  root.adoptedStyleSheets.push(sheet);

  return {
    add(part) {
      root.append(part);
      if (!host.isConnected) pageRoot().append(host);
      // The top layer lies over everything, whatever z-index the page uses.
      if (!host.matches(":popover-open")) host.showPopover();
    },
    remove(part) {
      part.remove();
      if (!root.childElementCount) host.remove();
    },
    isHost: (node) => node === host,
    /** Whether something lies over the card that has to be answered or closed first. */
    isModal: () => root.querySelector("dialog[open]") !== null,
  };
}
