/** Seeing that a page changes: its nodes, its shadow trees and frames, its address, and what the reader does on it. */

/** The address as far as it names another page: a fragment does so only where an application keeps its path there. */
function pageAddress() {
  const { origin, pathname, search, hash } = location;
  return `${origin}${pathname}${search}${/^#!?\//.test(hash) ? hash : ""}`;
}

/** Whether this page is of one of these sites, which are told without ports. @param {string[]} origins */
function isOfSite(origins) {
  return origins.includes(`${location.protocol}//${location.hostname}`);
}

/**
 * @param {{onChange: () => void, onReader: () => void}} hooks called when the page changed, and when its reader did something
 */
function makeWatcher({ onChange, onReader }) {
  const observer = new MutationObserver((records) => {
    if (records.some(isOfThePage)) onChange();
  });
  const onTrusted = (/** @type {Event} */ event) => event.isTrusted && onReader();
  const onLoad = (/** @type {Event} */ event) => event.target !== document && onChange();

  /** @param {"addEventListener" | "removeEventListener"} act */
  function listen(act) {
    for (const type of ["wheel", "touchmove", "pointerdown", "keydown"]) {
      window[act](type, onTrusted, { capture: true, passive: true });
    }
    for (const type of ["popstate", "hashchange"]) window[act](type, onChange);
    // A frame that has loaded another page changes nothing around it.
    window[act]("load", onLoad, true);
  }

  return {
    /** Watch these too; watching twice is watching once. @param {Node[]} roots */
    watch(roots) {
      const attributeFilter = ["class", "style", "hidden", "open"];
      const what = { childList: true, characterData: true, subtree: true, attributes: true, attributeFilter };
      for (const root of roots) observer.observe(root, what);
      listen("addEventListener");
    },
    stop() {
      observer.disconnect();
      listen("removeEventListener");
    },
  };
}

/** Our own card and message are the only children of the root element that come and go. @param {MutationRecord} record */
function isOfThePage({ target, type, addedNodes }) {
  if (target !== pageRoot() || type !== "childList") return true;
  return Array.from(addedNodes).some((node) => isElementNode(node) && tagOf(node) === "body");
}

/** Act when the page has not changed for a moment, or has changed for too long to be waited for. @param {() => void} act */
function afterQuiet(act) {
  let timer = setTimeout(end, 400);
  const latest = setTimeout(end, 3000);
  const observer = new MutationObserver(() => {
    clearTimeout(timer);
    timer = setTimeout(end, 400);
  });
  function end() {
    clearTimeout(timer);
    clearTimeout(latest);
    observer.disconnect();
    act();
  }
  observer.observe(pageRoot(), { childList: true, characterData: true, subtree: true });
}
