"""One way to drive both browsers, so that every test runs in both.

Nothing in the extension knows that it is tested: the icon is pressed through the browser, marks are read from the
page's own highlight registry, and the card is read through the debugger, which alone can see into a closed shadow root.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

# The host of card and toast is the last child of the root element.
HOST = "document.querySelector(':root').lastElementChild"
HAS_HOST = f"{HOST}?.popover === 'manual'"
READ_MARKS = """(() => {
  const words = (range) => {
    // A page may have changed under a mark that has not followed yet.
    if (!range.startContainer.isConnected || range.endOffset > range.endContainer.length) return ['', ''];
    const live = new Range();
    live.setStart(range.startContainer, range.startOffset);
    live.setEnd(range.endContainer, range.endOffset);
    const home = range.startContainer.parentElement?.closest('[id]');
    return [home ? home.id : '', live.toString()];
  };
  const found = {};
  for (const name of ['promise', 'source', 'risk', 'push', 'own', 'open', 'tint-promise']) {
    const highlight = CSS.highlights.get('pinch-' + name);
    if (highlight) found[name] = Array.from(highlight.values(), words);
  }
  return JSON.stringify(found);
})()"""
# Where the extension looks for its server before anybody named one.
DEFAULT_SERVER = "http://127.0.0.1:8765"
CHECKING = "Checking this page …"
OPTIONS = "pages/options.html"
PANEL = "panel/panel.html"
# The text of the panel beside the page, empty while there is none; for any other page of the extension.
PANEL_BESIDE = f"""(chrome.extension.getViews().find((view) => view.location.href.endsWith('/{PANEL}'))
  ?.document.body?.innerText ?? '')"""
FRONT_TAB = "chrome.tabs.query({active: true, lastFocusedWindow: true}).then(([tab]) => tab.id)"
Marks = dict[str, list[list[str]]]


class Tab(Protocol):
    """One tab of a browser with the extension."""

    def open(self, address: str) -> None: ...
    def js(self, expression: str) -> Any: ...
    def js_in_shadow(self, function: str) -> Any: ...
    def press_icon(self) -> None: ...
    def press_next(self) -> None: ...
    def press_menu(self, item: str, *, was_checked: bool = False) -> None: ...
    def click(self, x: float, y: float) -> None: ...
    def key(self, name: str) -> None: ...
    def badge(self) -> str: ...
    def screenshot(self, path: Path) -> None: ...
    def close(self) -> None: ...


class Driver(Protocol):
    """A browser with the extension."""

    name: str
    extension: str
    # The servers that it was paired with, or asked to pair with.
    servers: set[str]

    @property
    def contacted(self) -> set[str]: ...
    def new_tab(self) -> Tab: ...
    def front_tab(self) -> int: ...
    def open_panel(self, tab: Any) -> None: ...
    def close_panel(self) -> None: ...
    def panel_beside(self) -> str: ...
    def clipboard(self) -> str: ...
    def set_storage(self, values: dict[str, Any]) -> None: ...
    def get_storage(self) -> dict[str, Any]: ...
    def allow(self, pattern: str, *, is_asked: bool = False) -> None: ...
    def revoke(self, pattern: str) -> None: ...
    def granted(self) -> list[str]: ...


def store(values: dict[str, Any]) -> str:
    """JavaScript that puts these values, and no others, into the extension's store."""
    return f"chrome.storage.local.clear().then(() => chrome.storage.local.set({json.dumps(values)}))"


