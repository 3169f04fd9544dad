"""Whether a page in a browser keeps to axe's rules."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page


def check_with_axe(page: Page) -> None:
    """No rule of axe is broken on the page as it stands.

    A press that leads elsewhere is over before the style sheets of the next page are there; without them axe would
    find the browser's own colours.
    """
    page.wait_for_load_state()
    found = Axe().run(page)
    assert found.violations_count == 0, f"{page.url}: {found.generate_report()}"
