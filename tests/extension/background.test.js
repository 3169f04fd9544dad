import assert from "node:assert/strict";
import { test } from "node:test";
import { clientName } from "../../extension/background/client-name.js";
import { codeOfUnreadablePage, originPattern, serverOrigin } from "../../extension/background/page-address.js";
import { problemOfAnswer, problemOfCheck, problemOfShape } from "../../extension/background/problems.js";

test("pages that no extension may read are told apart", () => {
  const cases = {
    "chrome://settings/": "browser_page",
    "about:addons": "browser_page",
    "moz-extension://x/pages/options.html": "browser_page",
    "": "browser_page",
    "https://chromewebstore.google.com/detail/x": "store_page",
    "https://addons.mozilla.org/": "store_page",
    "https://example.org/leaflet.PDF?x=1": "pdf_page",
    "file:///home/x/page.html": "file_page",
    "https://example.org/page": "closed_page",
  };
  for (const [address, code] of Object.entries(cases)) assert.equal(codeOfUnreadablePage(address), code, address);
  assert.equal(codeOfUnreadablePage(undefined), "browser_page");
});

test("a server is on this machine, or reached through TLS", () => {
  const good = {
    "http://127.0.0.1:8765": "http://127.0.0.1:8765",
    " http://localhost:8765/ ": "http://localhost:8765",
    "http://[::1]:8765": "http://[::1]:8765",
    "https://pinch.example.org/": "https://pinch.example.org",
  };
  for (const [typed, origin] of Object.entries(good)) assert.equal(serverOrigin(typed), origin);
  const bad = [
    "",
    "127.0.0.1:8765",
    "http://192.168.1.4:8765",
    "http://127.0.0.1.example.org",
    "http://localhost:8765/path",
    "https://user:pass@example.org",
    "https://example.org/?q=1",
    "ftp://127.0.0.1",
    "javascript:alert(1)",
  ];
  for (const typed of bad) assert.equal(serverOrigin(typed), null, typed);
});

test("match patterns leave the port out", () => {
  assert.equal(originPattern("http://127.0.0.1:8765"), "http://127.0.0.1/*");
  assert.equal(originPattern("http://[::1]:8765"), "http://[::1]/*");
});

test("refusals become words for the reader", () => {
  const error = (/** @type {string} */ code) => ({ error: { code, message: "m", hint: "h".repeat(400) } });
  assert.equal(problemOfAnswer(401, error("bad-token")).code, "token_refused");
  assert.equal(problemOfAnswer(403, error("bad-code")).code, "bad_code");
  assert.equal(problemOfAnswer(422, error("bad-input")).code, "server_failed");
  assert.equal(problemOfAnswer(422, error("bad-input")).hint.length, 300);
  assert.equal(problemOfAnswer(404, "<h1>no</h1>").code, "server_shape");
  assert.equal(problemOfAnswer(502, undefined).code, "server_failed");
});

test("of two versions the older one is named", () => {
  const error = (code) => ({ error: { code, message: "…", hint: "…" } });
  assert.equal(problemOfCheck(422, error("bad-request")).code, "server_old");
  assert.equal(problemOfCheck(404, error("not-found")).code, "server_old");
  assert.equal(problemOfCheck(404, "not found").code, "server_shape");
  assert.equal(problemOfCheck(401, error("bad-token")).code, "token_refused");
  assert.equal(problemOfShape({ model: { version: "9" }, state: "half-checked", flags: [] }).code, "server_new");
  for (const other of [null, 7, [], {}, { flags: [] }, { model: { version: "9" }, state: "checked", flags: {} }]) {
    assert.equal(problemOfShape(other).code, "server_shape");
  }
});

test("a browser has a name that its owner will know", () => {
  assert.equal(
    clientName("Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0"),
    "Firefox on Linux",
  );
  assert.equal(
    clientName("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/156.0 Safari/537.36 Edg/156.0"),
    "Edge on Windows",
  );
  assert.equal(clientName("something else"), "Browser");
});
