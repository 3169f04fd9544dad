"""Firefox with the extension, driven by WebDriver BiDi."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

from tests.browser.bidi import Firefox
from tests.browser.drivers import HOST, OPTIONS, store


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
        self._front()
        self._driver.window_js(
            "for (const key of document.querySelectorAll('keyset[id^=ext-key] key'))"
            " if (key.getAttribute('key') === 'J') key.doCommand()"
        )

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
        value = {"Escape": "\ue00c", "Tab": "\ue004", "Enter": "\ue007", "Space": " "}.get(name, name)
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
        widget = identity.replace("@", "_").replace(".", "_").lower()
        self.button = f"{widget}-BAP"
        self._window = firefox.browser_window()
        self.window_js(_TO_TOOLBAR % f"{widget}-browser-action")
        self._options = self._open_options()

    def _open_options(self) -> FirefoxTab:
        tab = FirefoxTab(self)
        tab.open(f"{self.extension}/{OPTIONS}")
        return tab

    def new_tab(self) -> FirefoxTab:
        return FirefoxTab(self)

    def window_js(self, expression: str) -> Any:
        """Evaluate in the browser's own window."""
        return self.firefox.js(self._window, expression)

    def set_storage(self, values: dict[str, Any]) -> None:
        self._options.js(f"Promise.all([chrome.storage.session.clear(), {store(values)}]).then(() => 1)")

    def get_storage(self) -> dict[str, Any]:
        stored = self._options.js("chrome.storage.local.get().then((all) => JSON.stringify(all))")
        found: dict[str, Any] = json.loads(stored)
        return found


_TO_TOOLBAR = """ChromeUtils.importESModule("moz-src:///browser/components/customizableui/CustomizableUI.sys.mjs")
  .CustomizableUI.addWidgetToArea("%s", "nav-bar")"""
