"""Card, message, preview and notice are for everyone: both schemes by WCAG's rules, narrow windows, keys, no motion.

Options page and panel are looked at in test_options.py and test_panel_looks.py.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest

from tests.axe import check_with_axe
from tests.browser.chromium import ChromiumDriver, ChromiumTab
from tests.browser.conftest import LiveServer
from tests.browser.drivers import OPTIONS, Tab, check, press, unfold, wait_for, wait_shown

EXTENSION = Path(__file__).parents[2] / "extension"
Scheme = Literal["light", "dark"]
COPY = """(root) => JSON.stringify([root.innerHTML,
  root.adoptedStyleSheets.map((sheet) => Array.from(sheet.cssRules, (rule) => rule.cssText).join('')).join('')])"""
PASTE = """([html, css]) => {
  const root = document.getElementById('host').attachShadow({mode: 'open'});
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [sheet];
  root.innerHTML = html;
}"""
SHELL = "<!doctype html><html lang=en><title>Copy</title><main><h1>Copy</h1><div id=host></div></main></html>"
# What of the parts in the corner sticks out of the window, beside boxes that scroll by themselves.
STICKS_OUT = """(root) => JSON.stringify(Array.from(root.querySelectorAll('*'))
  .filter((one) => one.checkVisibility())
  .filter((one) => one.getBoundingClientRect().right > innerWidth || one.getBoundingClientRect().left < 0
    || (one.scrollWidth > one.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(one).overflowX)))
  .map((one) => one.tagName + '.' + one.className))"""
FOCUSED = "document.activeElement.id || document.activeElement.className || document.activeElement.tagName"


@pytest.fixture
def page(chromium: ChromiumDriver, live: LiveServer, site: str) -> Iterator[ChromiumTab]:
    """A page that was checked, with its message in the corner."""
    chromium.set_storage(live.pairing())
    tab = ChromiumTab(chromium)
    tab.open(f"{site}/hype.html")
    check(tab)
    yield tab
    tab.close()


def show(tab: ChromiumTab, part: str) -> None:
    """Bring a part into the corner: ``toast``, ``card``, its ``menu``, or ``preview``."""
    if part == "toast":
        return
    # By its shortcut, since in a narrow window the message lies over the words.
    for number in (1, 2, 3):
        tab.press_next()
        wait_shown(tab, f"{number} of 8")
    tab.js_in_shadow("(root) => root.querySelectorAll('details').forEach((one) => { one.open = true; })")
    if part == "menu":
        press(tab, "Mute…: Overclaim")
    if part == "preview":
        press(tab, "This is wrong: Overclaim")
        wait_shown(tab, "Nothing is sent before you press Send")


@pytest.mark.parametrize("part", ["toast", "card", "menu", "preview"])
def test_what_stands_in_the_page_is_accessible(chromium: ChromiumDriver, page: ChromiumTab, part: str) -> None:
    show(page, part)
    # Nobody can look into a closed tree, axe neither: a copy with the same style in an open one is looked at.
    copied = json.loads(page.js_in_shadow(COPY))
    copy = ChromiumTab(chromium)
    copy.page.set_content(SHELL)
    copy.page.evaluate(PASTE, copied)
    schemes: tuple[Scheme, ...] = ("light", "dark")
    for scheme in schemes:
        copy.page.emulate_media(color_scheme=scheme)
        check_with_axe(copy.page)
    copy.close()


@pytest.mark.parametrize("part", ["toast", "card", "menu", "preview"])
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_a_window_at_400_percent_cuts_nothing_off(page: ChromiumTab, part: str, direction: str) -> None:
    page.page.set_viewport_size({"width": 320, "height": 256})
    page.js(f"document.documentElement.dir = '{direction}'")
    show(page, part)
    assert json.loads(page.js_in_shadow(STICKS_OUT)) == []


def test_the_notice_under_the_icon_is_accessible(chromium: ChromiumDriver) -> None:
    tab = ChromiumTab(chromium)
    tab.open(f"{chromium.extension}/pages/notice.html?problem=pdf_page")
    schemes: tuple[Scheme, ...] = ("light", "dark")
    for scheme in schemes:
        tab.page.emulate_media(color_scheme=scheme)
        check_with_axe(tab.page)
    tab.page.set_viewport_size({"width": 320, "height": 256})
    assert tab.js("document.scrollingElement.scrollWidth") <= 320
    # What the address says is never shown, only looked up.
    tab.open(f"{chromium.extension}/pages/notice.html?problem=<img src=x onerror=1>")
    assert "The browser does not let Pinch read this page" in tab.page.inner_text("main")
    assert tab.js("document.images.length") == 0
    tab.close()


def test_keys_walk_the_options_from_top_to_bottom(tab: Tab, paired: LiveServer, browser_driver: ChromiumDriver) -> None:
    tab.open(f"{browser_driver.extension}/{OPTIONS}")
    wait_for(lambda: tab.js("document.getElementById('families').innerText"))
    unfold(tab)
    tops: list[float] = []
    names: list[str] = []
    for _ in range(14):
        tab.key("Tab")
        names.append(str(tab.js(FOCUSED)))
        tops.append(float(tab.js("document.activeElement.getBoundingClientRect().top + scrollY")))
    assert names[:3] == ["test", "unpair", "balanced"]
    assert tops == sorted(tops)
    outline = tab.js(
        "getComputedStyle(document.activeElement).outlineStyle + document.activeElement.matches(':focus-visible')"
    )
    assert outline not in ("nonetrue", "nonefalse")


def test_keys_walk_the_card_and_stay_where_they_were_put(page: ChromiumTab) -> None:
    page.press_next()
    wait_shown(page, "1 of 8")
    walked = []
    for _ in range(5):
        page.key("Tab")
        walked.append(page.js_in_shadow("(root) => root.activeElement?.ariaLabel ?? root.activeElement?.className"))
    assert walked[:3] == ["Previous flagged words", "Next flagged words", "Close (Escape)"]
    assert None not in walked


def test_nothing_moves_for_who_wants_no_motion() -> None:
    for path in (*EXTENSION.rglob("*.css"), *EXTENSION.rglob("style.js")):
        text = path.read_text("utf-8")
        free = text.split("@media (prefers-reduced-motion: no-preference)")[0]
        for word in ("transition:", "animation:", "scroll-behavior: smooth", "@keyframes"):
            assert word not in free, path
    for path in EXTENSION.rglob("*.js"):
        assert 'behavior: "smooth"' not in path.read_text("utf-8"), path
