/** Entries of context menus, which browsers keep between sessions: making one a second time is refused. */

/**
 * Make an entry anew, or take it away.
 * @param {string} id @param {chrome.contextMenus.CreateProperties | null} entry null for none
 */
export function renewEntry(id, entry) {
  // Where there was none to take away, or two make it at once, that is told in lastError, which must be looked at.
  const look = () => void chrome.runtime.lastError;
  chrome.contextMenus.remove(id, () => {
    look();
    if (entry) chrome.contextMenus.create({ ...entry, id }, look);
  });
}