def wait_for(read: Callable[[], Any], *, seconds: float = 8) -> Any:
    """What ``read`` gives as soon as it gives something; fails after a while."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if value := read():
            return value
        time.sleep(0.03)
    raise AssertionError("This did not come about in time.")


def marks(tab: Tab) -> Marks:
    """The marked words of each family, as [id of the element around, words]."""
    found: Marks = json.loads(tab.js(READ_MARKS))
    return found


def shown(tab: Tab) -> str:
    """The words of card and toast; empty when neither is there."""
    if not tab.js(HAS_HOST):
        return ""
    return str(tab.js_in_shadow("(root) => Array.from(root.children, (part) => part.innerText).join('\\n')") or "")


def wait_shown(tab: Tab, words: str) -> str:
    """The words of card and toast as soon as they hold ``words``."""
    return str(wait_for(lambda: text if words in (text := shown(tab)) else ""))


def check(tab: Tab) -> str:
    """Press the icon and wait for the result, which an earlier one may still stand in the place of."""
    if tab.js(HAS_HOST):
        tab.js_in_shadow("(root) => root.querySelectorAll('.toast .title').forEach((one) => { one.dataset.old = ''; })")
    tab.press_icon()
    told = "(root) => root.querySelector('.toast .title:not([data-old])')?.textContent"
    wait_for(lambda: tab.js(HAS_HOST) and tab.js_in_shadow(told) not in (None, CHECKING))
    return shown(tab)


def press_in_shadow(tab: Tab, selector: str, words: str = "") -> None:
    """Click the first button of card or toast that fits and holds these words, as a person would."""
    x, y = json.loads(tab.js_in_shadow(_IN_SHADOW % (json.dumps(selector), json.dumps(words))))
    tab.click(x, y)


_IN_SHADOW = """(root) => {
  const button = Array.from(root.querySelectorAll(%s)).find((one) => one.textContent.includes(%s));
  button.scrollIntoView({block: 'nearest', behavior: 'instant'});
  const box = button.getBoundingClientRect();
  return JSON.stringify([box.x + box.width / 2, box.y + box.height / 2]);
}"""


def click_on(tab: Tab, element_id: str, words: str) -> None:
    """Click the middle of some words in an element as a person would."""
    x, y = json.loads(tab.js(_MIDDLE % (json.dumps(element_id), json.dumps(words))))
    tab.click(x, y)


def press(tab: Tab, label: str) -> None:
    """Click a button of card, toast or preview, by its words or its label, as a person would."""
    x, y = json.loads(wait_for(lambda: tab.js(HAS_HOST) and tab.js_in_shadow(_BUTTON % json.dumps(label))))
    tab.click(x, y)


_BUTTON = """(root) => {
  const all = Array.from(root.querySelectorAll('button, summary, input, textarea, select'));
  const button = all.find((one) => [one.textContent, one.ariaLabel, one.type].includes(%s));
  if (!button?.checkVisibility()) return null;
  button.scrollIntoView({block: 'nearest', behavior: 'instant'});
  const box = button.getBoundingClientRect();
  return JSON.stringify([box.x + box.width / 2, box.y + box.height / 2]);
}"""


def unfold(tab: Tab) -> None:
    """Open all folded sections of a page."""
    tab.js("document.querySelectorAll('details').forEach((part) => { part.open = true; })")


def click_element(tab: Tab, element_id: str) -> None:
    """Click the middle of an element as a person would."""
    box = f"document.getElementById({json.dumps(element_id)})"
    tab.js(f"{box}.scrollIntoView({{block: 'center', behavior: 'instant'}})")
    middle = "(({x, y, width, height}) => JSON.stringify([x + width / 2, y + height / 2]))"
    x, y = json.loads(tab.js(f"{middle}({box}.getBoundingClientRect())"))
    tab.click(x, y)


_MIDDLE = """((id, words) => {
  const walker = document.createTreeWalker(document.querySelector("#" + id), NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = node.data.indexOf(words);
    if (at < 0) continue;
    const range = new Range();
    range.setStart(node, at);
    range.setEnd(node, at + words.length);
    range.startContainer.parentElement.scrollIntoView({block: 'center', behavior: 'instant'});
    const box = range.getBoundingClientRect();
    return JSON.stringify([box.x + box.width / 2, box.y + box.height / 2]);
  }
  throw new Error('these words are not there');
})(%s, %s)"""
