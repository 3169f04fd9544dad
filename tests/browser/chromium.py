"""Chromium with the extension, driven by Playwright and the DevTools protocol."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, CDPSession, Page, Playwright, Request

from tests.browser.drivers import DEFAULT_SERVER, FRONT_TAB, HOST, PANEL, PANEL_BESIDE, press_in_shadow, store, wait_for


class ChromiumTab:
    """A tab of Chromium, through Playwright and the DevTools protocol."""

    def __init__(self, driver: ChromiumDriver) -> None:
        self._driver = driver
        self.page: Page = driver.context.new_page()
        self._cdp: CDPSession = driver.context.new_cdp_session(self.page)
        self._cdp.send("DOM.enable")

    def open(self, address: str) -> None:
        self.page.goto(address)

    def js(self, expression: str) -> Any:
        return self.page.evaluate(expression)

    def js_in_shadow(self, function: str) -> Any:
        found = self._cdp.send("Runtime.evaluate", {"expression": HOST})["result"]
        node = self._cdp.send("DOM.describeNode", {"objectId": found["objectId"], "depth": 1, "pierce": True})["node"]
        roots = node.get("shadowRoots")
        if not roots:
            return None
        root = self._cdp.send("DOM.resolveNode", {"backendNodeId": roots[0]["backendNodeId"]})["object"]
        call = {
            "objectId": root["objectId"],
            "functionDeclaration": f"function() {{ return ({function})(this); }}",
            "returnByValue": True,
        }
        return self._cdp.send("Runtime.callFunctionOn", call)["result"].get("value")

    def press_icon(self) -> None:
        self.page.bring_to_front()
        self._driver.trigger_action(self.page.url)

    def press_next(self) -> None:
        # Extension shortcuts live in the browser's window, which headless Chromium has not. The event is the same.
        self.page.bring_to_front()
        self._driver.worker_js(
            "chrome.tabs.query({active: true, lastFocusedWindow: true}).then(([tab]) => "
            "chrome.commands.onCommand.dispatch('next-mark', tab))"
        )

    def press_menu(self, item: str, *, was_checked: bool = False) -> None:
        # Headless Chromium shows no menus either. A made event lets nobody in, as a real one would, so that is
        # done first. Nor may permissions be asked for in it: the reader's yes was given in Driver.allow.
        self.page.bring_to_front()
        self._driver.let_in(self.page.url)
        info = json.dumps({"menuItemId": item, "wasChecked": was_checked})
        self._driver.worker_js(
            "chrome.permissions.request = (what) => chrome.permissions.contains(what),"
            "chrome.tabs.query({active: true, lastFocusedWindow: true}).then(([tab]) => "
            f"chrome.contextMenus.onClicked.dispatch({info}, tab))"
        )

    def click(self, x: float, y: float) -> None:
        self.page.mouse.click(x, y)

    def key(self, name: str) -> None:
        self.page.keyboard.press(name)

    def badge(self) -> str:
        return str(self._driver.worker_js(_BADGE))

    def accessibility(self) -> list[dict[str, str]]:
        """Role and name of everything that assistive technology is told of."""
        nodes = self._cdp.send("Accessibility.getFullAXTree")["nodes"]
        kept = (node for node in nodes if not node.get("ignored"))
        return [{key: str(node.get(key, {}).get("value", "")) for key in ("role", "name")} for node in kept]

    def heap(self) -> float:
        """Bytes that a page and all scripts in it hold, garbage collected: of JavaScript, of the DOM, of buffers."""
        for _ in range(2):
            self._cdp.send("HeapProfiler.collectGarbage")
        used = self._cdp.send("Runtime.getHeapUsage")
        return float(sum(used.get(kind, 0) for kind in ("usedSize", "embedderHeapUsedSize", "backingStorageSize")))

    def density(self, width: int, height: int, factor: int) -> None:
        """Show the page with this many device pixels for one of its own, as zooming does."""
        size = {"width": width, "height": height, "deviceScaleFactor": factor, "mobile": False}
        self._cdp.send("Emulation.setDeviceMetricsOverride", size)

    def screenshot(self, path: Path) -> None:
        self.page.screenshot(path=path)

    def close(self) -> None:
        self.page.close()


_BADGE = (
    "chrome.tabs.query({active: true, lastFocusedWindow: true})"
    ".then(([tab]) => chrome.action.getBadgeText({tabId: tab.id}))"
)


class ChromiumDriver:
    """Chromium with the extension loaded."""

    name = "chromium"

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        worker = context.service_workers[0] if context.service_workers else context.wait_for_event("serviceworker")
        self.extension = worker.url.rsplit("/", 2)[0]
        # A fresh installation opens the options page, in whichever tab is empty.
        while not any(page.url.startswith(self.extension) for page in context.pages):
            context.pages[0].wait_for_timeout(20)
        # Where the extension went: its background, its pages and its panel, over the whole session.
        self.servers: set[str] = set()
        self.contacted: set[str] = set()
        context.on("request", self._note)
        assert context.browser is not None
        self._browser_cdp = context.browser.new_browser_cdp_session()

    def _note(self, request: Request) -> None:
        """Keep the origin of a request that the extension made; its own files are no contact."""
        by = request.service_worker.url if request.service_worker else _frame_address(request)
        if by.startswith(self.extension) and not request.url.startswith(self.extension):
            parts = urlsplit(request.url)
            self.contacted.add(f"{parts.scheme}://{parts.netloc}")

    def new_tab(self) -> ChromiumTab:
        return ChromiumTab(self)

    def worker_js(self, expression: str) -> Any:
        """Evaluate in the background, which may have been restarted since."""
        return self.context.service_workers[-1].evaluate(expression)

    def extension_js(self, expression: str) -> Any:
        """Evaluate in a page of the extension, which sees its other pages."""
        page = next(page for page in self.context.pages if page.url.startswith(self.extension))
        return page.evaluate(expression)

    def front_tab(self) -> int:
        return int(self.worker_js(FRONT_TAB))

    def open_panel(self, tab: ChromiumTab) -> None:
        """By the button of the message in the corner: headless Chromium has no window that takes a shortcut."""
        press_in_shadow(tab, ".toast .action", "List all flags")
        panels = "chrome.runtime.getContexts({contextTypes: ['SIDE_PANEL']}).then((all) => all[0]?.documentUrl)"
        wait_for(lambda: self.worker_js(panels) == f"{self.extension}/{PANEL}")

    def close_panel(self) -> None:
        views = "chrome.extension.getViews().filter((view) => !view.location.search"
        self.extension_js(f"{views} && view.location.href.endsWith('/{PANEL}')).forEach((view) => view.close())")

    def panel_beside(self) -> str:
        return str(self.extension_js(PANEL_BESIDE))

    def clipboard(self) -> str:
        self.context.grant_permissions(["clipboard-read"])
        found = self.context.pages[-1].evaluate("navigator.clipboard.readText()")
        self.context.clear_permissions()
        return str(found)

    def trigger_action(self, address: str) -> None:
        """Press the toolbar icon over the page in front, which shows this address."""
        self.aim(address)()

    def aim(self, address: str) -> Callable[[], Any]:
        """The press alone, for whoever takes its time."""
        tab = wait_for(lambda: self._tab_in_front(address))
        target = {"id": self.extension.split("/")[-1], "targetId": tab}
        return lambda: self._browser_cdp.send("Extensions.triggerAction", target)

    def let_in(self, address: str) -> None:
        """Grant ``activeTab`` as any real click on the extension does, by one that opens a popup and checks nothing."""
        self.worker_js("chrome.action.setPopup({popup: 'pages/notice.html'})")
        self.trigger_action(address)
        self.worker_js("chrome.action.setPopup({popup: ''})")

    def _tab_in_front(self, address: str) -> str | None:
        """The target of the tab in front; none while one has no data of its embedder yet, as just after it opened."""
        tabs = self._browser_cdp.send("Target.getTargets", {"filter": [{"type": "tab"}]})["targetInfos"]
        # The panel beside the page is told among the tabs, and is none.
        in_front = (tab for tab in tabs if tab.get("embedderData", {}).get("tabActive"))
        return next((tab["targetId"] for tab in in_front if tab["url"] == address), None)

    def stop_worker(self) -> None:
        """Kill the background, as the browser does whenever it likes."""
        for target in self._browser_cdp.send("Target.getTargets")["targetInfos"]:
            if target["type"] == "service_worker":
                self._browser_cdp.send("Target.closeTarget", {"targetId": target["targetId"]})

    def set_storage(self, values: dict[str, Any]) -> None:
        self.servers.add(values.get("server", DEFAULT_SERVER))
        self.worker_js(f"Promise.all([chrome.storage.session.clear(), {store(values)}])")

    def get_storage(self) -> dict[str, Any]:
        found: dict[str, Any] = self.worker_js("chrome.storage.local.get()")
        return found

    def allow(self, pattern: str, *, is_asked: bool = False) -> None:
        """Say yes to what is asked for: the browser is told beforehand, and the extension then asks in a real click."""
        page = self.context.new_page()
        page.goto("chrome://extensions")
        identity = self.extension.split("/")[-1]
        page.evaluate(f"chrome.developerPrivate.addHostPermission('{identity}', '{pattern}')")
        page.goto(f"{self.extension}/pages/notice.html?problem=no_text")
        asked = f"chrome.permissions.request({{origins: ['{pattern}']}}).then(() => (document.title = 'granted'))"
        page.evaluate(f"() => addEventListener('click', () => {{ {asked}; }})")
        page.mouse.click(5, 5)
        page.wait_for_function("document.title === 'granted'")
        page.close()

    def revoke(self, pattern: str) -> None:
        """Take a permission away where the browser lists it."""
        if pattern not in self.granted():
            return
        page = self.context.new_page()
        page.goto("chrome://extensions")
        identity = self.extension.split("/")[-1]
        page.evaluate(f"chrome.developerPrivate.removeHostPermission('{identity}', '{pattern}')")
        page.close()

    def granted(self) -> list[str]:
        """The patterns of addresses that the extension is let into."""
        return list(self.worker_js("chrome.permissions.getAll()")["origins"])


def _frame_address(request: Request) -> str:
    """The page that a request comes from; none while that page itself is being opened."""
    return "" if request.is_navigation_request() else request.frame.url


@contextmanager
def open_chromium(playwright: Playwright, program: str, extension: Path, profile: Path) -> Iterator[ChromiumDriver]:
    """Chromium with an unpacked extension. Every name and address leads to this machine, with any certificate."""
    context = playwright.chromium.launch_persistent_context(
        profile,
        executable_path=program,
        headless=True,
        viewport={"width": 1000, "height": 800},
        args=[
            f"--disable-extensions-except={extension}",
            f"--load-extension={extension}",
            "--enable-unsafe-extension-debugging",
            "--host-resolver-rules=MAP * 127.0.0.1",
            "--ignore-certificate-errors",
        ],
    )
    yield ChromiumDriver(context)
    context.close()
