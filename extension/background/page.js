/** The line to a tab's content scripts, which are put there at the reader's first click and not before. */

/** In the order in which they need each other. */
export const SCRIPTS = [
  "dom",
  "trees",
  "slices",
  "text",
  "left-out",
  "kinds",
  "links",
  "elements",
  "blocks",
  "walk",
  "selection",
  "private-fields",
  "anchor",
  "places",
  "marks-sheet",
  "sheets",
  "marks",
  "words",
  "style",
  "surface",
  "actions",
  "card-parts",
  "card",
  "toast",
  "result-words",
  "preview",
  "sheet",
  "feedback",
  "post",
  "post-words",
  "queue",
  "muting",
  "aim",
  "view",
  "muted",
  "answers",
  "part",
  "pace",
  "watch",
  "follower",
  "findings",
  "selectors",
  "phase",
  "page-text",
  "tell",
  "lacking",
  "inbox",
  "page",
].map((name) => `/content/${name}.js`);

export const CSS_FILES = ["/content/marks.css"];

const SECOND_TRY_MS = 60;

/**
 * Send a message to the page and give back its reply.
 * @param {number} tabId @param {PageMessage} message
 * @returns {Promise<PageReply>}
 * @throws when the browser does not let us into this page
 */
export async function tellPage(tabId, message) {
  const reply = await askPage(tabId, message);
  if (reply) return reply;
  // Two clicks in a row would else put two of us into one page.
  await navigator.locks.request(`page-${tabId}`, async () => {
    if (!(await askPage(tabId, { type: "findings" }))) await insert(tabId);
  });
  return await chrome.tabs.sendMessage(tabId, message, { frameId: 0 });
}

/** Tell all tabs that listen, which may be none. @param {PageMessage} message */
export async function tellTabs(message) {
  const tabs = await chrome.tabs.query({});
  await Promise.all(tabs.map(({ id }) => (id === undefined ? null : askPage(id, message))));
}

/**
 * Ask the scripts that a click has put into a page before, and put none there.
 * @param {number} tabId @param {PageMessage} message
 * @returns {Promise<PageReply | null>} null when nobody listens
 */
export async function askPage(tabId, message) {
  try {
    return await chrome.tabs.sendMessage(tabId, message, { frameId: 0 });
  } catch {
    return null;
  }
}

/** Whether the browser lets us into a tab's page now. @param {number} tabId */
export async function isLetIn(tabId) {
  try {
    await chrome.scripting.executeScript({ target: { tabId }, func: () => true });
    return true;
  } catch {
    return false;
  }
}

/**
 * Each has its own second try: were the sheet refused and the scripts not, trying both again would put two of us into one
 * page.
 * @param {number} tabId
 */
async function insert(tabId) {
  const target = { tabId };
  await Promise.all([
    tryTwice(() => chrome.scripting.insertCSS({ target, files: CSS_FILES })),
    tryTwice(() => chrome.scripting.executeScript({ target, files: SCRIPTS })),
  ]);
}

/**
 * In Chromium a click lets us in here a moment before the page's own process hears of it, and about one click in fifty that
 * follows right upon loading is refused for it. So a refusal is believed the second time.
 * @param {() => Promise<unknown>} act
 */
async function tryTwice(act) {
  try {
    await act();
  } catch {
    await new Promise((resolve) => setTimeout(resolve, SECOND_TRY_MS));
    await act();
  }
}
