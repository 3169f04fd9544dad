"""A very small WebDriver BiDi client for Firefox, since Debian carries no geckodriver.

Firefox is started with a profile of its own and closed with everything it wrote. ``moz:scope`` gives the browser's own
window, in which the toolbar button can be pressed as a person would.
"""

from __future__ import annotations

import contextlib
import json
import re
import subprocess
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from websockets.exceptions import WebSocketException
from websockets.sync.client import connect

QUIET_PREFS: dict[str, Any] = {
    "app.normandy.enabled": False,
    "app.update.disabledForTesting": True,
    "browser.aboutwelcome.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.homepage_override.mstone": "ignore",
    "browser.startup.page": 0,
    "datareporting.policy.dataSubmissionEnabled": False,
    "extensions.getAddons.cache.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "data:,#remote-settings-dummy/v1",
    "toolkit.telemetry.server": "",
}
ANSWER_SECONDS = 20


class BidiError(Exception):
    """A command that Firefox refused, or a script that threw."""


class Firefox:
    """One running Firefox and the session with it."""

    def __init__(self, executable: str, *, prefs: dict[str, Any] | None = None) -> None:
        self._folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        lines = [f"user_pref({json.dumps(k)}, {json.dumps(v)});" for k, v in {**QUIET_PREFS, **(prefs or {})}.items()]
        Path(self._folder.name, "user.js").write_text("\n".join(lines), "utf-8")
        arguments = ["--headless", "--no-remote", "--profile", self._folder.name, "--remote-debugging-port", "0"]
        self._process = subprocess.Popen(
            [executable, *arguments, "--remote-allow-system-access"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._stack = contextlib.ExitStack()
        self._count = 0
        self._socket = self._stack.enter_context(connect(self._address() + "/session", max_size=None))
        self.call("session.new", {"capabilities": {"alwaysMatch": {"acceptInsecureCerts": True}}})

    def _address(self) -> str:
        assert self._process.stderr is not None
        for line in self._process.stderr:
            if match := re.search(r"BiDi listening on (ws://\S+)", line):
                threading.Thread(target=self._process.stderr.read, daemon=True).start()
                return match[1]
        raise BidiError("Firefox ended before it listened.")

    def call(self, method: str, params: dict[str, Any] | None = None) -> Any:
        """Send one command and wait for its answer. Raises :class:`BidiError` when it is refused."""
        self._count += 1
        self._socket.send(json.dumps({"id": self._count, "method": method, "params": params or {}}))
        while True:
            answer = json.loads(self._socket.recv(timeout=ANSWER_SECONDS))
            if answer.get("id") == self._count:
                if answer["type"] == "error":
                    raise BidiError(f"{method}: {answer['error']}: {answer['message'][:300]}")
                return answer["result"]

    def install(self, folder: Path) -> None:
        """Load an unpacked extension for this session, as about:debugging does."""
        self.call("webExtension.install", {"extensionData": {"type": "path", "path": str(folder)}})

    def browser_window(self) -> str:
        """The context of the browser's own window."""
        tree = self.call("browsingContext.getTree", {"moz:scope": "chrome"})
        return str(tree["contexts"][0]["context"])

    def js(self, context: str, expression: str) -> Any:
        """The plain value of an expression; promises are awaited."""
        result = self.call(
            "script.evaluate",
            {"expression": expression, "target": {"context": context}, "awaitPromise": True, "userActivation": True},
        )
        return _value(result)

    def js_on(self, context: str, function: str, shared_id: str) -> Any:
        """The plain value of a function called with one node, which a page's own scripts may be unable to reach."""
        result = self.call(
            "script.callFunction",
            {
                "functionDeclaration": function,
                "arguments": [{"sharedId": shared_id}],
                "target": {"context": context},
                "awaitPromise": True,
            },
        )
        return _value(result)

    def shadow_of(self, context: str, expression: str) -> str | None:
        """The shared id of the closed or open shadow root of an element, None when there is none."""
        result = self.call(
            "script.evaluate",
            {
                "expression": expression,
                "target": {"context": context},
                "awaitPromise": False,
                "serializationOptions": {"maxDomDepth": 1, "includeShadowTree": "all"},
            },
        )
        root = result["result"].get("value", {}).get("shadowRoot") if result["type"] == "success" else None
        return str(root["sharedId"]) if root else None

    def wait(self, context: str, expression: str, seconds: float = 10) -> Any:
        """Wait until an expression is true."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if value := self.js(context, expression):
                return value
            time.sleep(0.03)
        raise TimeoutError(expression)

    def close(self) -> None:
        """End Firefox and remove its profile."""
        with contextlib.suppress(BidiError, TimeoutError, WebSocketException):
            self.call("browser.close")
        self._stack.close()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._folder.cleanup()


def _value(result: dict[str, Any]) -> Any:
    if result["type"] == "exception":
        raise BidiError(str(result["exceptionDetails"]["text"]))
    return result["result"].get("value")
