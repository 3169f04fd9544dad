/**
 * What can go wrong between a click and a mark, as codes that the page turns into plain words
 * (`problem_<code>_title` and `problem_<code>_what` in the message file).
 */

import { ShapeError } from "./shape.js";

/** A check that could not be done. `code` names the words for the reader, `hint` is the server's own advice, if it gave any. */
export class Problem extends Error {
  /** @param {string} code @param {string} [hint] */
  constructor(code, hint = "") {
    super(code);
    this.code = code;
    this.hint = hint;
  }

  /** @returns {ProblemData} */
  toData() {
    return { code: this.code, hint: this.hint };
  }
}

/** What went wrong, for the reader; a fault of our own is thrown on. @param {unknown} error @returns {ProblemData} */
export function asProblem(error) {
  if (error instanceof Problem) return error.toData();
  if (error instanceof ShapeError) return new Problem("server_shape").toData();
  throw error;
}

/** @type {Record<number, string>} */
const BY_STATUS = { 401: "token_refused", 413: "page_too_large", 429: "server_busy" };

const HINT_LENGTH = 300;

/** Of feedback, which older servers do not take. @type {Record<number, string>} */
const FEEDBACK_BY_STATUS = {
  401: "token_refused",
  404: "no_feedback",
  405: "no_feedback",
  409: "sent_before",
  429: "server_busy",
};

/**
 * Why feedback was not taken. @param {number} status @param {unknown} body
 * @returns {Problem}
 */
export function problemOfFeedback(status, body) {
  return new Problem(FEEDBACK_BY_STATUS[status] ?? "feedback_refused", readError(body)?.hint.slice(0, HINT_LENGTH));
}

/** Of posts for moderators, which older servers do not take. @type {Record<number, string>} */
const POST_BY_STATUS = {
  401: "token_refused",
  404: "no_queue",
  405: "no_queue",
  410: "post_deleted",
  413: "post_too_long",
  429: "server_busy",
};

/**
 * Why a post was not taken. @param {number} status @param {unknown} body
 * @returns {Problem}
 */
export function problemOfPost(status, body) {
  return new Problem(POST_BY_STATUS[status] ?? "post_refused", readError(body)?.hint.slice(0, HINT_LENGTH));
}

/**
 * The problem that a refused request means. The body is the server's error shape when it speaks ours.
 * @param {number} status @param {unknown} body
 * @returns {Problem}
 */
export function problemOfAnswer(status, body) {
  const error = readError(body);
  const hint = error ? error.hint.slice(0, HINT_LENGTH) : "";
  if (status in BY_STATUS) return new Problem(BY_STATUS[status], hint);
  if (!error) return new Problem(status >= 500 ? "server_failed" : "server_shape");
  if (error.code === "bad-code") return new Problem("bad_code", hint);
  return new Problem("server_failed", hint);
}

/**
 * The same for a check, which a server of another age may not understand: it then says so in our own error shape.
 * @param {number} status @param {unknown} body
 * @returns {Problem}
 */
export function problemOfCheck(status, body) {
  const isUnknown = /^(?:bad-request|not-found|method-not-allowed)$/.test(readError(body)?.code ?? "");
  return isUnknown ? new Problem("server_old") : problemOfAnswer(status, body);
}

/**
 * What an answer means that cannot be read: a Pinch server has grown beyond this extension, or another program answers.
 * @param {unknown} answer
 * @returns {Problem}
 */
export function problemOfShape(answer) {
  const { model, flags, state } = Object(answer);
  const isPinch = typeof Object(model).version === "string" && Array.isArray(flags) && typeof state === "string";
  return new Problem(isPinch ? "server_new" : "server_shape");
}

/** @param {unknown} body @returns {{code: string, hint: string} | null} */
function readError(body) {
  if (typeof body !== "object" || body === null || !("error" in body)) return null;
  const { error } = body;
  if (typeof error !== "object" || error === null || !("code" in error)) return null;
  const hint = "hint" in error && typeof error.hint === "string" ? error.hint : "";
  return { code: String(error.code), hint };
}
