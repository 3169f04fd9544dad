/** The line to a tab's content scripts, which are put there at the reader's first click and not before. */

/** In the order in which they need each other. */
const SCRIPTS = [
  "dom",
  "text",
  "left-out",
  "kinds",
  "links",
  "elements",
  "blocks",
  "anchor",
  "places",
  "marks",
  "words",
  "style",
  "surface",
  "actions",
  "card-parts",
  "card",
  "toast",
  "sheet",
  "feedback",
  "muting",
  "view",
  "phase",
  "page",
].map((name) => `/content/${name}.js`);

const SECOND_TRY_MS = 60;

/**
 * Send a message to the page and give back its reply.
 * @param {number} tabId @param {PageMessage} message
 * @returns {Promise<PageReply>}
 * @throws when the browser does not let us into this page
 */
export async function tellPage(tabId, message) {
  const reply = await ask(tabId, message);
  if (reply) return reply;
  await insertPatiently(tabId);
  return await chrome.tabs.sendMessage(tabId, message, { frameId: 0 });
}

/** @param {number} tabId @param {PageMessage} message @returns {Promise<PageReply | null>} null when nobody listens */
async function ask(tabId, message) {
  try {
    return await chrome.tabs.sendMessage(tabId, message, { frameId: 0 });
  } catch {
    return null;
  }
}

/**
 * In Chromium a click lets us in here a moment before the page's own process hears of it, and about one click in fifty that
 * follows right upon loading is refused for it. So a refusal is believed the second time.
 * @param {number} tabId
 */
async function insertPatiently(tabId) {
  try {
    await insert(tabId);
  } catch {
    await new Promise((resolve) => setTimeout(resolve, SECOND_TRY_MS));
    await insert(tabId);
  }
}

/** @param {number} tabId */
async function insert(tabId) {
  const target = { tabId };
  await chrome.scripting.insertCSS({ target, files: ["/content/marks.css"] });
  await chrome.scripting.executeScript({ target, files: SCRIPTS });
}
