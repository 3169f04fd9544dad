/** Which addresses no extension may read, and what to tell the reader there. The one place that lists them. */

const STORES = ["chromewebstore.google.com", "chrome.google.com", "addons.mozilla.org", "microsoftedge.microsoft.com"];

/**
 * Why a page that refused our scripts cannot be read.
 * @param {string | undefined} address the tab's address, as far as the browser tells it
 * @returns {string} a problem code
 */
export function codeOfUnreadablePage(address) {
  if (!address || !URL.canParse(address)) return "browser_page";
  const url = new URL(address);
  if (url.protocol === "file:") return "file_page";
  if (url.protocol !== "http:" && url.protocol !== "https:") return "browser_page";
  if (STORES.includes(url.hostname)) return "store_page";
  return url.pathname.toLowerCase().endsWith(".pdf") ? "pdf_page" : "closed_page";
}

const LOOPBACK = ["127.0.0.1", "localhost", "[::1]"];

/**
 * The origin of a server address as a person types it, or null when it cannot be used: plain http is accepted on this
 * machine only, since the token and the page's text would travel in the open elsewhere.
 * @param {string} typed
 * @returns {string | null}
 */
export function serverOrigin(typed) {
  const address = typed.trim();
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  if (url.username || url.password || url.search || url.hash || url.pathname !== "/") return null;
  if (url.protocol === "https:") return url.origin;
  return url.protocol === "http:" && LOOPBACK.includes(url.hostname) ? url.origin : null;
}

/** The match pattern that lets the background reach a server. Patterns know no ports. @param {string} origin */
export function originPattern(origin) {
  const url = new URL(origin);
  return `${url.protocol}//${url.hostname}/*`;
}

const ADDRESS_LENGTH = 2000;

/** Origin and path: what stands behind them may tell who reads. @param {string} address @returns {string | null} */
export function pageAddress(address) {
  const { origin, pathname, protocol } = new URL(address);
  return /^https?:$/.test(protocol) ? `${origin}${pathname}`.slice(0, ADDRESS_LENGTH) : null;
}
