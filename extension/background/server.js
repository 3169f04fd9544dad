/** The only room that makes requests, and only to the paired server. */

import { Problem, problemOfAnswer, problemOfCheck, problemOfFeedback, problemOfPost } from "./problems.js";
import { browserRegion } from "./region.js";

const ANALYZE_MS = 25_000;
const SMALL_MS = 8_000;
/** No honest answer is longer: a page of eight megabytes has some hundred kilobytes of flags. */
const MOST_BYTES = 16_000_000;

/**
 * @typedef {object} Request
 * @property {string} method
 * @property {string} path
 * @property {string} [token]
 * @property {unknown} [body]
 * @property {number} [timeout] milliseconds
 * @property {(status: number, body: unknown) => Problem} [explain] what a refusal means
 */

/**
 * Send one request and give back the JSON of its answer, null when it has none.
 * @param {string} server origin
 * @param {Request} request
 * @returns {Promise<unknown>}
 * @throws {Problem} in words for the reader
 */
async function send(server, { method, path, token, body, timeout = SMALL_MS, explain = problemOfAnswer }) {
  const headers = new Headers({ Accept: "application/json" });
  if (token) headers.set("Authorization", `Bearer ${token}`);
  if (body !== undefined) headers.set("Content-Type", "application/json");
  const answer = await reach(server + path, {
    method,
    headers,
    body: body === undefined ? undefined : JSON.stringify(body),
    cache: "no-store",
    credentials: "omit",
    redirect: "error",
    referrerPolicy: "no-referrer",
    signal: AbortSignal.timeout(timeout),
  });
  const data = answer.text ? parse(answer.text) : null;
  if (!answer.ok) throw explain(answer.status, data);
  return data;
}

/** @param {string} address @param {RequestInit} init */
async function reach(address, init) {
  try {
    const response = await fetch(address, init);
    return { ok: response.ok, status: response.status, text: await readBody(response) };
  } catch (error) {
    if (error instanceof DOMException && error.name === "TimeoutError") throw new Problem("server_slow");
    if (error instanceof TypeError) throw new Problem("server_away");
    throw error;
  }
}

/** An answer without end is given up, not kept. @param {Response} response */
async function readBody(response) {
  const decoder = new TextDecoder();
  let text = "";
  let size = 0;
  for (const reader = response.body?.getReader(); reader; ) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > MOST_BYTES) {
      await reader.cancel();
      throw new Problem("server_shape");
    }
    text += decoder.decode(value, { stream: true });
  }
  return text + decoder.decode();
}

/** @param {string} text @returns {unknown} undefined when it is not JSON */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * @param {import("./settings.js").Settings} settings
 * @param {PageText} page
 */
export function analyze({ server, token, setting, region }, page) {
  const { url, title, lang, blocks, elements } = page;
  const country = region || browserRegion();
  const options = { setting, ...(country ? { region: country } : {}) };
  const body = { url, title, ...(lang ? { lang } : {}), blocks, elements, options };
  return send(server, {
    method: "POST",
    path: "/v1/analyze",
    token,
    body,
    timeout: ANALYZE_MS,
    explain: problemOfCheck,
  });
}

/** @param {import("./settings.js").Settings} settings */
export function fetchFlags({ server, token }) {
  return send(server, { method: "GET", path: "/v1/flags", token, explain: problemOfCheck });
}

/** What the reader saw and sent. @param {import("./settings.js").Settings} settings @param {FeedbackBody} body */
export function sendFeedback({ server, token }, body) {
  return send(server, { method: "POST", path: "/v1/feedback", token, body, explain: problemOfFeedback });
}

/** A post of a forum for its moderators, as the reader saw it. @param {import("./settings.js").Settings} settings @param {PostBody} body */
export function sendPost({ server, token }, body) {
  return send(server, { method: "POST", path: "/v1/posts", token, body, explain: problemOfPost });
}

/**
 * The same post as the moderators have it.
 * @param {import("./settings.js").Settings} settings @param {PostBody} body
 * @returns {Promise<unknown>} null when they have none
 */
export async function fetchPost({ server, token }, { source, post_id }) {
  const none = new Problem("no_queue");
  /** @param {number} status @param {unknown} body */
  const explain = (status, body) => (status === 404 ? none : problemOfPost(status, body));
  try {
    return await send(server, { method: "GET", path: `/v1/posts/${source}/${post_id}`, token, explain });
  } catch (error) {
    if (error === none) return null;
    throw error;
  }
}

/** @param {string} server @param {string} code @param {string} name */
export function pair(server, code, name) {
  return send(server, { method: "POST", path: "/v1/pair", body: { code, name } });
}

/** @param {import("./settings.js").Settings} settings */
export function revokeToken({ server, token }) {
  return send(server, { method: "DELETE", path: "/v1/token", token });
}
