import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { loadContent } from "./load.js";

const content = loadContent("pace", "part", "follower", "inbox", "tell", "walk", "phase");
/** @type {() => void} */
let change = () => {};
/** @type {() => Promise<any>} */
let read;
const page = { blocks: [{ wire: { id: "b0", links: [] } }], elements: [], roots: [] };
Object.assign(content, {
  firstLook: () => 1,
  firstGap: () => 4,
  settleTime: () => 1,
  pageAddress: () => "https://example.org/",
  pageRoot: () => ({}),
  hasPrivateField: () => false,
  readBlocks: () => read(),
  makeWatcher: (/** @type {any} */ { onChange }) => {
    change = onChange;
    return { watch() {}, stop() {} };
  },
});

/** @type {number[]} */
let asked = [];
/** @type {any[]} */
let outcomes = [];
/** @type {any} */
let follower;
let learnt = 0;

beforeEach(() => {
  asked = [];
  learnt = 0;
  read = async () => page;
  const answers = {
    missing: () => (learnt ? [] : page.blocks),
    reportFor: () => ({ flags: [] }),
    learn() {
      learnt += 1;
      return [];
    },
  };
  follower = content.makeFollower(answers, {
    paint: () => false,
    isIntact: () => true,
    painted: () => ({ flags: [], muted: [], blocks: [] }),
    tellNotices() {},
    moved() {},
    async ask() {
      asked.push(performance.now());
      return outcomes.shift() ?? { ok: true, report: { flags: [], muted: [] } };
    },
  });
  follower.start("page");
});
afterEach(() => follower.stop());

/** @param {() => boolean} isSo */
async function waitFor(isSo) {
  for (let tries = 0; tries < 400 && !isSo(); tries += 1) await sleep(5);
  assert.ok(isSo());
}

test("words about which a question failed are asked about again, each time later", async () => {
  const failed = { ok: false, problem: { code: "server_away", hint: "" } };
  outcomes = [failed, failed, failed];
  change();
  await waitFor(() => learnt === 1);
  assert.equal(asked.length, 4);
  const gaps = asked.slice(1).map((at, index) => at - asked[index]);
  for (const [index, least] of [8, 16, 32].entries()) {
    // A timer of the test may come a little early; half as long would be the gap before.
    assert.ok(gaps[index] >= 0.75 * least, `${gaps}`);
  }
  await sleep(80);
  assert.equal(asked.length, 4);
});

test("a failed question about a page that is followed no more is not asked again", async () => {
  outcomes = [{ ok: false, problem: { code: "server_away", hint: "" } }];
  change();
  await waitFor(() => asked.length === 1);
  follower.stop();
  await sleep(60);
  assert.equal(asked.length, 1);
});

test("a look that failed does not keep the next one from looking", async () => {
  read = async () => {
    throw new TypeError("can't access dead object");
  };
  await assert.rejects(follower.look(), TypeError);
  read = async () => page;
  change();
  await waitFor(() => learnt === 1);
});

test("a background that is gone or rejects is a problem like any other", async () => {
  const runtime = { sendMessage: /** @type {() => any} */ (async () => undefined) };
  Object.assign(globalThis, { chrome: { runtime } });
  const gone = { ok: false, problem: { code: "no_background", hint: "" } };
  assert.deepEqual(await content.askOrFail({ type: "send-feedback" }), gone);
  runtime.sendMessage = async () => {
    throw new Error("Could not establish connection.");
  };
  assert.deepEqual(await content.askOrFail({ type: "send-feedback" }), gone);
  runtime.sendMessage = () => {
    throw new Error("Extension context invalidated.");
  };
  assert.equal(await content.askBackground({ type: "mute" }), null);
  assert.doesNotThrow(() => content.tellBackground({ type: "changed" }));
  runtime.sendMessage = async () => ({ ok: true });
  assert.deepEqual(await content.askOrFail({ type: "send-feedback" }), { ok: true });
});

test("who asks the page hears something when it fails", async () => {
  /** @type {any} */
  let hear;
  const onMessage = { addListener: (/** @type {any} */ listener) => (hear = listener) };
  Object.assign(globalThis, { chrome: { runtime: { id: "us", onMessage } } });
  content.hearBackground({
    click: () => {
      throw new TypeError("at once");
    },
    start: async () => {
      throw new TypeError("later");
    },
    next: () => ({ type: "off" }),
  });
  /** @type {string[]} */
  const faults = [];
  const note = (/** @type {Error} */ error) => void faults.push(error.message);
  const heard = process.listeners("unhandledRejection");
  process.removeAllListeners("unhandledRejection").on("unhandledRejection", note);
  const ask = (/** @type {string} */ type) =>
    new Promise((reply) => assert.equal(hear({ type }, { id: "us" }, reply), true));
  assert.deepEqual(await ask("click"), { type: "stale" });
  assert.deepEqual(await ask("start"), { type: "stale" });
  assert.deepEqual(await ask("next"), { type: "off" });
  await sleep(5);
  process.off("unhandledRejection", note);
  for (const listener of heard) process.on("unhandledRejection", listener);
  assert.deepEqual(faults, ["at once", "later"]);
});

test("a check that never comes to its end is given up, though nothing was read yet", async () => {
  Object.assign(content, { answerPatience: () => 5, slowDelay: () => 1 });
  /** @type {any[]} */
  const told = [];
  const clocks = content.makeClocks(
    () => told.push("slow"),
    (/** @type {number} */ run) => told.push(run),
  );
  clocks.begin(7, false);
  await waitFor(() => told.length === 2);
  assert.deepEqual(told, ["slow", 7]);
  clocks.begin(8, true);
  clocks.stop();
  await sleep(20);
  assert.equal(told.length, 2);
});

test("a frame that goes away while it is read ends there, and the page goes on", () => {
  /** Nodes as far as the way through a page looks at them. */
  const node = (/** @type {any} */ other) => ({ next: null, first: null, isDead: false, ...other });
  const after = node({ tag: "p", name: "after" });
  const dead = node({ tag: "p", name: "dead", isDead: true });
  const alive = node({ tag: "p", name: "alive", next: dead });
  const frame = node({ tag: "div", name: "frame", first: alive, next: after });
  const body = node({ tag: "body", first: frame });
  /** @type {string[]} */
  const seen = [];
  const look = (/** @type {any} */ one, /** @type {string} */ key) => {
    if (one.isDead) throw new TypeError("can't access dead object");
    return one[key];
  };
  Object.assign(content, {
    renderingOf: () => ({ style: { visibility: "visible" } }),
    nextSiblingOf: (/** @type {any} */ one) => look(one, "next"),
    firstChildOf: (/** @type {any} */ one) => one.first,
    tagOf: (/** @type {any} */ one) => one.tag,
    isElementNode: () => true,
    isTextNode: () => false,
    frameDocumentOf: () => null,
    shadowOf: () => null,
    slottedIn: () => [],
    isBlockLike: () => true,
    isLeftOut: () => false,
    isUnrendered: () => false,
    isConnected: (/** @type {any} */ one) => one !== frame,
  });
  const reader = {
    isFull: () => false,
    open: (/** @type {any} */ one) => seen.push(`+${one.name}`),
    close: (/** @type {string} */ tag) => seen.push(`-${tag}`),
  };
  for (const _ of content.walkPage(body, reader, []));
  assert.deepEqual(seen, ["+frame", "+alive", "-p", "-div", "+after", "-p"]);
  alive.next = null;
  body.first = dead;
  // What fails in a page that is there is a fault of ours.
  assert.throws(() => Array.from(content.walkPage(body, reader, [])), TypeError);
});
