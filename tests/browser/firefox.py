"""Firefox with the extension, driven by WebDriver BiDi."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

from tests.browser.bidi import Firefox
from tests.browser.drivers import DEFAULT_SERVER, FRONT_TAB, HOST, OPTIONS, PANEL_BESIDE, store, wait_for


class FirefoxTab:
    """A tab of Firefox, through WebDriver BiDi."""

    def __init__(self, driver: FirefoxDriver) -> None:
        self._driver = driver
        self._firefox = driver.firefox
        self.context = str(self._firefox.call("browsingContext.create", {"type": "tab"})["context"])

    def open(self, address: str) -> None:
        wait = "none" if address.startswith("moz-extension") else "complete"
        self._firefox.call("browsingContext.navigate", {"context": self.context, "url": address, "wait": wait})
        is_there = f"location.href === {json.dumps(address)} && document.readyState === 'complete'"
        self._firefox.wait(self.context, is_there)

    def js(self, expression: str) -> Any:
        return self._firefox.js(self.context, expression)

    def js_in_shadow(self, function: str) -> Any:
        root = self._firefox.shadow_of(self.context, HOST)
        return self._firefox.js_on(self.context, function, root) if root else None

    def press_icon(self) -> None:
        self._front()
        self._driver.window_js(f"document.getElementById('{self._driver.button}').click()")

    def press_next(self) -> None:
        self.press_shortcut("J")

    def press_shortcut(self, letter: str) -> None:
        """Alt, Shift and a letter, as the browser's window takes it."""
        self._front()
        self._driver.window_js(
            "for (const key of document.querySelectorAll('keyset[id^=ext-key] key'))"
            f" if (key.getAttribute('key') === '{letter}') key.doCommand()"
        )

    def press_menu(self, item: str, *, was_checked: bool = False) -> None:
        self._front()
        if item == "check-selection":
            self._act({"type": "pointer", "id": "mouse", "actions": self._right_click()})
        else:
            self._driver.window_js(_OPEN_MENU % self._driver.button)
        menu = "contentAreaContextMenu" if item == "check-selection" else "toolbar-context-menu"
        chosen = self._driver.window_js(_CHOOSE % (menu, item))
        assert json.loads(chosen) is was_checked

    def _right_click(self) -> list[dict[str, Any]]:
        box = "getSelection().isCollapsed ? document.body : getSelection().getRangeAt(0)"
        middle = "(({x, y, width}) => JSON.stringify([x + Math.min(width, 200) / 2, y + 8]))"
        x, y = json.loads(self.js(f"{middle}(({box}).getBoundingClientRect())"))
        place = {"type": "pointerMove", "x": round(x), "y": round(y)}
        return [place, {"type": "pointerDown", "button": 2}, {"type": "pointerUp", "button": 2}]

    def _front(self) -> None:
        self._firefox.call("browsingContext.activate", {"context": self.context})

    def click(self, x: float, y: float) -> None:
        moves = [
            {"type": "pointerMove", "x": round(x), "y": round(y)},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        self._act({"type": "pointer", "id": "mouse", "actions": moves})

    def key(self, name: str) -> None:
        value = _KEYS.get(name, name)
        strokes = [{"type": stroke, "value": value} for stroke in ("keyDown", "keyUp")]
        self._act({"type": "key", "id": "keys", "actions": strokes})

    def _act(self, source: dict[str, Any]) -> None:
        self._firefox.call("input.performActions", {"context": self.context, "actions": [source]})

    def badge(self) -> str:
        self._front()
        badge = f"document.getElementById('{self._driver.button}').getAttribute('badge')"
        return str(self._driver.window_js(badge) or "")

    def screenshot(self, path: Path) -> None:
        shot = self._firefox.call("browsingContext.captureScreenshot", {"context": self.context})
        path.write_bytes(base64.b64decode(shot["data"]))

    def close(self) -> None:
        self._firefox.call("browsingContext.close", {"context": self.context})


class FirefoxDriver:
    """Firefox with the extension loaded and its button on the toolbar."""

    name = "firefox"

    def __init__(self, firefox: Firefox, *, identity: str, uuid: str) -> None:
        self.firefox = firefox
        self.extension = f"moz-extension://{uuid}"
        self.identity = identity
        self.servers: set[str] = set()
        widget = identity.replace("@", "_").replace(".", "_").lower()
        self.button = f"{widget}-BAP"
        self._window = firefox.browser_window()
        self.window_js(_TO_TOOLBAR % f"{widget}-browser-action")
        self.window_js(_RECORD % json.dumps(identity))
        self._options = self._open_options()

    def _open_options(self) -> FirefoxTab:
        tab = FirefoxTab(self)
        tab.open(f"{self.extension}/{OPTIONS}")
        return tab

    @property
    def contacted(self) -> set[str]:
        """The origins of all requests that the extension made: its background, its pages, its part in a page."""
        return set(json.loads(self.window_js("JSON.stringify(Array.from(window.contacted))")))

    def new_tab(self) -> FirefoxTab:
        return FirefoxTab(self)

    def window_js(self, expression: str) -> Any:
        """Evaluate in the browser's own window."""
        return self.firefox.js(self._window, expression)

    def extension_js(self, expression: str) -> Any:
        """Evaluate in a page of the extension, which sees its other pages."""
        return self._options.js(expression)

    def front_tab(self) -> int:
        return int(self.extension_js(FRONT_TAB))

    def open_panel(self, tab: FirefoxTab) -> None:
        """By its shortcut."""
        tab.press_shortcut("L")
        wait_for(lambda: self.window_js("SidebarController.isOpen"))

    def close_panel(self) -> None:
        self.window_js("SidebarController.hide()")

    def panel_beside(self) -> str:
        return str(self.extension_js(PANEL_BESIDE))

    def clipboard(self) -> str:
        return str(self.window_js("navigator.clipboard.readText()"))

    def set_storage(self, values: dict[str, Any]) -> None:
        self.servers.add(values.get("server", DEFAULT_SERVER))
        self._options.js(f"Promise.all([chrome.storage.session.clear(), {store(values)}]).then(() => 1)")

    def get_storage(self) -> dict[str, Any]:
        stored = self._options.js("chrome.storage.local.get().then((all) => JSON.stringify(all))")
        found: dict[str, Any] = json.loads(stored)
        return found

    def allow(self, pattern: str, *, is_asked: bool = False) -> None:
        """Say yes to what is asked for. Firefox is set up to say it by itself; a test's own question is asked here."""
        if not is_asked:
            return
        tab = self._open_options()
        asked = f"chrome.permissions.request({{origins: ['{pattern}']}}).then(() => (document.title = 'granted'))"
        tab.js(f"void addEventListener('click', () => {{ {asked}; }})")
        tab.click(5, 5)
        self.firefox.wait(tab.context, "document.title === 'granted'")
        tab.close()

    def revoke(self, pattern: str) -> None:
        """Take a permission away where the browser lists it."""
        self.window_js(_REVOKE % (json.dumps(self.identity), json.dumps(pattern)))

    def granted(self) -> list[str]:
        """The patterns of addresses that the extension is let into."""
        found = self._options.js("chrome.permissions.getAll().then((all) => JSON.stringify(all.origins))")
        return list(json.loads(found))


_REVOKE = """((id, pattern) => ChromeUtils.importESModule("resource://gre/modules/ExtensionPermissions.sys.mjs")
  .ExtensionPermissions.remove(id, {origins: [pattern], permissions: []}, WebExtensionPolicy.getByID(id).extension)
  .then(() => 1))(%s, %s)"""
# A page of its own that a reader opens by a link is the reader's request.
_RECORD = """((identity) => {
  window.contacted = new Set();
  const isOurs = (principal) => [principal, ...(principal?.allowList ?? [])].some((one) =>
    one?.addonPolicy?.id === identity || one?.contentScriptAddonPolicy?.id === identity);
  Services.obs.addObserver((subject) => {
    const {URI, loadInfo} = subject.QueryInterface(Ci.nsIHttpChannel);
    if (loadInfo.externalContentPolicyType === Ci.nsIContentPolicy.TYPE_DOCUMENT) return;
    if (isOurs(loadInfo.triggeringPrincipal) || isOurs(loadInfo.loadingPrincipal)) window.contacted.add(URI.prePath);
  }, "http-on-modify-request");
})(%s)"""
_OPEN_MENU = """document.getElementById("%s").dispatchEvent(
  new PointerEvent("contextmenu", {bubbles: true, cancelable: true, button: 2}))"""
# Choose an entry as a person would, and give back whether it was ticked. One that stands in a submenu is shown there.
_CHOOSE = """(async (menu, id) => {
  const popup = document.getElementById(menu);
  for (let tries = 0; tries < 100; tries += 1) {
    const item = popup.querySelector(`[id$="-menuitem-_${id}"]`);
    if (item && popup.state === "open") {
      const wasTicked = item.hasAttribute("checked");
      const holder = item.closest("menupopup");
      if (holder !== popup) {
        holder.parentNode.openMenu(true);
        await new Promise((done) => holder.addEventListener("popupshown", done, {once: true}));
      }
      holder.activateItem(item);
      return JSON.stringify(wasTicked);
    }
    await new Promise((done) => setTimeout(done, 30));
  }
  throw new Error("This entry is not in the menu.");
})("%s", "%s")"""
_KEYS = {
    "Escape": "\ue00c",
    "Tab": "\ue004",
    "Enter": "\ue007",
    "ArrowDown": "\ue015",
    "ArrowUp": "\ue013",
    "End": "\ue010",
    "Space": " ",
}
_TO_TOOLBAR = """ChromeUtils.importESModule("moz-src:///browser/components/customizableui/CustomizableUI.sys.mjs")
  .CustomizableUI.addWidgetToArea("%s", "nav-bar")"""
