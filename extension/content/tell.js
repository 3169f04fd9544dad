/** The line to the background, and what the reader can do about a problem. */

/** @param {string} code @returns {Outcome} */
function refused(code) {
  return { ok: false, problem: { code, hint: "" } };
}

/** All marks as a list beside the page. */
function listAction() {
  return { label: say("open_panel"), act: () => tellBackground({ type: "open-panel" }) };
}

/** What the reader can do about a problem right here. @param {ProblemData} problem @returns {Partial<ToastWords>} */
function remedy({ code }) {
  const options = { label: say("toast_options"), act: () => tellBackground({ type: "open-options" }) };
  const again = { label: say("toast_again"), act: () => tellBackground({ type: "check-again" }) };
  if (code === "not_paired" || code === "token_refused" || code === "no_access") return { actions: [options] };
  if (/^(?:no_text|no_selection|no_background|page_too_large|private_.*|never_.*|muted_site)$/.test(code)) return {};
  return { actions: /^server_(?:away|shape|old|new)$/.test(code) ? [again, options] : [again] };
}

/** @param {BackgroundMessage} message */
function tellBackground(message) {
  void askBackground(message);
}

/**
 * @param {BackgroundMessage} message
 * @returns {Promise<any>} null when nobody answers: the background was stopped meanwhile, or the extension updated
 */
async function askBackground(message) {
  try {
    return (await chrome.runtime.sendMessage(message)) ?? null;
  } catch {
    return null;
  }
}

/** The same for what may fail; no answer is a problem like any other. @param {BackgroundMessage} message @returns {Promise<any>} */
async function askOrFail(message) {
  return (await askBackground(message)) ?? refused("no_background");
}
