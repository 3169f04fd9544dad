/**
 * What a reader tells the server of a flag. The page shows the body that is built here, and what it hands back is read again
 * field by field: nothing is sent that has not this shape, and nothing before the reader pressed Send.
 */

import { knownFlags } from "./legend.js";
import { pageAddress } from "./page-address.js";
import { readPaired, readReachable } from "./paired.js";
import { readFlagId, SETTINGS } from "./preference-shape.js";
import { asProblem } from "./problems.js";
import { sendFeedback } from "./server.js";
import { readChoice, readObject, readShareOrNull, readText, ShapeError } from "./shape.js";

/** @type {readonly Verdict[]} */
const VERDICTS = ["wrong", "right", "missing"];
/** In characters as the server counts them. */
const TEXT_LENGTH = 2000;
const NOTE_LENGTH = 500;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * What would be sent, to be shown. Asks nobody.
 * @param {FeedbackDraft} draft @param {string} address of the page
 * @returns {Promise<PreviewReply>}
 */
export async function previewFeedback(draft, address) {
  try {
    const { server, setting } = await readPaired();
    const legend = await knownFlags();
    const body = buildBody(draft, setting, crypto.randomUUID());
    return { ok: true, preview: { server, address: pageAddress(address), body, legend } };
  } catch (error) {
    return { ok: false, problem: asProblem(error) };
  }
}

/**
 * Send what the reader saw, to the server that they saw.
 * @param {unknown} shown the body @param {string} server @param {string} address of the page
 * @returns {Promise<SentReply>}
 */
export async function sendShown(shown, server, address) {
  try {
    const settings = await readReachable(server);
    await sendFeedback(settings, readBody(shown, address));
    return { ok: true };
  } catch (error) {
    const isMisshapen = error instanceof ShapeError;
    return { ok: false, problem: isMisshapen ? { code: "feedback_refused", hint: "" } : asProblem(error) };
  }
}

/** @param {FeedbackDraft} draft @param {Setting} setting @param {string} id @returns {FeedbackBody} */
export function buildBody({ verdict, flag, text, fingerprint, confidence, model }, setting, id) {
  return {
    id,
    verdict,
    flag,
    text: cut(text.toWellFormed().trim(), TEXT_LENGTH),
    fingerprint,
    url: null,
    confidence,
    setting,
    model,
    note: null,
  };
}

/**
 * @param {unknown} shown @param {string} address of the page
 * @returns {FeedbackBody}
 * @throws {ShapeError}
 */
export function readBody(shown, address) {
  const data = readObject(shown);
  const flag = readFlagId(data.flag);
  if (flag === null) throw new ShapeError("id of a flag wanted");
  const url = data.url === null ? null : readText(data.url);
  if (url !== null && url !== pageAddress(address)) throw new ShapeError("address of the page wanted");
  const id = readText(data.id);
  if (!UUID.test(id)) throw new ShapeError("UUID wanted");
  return {
    id,
    verdict: readChoice(data.verdict, VERDICTS),
    flag,
    text: readLine(data.text, TEXT_LENGTH),
    fingerprint: data.fingerprint === null ? null : readLine(data.fingerprint, 200),
    url,
    confidence: readShareOrNull(data.confidence),
    setting: data.setting === null ? null : readChoice(data.setting, SETTINGS),
    model: data.model === null ? null : readLine(data.model, 100),
    note: data.note === null ? null : readLine(data.note, NOTE_LENGTH),
  };
}

/** @param {unknown} value @param {number} most characters @returns {string} */
function readLine(value, most) {
  const text = readText(value);
  if (!text.trim() || cut(text, most) !== text) throw new ShapeError("text of some length wanted");
  return text;
}

/** @param {string} text @param {number} most characters, none of them halved */
function cut(text, most) {
  return text.length <= most
    ? text
    : Array.from(text.slice(0, 2 * most))
        .slice(0, most)
        .join("");
}
