import assert from "node:assert/strict";
import { test } from "node:test";
import { tellPage } from "../../extension/background/page.js";

/** A browser whose page nobody listens on before the scripts came, and which refuses each call as often as told. @param {{sheet: number, scripts: number}} refusals */
function stubBrowser(refusals) {
  const told = { sheet: 0, scripts: 0 };
  const insert = (/** @type {"sheet" | "scripts"} */ what) => async () => {
    if (refusals[what]-- > 0) throw new Error("Cannot access the page.");
    told[what] += 1;
  };
  const sendMessage = async () => {
    if (!told.scripts) throw new Error("Nobody listens.");
    return { type: "off" };
  };
  const scripting = { insertCSS: insert("sheet"), executeScript: insert("scripts") };
  Object.assign(globalThis, { chrome: { tabs: { sendMessage }, scripting } });
  const locks = { request: async (/** @type {string} */ _, /** @type {() => Promise<void>} */ act) => await act() };
  // Older Nodes have none.
  Object.defineProperty(globalThis, "navigator", { value: { locks }, configurable: true });
  return told;
}

test("a page that is let in late gets sheet and scripts once each", async () => {
  for (const refusals of [
    { sheet: 0, scripts: 0 },
    { sheet: 1, scripts: 0 },
    { sheet: 0, scripts: 1 },
    { sheet: 1, scripts: 1 },
  ]) {
    const told = stubBrowser({ ...refusals });
    assert.deepEqual(await tellPage(1, { type: "click" }), { type: "off" });
    assert.deepEqual(told, { sheet: 1, scripts: 1 }, JSON.stringify(refusals));
  }
});

test("a page that refuses twice is not let in", async () => {
  stubBrowser({ sheet: 0, scripts: 2 });
  await assert.rejects(tellPage(1, { type: "click" }), /Cannot access/);
});
