/**
 * A post of a forum that a reader sends to its moderators. The page shows the body that is built here, and what it hands back
 * is read again field by field: nothing is sent that has not this shape, and nothing before the reader pressed Send.
 */

import { isForumPage } from "./legend.js";
import { pageAddress } from "./page-address.js";
import { readPaired, readReachable } from "./paired.js";
import { asProblem, Problem } from "./problems.js";
import { findRefusal } from "./refusal.js";
import { fetchPost, sendPost } from "./server.js";
import { readChoice, readCount, readObject, readText, ShapeError } from "./shape.js";

/** In UTF-16 units, of which no text has fewer than the characters that the server counts. */
const TEXT_LENGTH = 100_000;
const NAME_LENGTH = 200;
const POST_ID = /^reader-[0-9a-f]{40}$/;
/** @type {readonly TakenPost[]} */
const RESULTS = ["new", "changed", "known", "old", "deleted"];

/**
 * What would be sent, to be shown. Asks nobody.
 * @param {PostDraft} draft @param {chrome.tabs.Tab} tab where the page is @param {string} address of the page
 * @returns {Promise<PostPreviewReply>}
 */
export async function previewPost(draft, tab, address) {
  try {
    const { server } = await admit(tab, address);
    return { ok: true, preview: { server, body: readPost(await buildPost(draft, address, Date.now()), address) } };
  } catch (error) {
    return failed(error);
  }
}

/**
 * Send what the reader saw, to the server that they saw. Words that the moderators have are not sent again.
 * @param {unknown} shown the body @param {string} server @param {chrome.tabs.Tab} tab @param {string} address of the page
 * @returns {Promise<PostSentReply>}
 */
export async function sendShownPost(shown, server, tab, address) {
  try {
    await admit(tab, address);
    const settings = await readReachable(server);
    const body = readPost(shown, address);
    const there = await fetchPost(settings, body);
    if (there !== null && readKept(there) === body.text) return { ok: true, result: "known" };
    const result = readResult(await sendPost(settings, body));
    if (result === "deleted") throw new Problem("post_deleted");
    return { ok: true, result };
  } catch (error) {
    return failed(error);
  }
}

/** The pairing, where a post of this page may be sent. @param {chrome.tabs.Tab} tab @param {string} address */
async function admit(tab, address) {
  // Who sends a post of a muted site was asked before it was read.
  const refusal = await findRefusal(address, tab.incognito, { isAsked: true });
  if (refusal) throw new Problem(refusal.code);
  const settings = await readPaired();
  if (!(await isForumPage(address))) throw new Problem("no_forum");
  return settings;
}

/** @param {unknown} error @returns {Failed} */
function failed(error) {
  return { ok: false, problem: asProblem(error) };
}

/**
 * A post is known by its element where the page names that, and by its words elsewhere. An address with a query names
 * elements no more: what is in it may say which thread is meant, and must not be sent.
 * @param {PostDraft} draft @param {string} address @param {number} now in milliseconds; a later text is a higher version
 * @returns {Promise<PostBody>}
 */
export async function buildPost({ text, author, anchor }, address, now) {
  const { hostname, pathname, search } = new URL(address);
  const words = text.toWellFormed().trim();
  const isNamed = anchor !== "" && search === "";
  const key = await digest(JSON.stringify([hostname, pathname, isNamed ? `#${anchor}` : words]));
  const url = pageAddress(address);
  return { source: hostname, post_id: `reader-${key}`, version: isNamed ? now : 1, text: words, author, url };
}

/** @param {string} text @returns {Promise<string>} */
async function digest(text) {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text.toWellFormed())));
  return Array.from(bytes.subarray(0, 20), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * @param {unknown} shown @param {string} address of the page
 * @returns {PostBody}
 * @throws {ShapeError | Problem}
 */
export function readPost(shown, address) {
  const { source, post_id, version, text, author, url } = readObject(shown);
  if (source !== new URL(address).hostname) throw new ShapeError("host of the page wanted");
  const own = pageAddress(address);
  if (url !== own) throw new ShapeError("address of the page wanted");
  const id = readText(post_id);
  if (!POST_ID.test(id)) throw new ShapeError("id of a post wanted");
  if (typeof text !== "string" || !text.trim() || !text.isWellFormed()) throw new ShapeError("words wanted");
  if (text.length > TEXT_LENGTH) throw new Problem("post_too_long");
  const name = author === null ? null : readText(author);
  if (name !== null && (!name.trim() || name.length > NAME_LENGTH)) throw new ShapeError("name wanted");
  return { source, post_id: id, version: readCount(version), text, author: name, url: own };
}

/** The words that the server keeps of a post. @param {unknown} answer @returns {string} */
function readKept(answer) {
  const { text } = readObject(answer);
  if (typeof text !== "string") throw new ShapeError("words wanted");
  return text;
}

/** What became of a post. @param {unknown} answer @returns {TakenPost} */
function readResult(answer) {
  return readChoice(readObject(answer).result, RESULTS);
}
