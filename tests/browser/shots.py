"""One picture each: of a page with its card or message, of the panel, of the options page."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tests.browser.chromium import ChromiumDriver, ChromiumTab
from tests.browser.drivers import OPTIONS, PANEL, check, click_on, press, unfold, wait_for, wait_shown

Scheme = Literal["light", "dark"]


@dataclass(frozen=True, slots=True)
class Window:
    """Size in pixels of the page; 200 % zoom is a window of half the size at twice the density."""

    width: int
    height: int
    zoom: int = 1


WHOLE = Window(1000, 800)
NARROW = Window(360, 640)


def look(
    chromium: ChromiumDriver,
    site: str,
    path: Path,
    *,
    element: str | None,
    words: str = "",
    page: str = "hype",
    scheme: Scheme = "light",
    window: Window = WHOLE,
    forced: bool = False,
    presses: tuple[str, ...] = (),
) -> None:
    """One picture of a page, with the card of some words open and some of its buttons pressed."""
    tab = ChromiumTab(chromium)
    tab.page.set_viewport_size({"width": window.width, "height": window.height})
    tab.page.emulate_media(color_scheme=scheme, forced_colors="active" if forced else "none")
    tab.open(f"{site}/{page}.html")
    tab.page.add_style_tag(content=".cookie-bar { display: none }")
    if window.zoom > 1:
        tab.density(window.width, window.height, window.zoom)
    check(tab)
    if element:
        click_on(tab, element, words)
        wait_shown(tab, "does not say whether")
    for label in presses:
        press(tab, label)
        tab.page.wait_for_timeout(200)
    tab.screenshot(path)
    tab.close()


def panel(
    chromium: ChromiumDriver,
    site: str,
    path: Path,
    *,
    page: str = "hype",
    scheme: Scheme = "light",
    window: Window = NARROW,
    forced: bool = False,
    direction: str = "ltr",
    is_whole: bool = False,
) -> None:
    """The panel of a page with a card open; ``is_whole`` with all that it holds, unfolded."""
    tab = ChromiumTab(chromium)
    tab.open(f"{site}/{page}.html")
    check(tab)
    tab.press_next()
    wait_shown(tab, "does not say whether")
    address = f"{chromium.extension}/{PANEL}?tab={chromium.front_tab()}"
    shown = ChromiumTab(chromium)
    shown.page.set_viewport_size({"width": window.width, "height": window.height})
    shown.page.emulate_media(color_scheme=scheme, forced_colors="active" if forced else "none")
    shown.open(address)
    wait_for(lambda: shown.js("document.querySelector('#list [aria-current]') !== null"))
    shown.js(f"document.documentElement.dir = '{direction}'")
    if window.zoom > 1:
        shown.density(window.width, window.height, window.zoom)
    if is_whole:
        shown.js("for (const part of document.querySelectorAll('details')) part.open = true")
    shown.page.screenshot(path=path, full_page=is_whole)
    shown.close()
    tab.close()


def options(
    chromium: ChromiumDriver, path: Path, scheme: Scheme, *, width: int = 1000, is_unfolded: bool = False
) -> None:
    """The options page as a whole."""
    tab = ChromiumTab(chromium)
    tab.page.set_viewport_size({"width": width, "height": 800})
    tab.page.emulate_media(color_scheme=scheme)
    tab.open(f"{chromium.extension}/{OPTIONS}")
    wait_for(lambda: tab.js("document.getElementById('families').innerText"))
    if is_unfolded:
        unfold(tab)
    tab.page.screenshot(path=path, full_page=True)
    tab.close()
