/** Which tab the panel is about: the one in front of its window, or the one that its address names. */

const named = Number(new URLSearchParams(location.search).get("tab")) || null;

/** @returns {Promise<chrome.tabs.Tab | null>} null when the tab is gone */
export async function followedTab() {
  if (named === null) {
    const [front] = await chrome.tabs.query({ active: true, currentWindow: true });
    return front ?? null;
  }
  try {
    return await chrome.tabs.get(named);
  } catch {
    return null;
  }
}

/** A panel in a tab of its own brings the page to the front. @param {number} tab */
export async function bringForward(tab) {
  if (named !== null) await chrome.tabs.update(tab, { active: true });
}

/** Call back whenever the panel may be about another page. @param {(tab: number | null) => void} look with the one tab that changed */
export function onOtherPage(look) {
  chrome.tabs.onActivated.addListener(() => look(null));
  chrome.tabs.onUpdated.addListener((tab, { status }) => status && look(tab));
  chrome.tabs.onRemoved.addListener(look);
}
