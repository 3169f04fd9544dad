"""The panel is accessible, fits narrow windows, and asks for a site only where the background knows sites."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.axe import check_with_axe
from tests.browser.chromium import ChromiumDriver, ChromiumTab
from tests.browser.conftest import LiveServer
from tests.browser.drivers import check, click_element, wait_for
from tests.browser.test_panel import open_panel, wait_panel

# What a background that knows sites answers, and a browser whose reader says yes.
KNOWS_SITES = """
const send = chrome.runtime.sendMessage.bind(chrome.runtime);
let isAlways = false;
globalThis.asked = [];
chrome.runtime.sendMessage = async (message) => {
  if (!message.type.startsWith("site-")) return await send(message);
  asked.push(message);
  if (message.type !== "site-state") isAlways = message.type === "site-always";
  return { origin: message.origin, isAlways, canBeAlways: true };
};
chrome.permissions.request = async (wanted) => asked.push(wanted) > 0;
"""
TOO_WIDE = """JSON.stringify(Array.from(document.querySelectorAll('body *'))
  .filter((one) => one.getBoundingClientRect().right > innerWidth + 1 || one.getBoundingClientRect().left < -1)
  .map((one) => one.tagName + '#' + one.id + '.' + one.className))"""


@pytest.fixture
def panel(chromium: ChromiumDriver, live: LiveServer, site: str) -> Iterator[ChromiumTab]:
    """The panel of a page with flags, with everything unfolded."""
    chromium.set_storage(live.pairing())
    tab = ChromiumTab(chromium)
    tab.open(f"{site}/hype.html")
    check(tab)
    opened = open_panel(chromium, tab)
    assert isinstance(opened, ChromiumTab)
    wait_panel(opened, "10 flags on this page")
    opened.js("for (const part of document.querySelectorAll('details')) part.open = true")
    yield opened
    opened.close()
    tab.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_panel_is_accessible(panel: ChromiumTab, scheme: str) -> None:
    panel.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    panel.page.set_viewport_size({"width": 360, "height": 800})
    check_with_axe(panel.page)
    heard = {(node["role"], node["name"]) for node in panel.accessibility()}
    for role, name in [
        ("heading", "Overclaim (1)"),
        ("button", "A dose of this tea is perfectly safe. at 60 % of the page"),
        ("radio", "as on the page"),
        ("table", "Flags on this page; places in hundredths of its text"),
    ]:
        assert (role, name) in heard
    assert any(role == "image" and "May lead to harm 60 %, 67 %" in name for role, name in heard)


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_nothing_is_cut_off_when_it_is_narrow(panel: ChromiumTab, direction: str) -> None:
    panel.js(f"document.documentElement.dir = '{direction}'")
    for width in (360, 180, 90):  # a panel of 360 pixels at 100, 200 and 400 %
        panel.page.set_viewport_size({"width": width, "height": 600})
        assert json.loads(panel.js(TOO_WIDE)) == [], width
    scrolls = panel.js("document.documentElement.scrollWidth <= innerWidth")
    assert scrolls is True


def test_chart_and_table_hold_the_same_numbers(panel: ChromiumTab) -> None:
    rows = json.loads(
        panel.js(
            "JSON.stringify(Array.from(document.querySelectorAll('tbody tr'), (row) =>"
            " Array.from(row.cells, (cell) => cell.innerText)))"
        )
    )
    assert ["False safety", "1", "60 %"] in rows
    strokes = panel.js("document.querySelectorAll('.places line:not(.ground)').length")
    assert strokes == sum(int(count) for _, count, _ in rows) == 10
    assert panel.js("document.querySelectorAll('.kinds rect').length") == len(rows)


def test_findings_are_saved_as_a_file(panel: ChromiumTab, tmp_path: Path) -> None:
    with panel.page.expect_download() as saving:
        click_element(panel, "save")
    saved = saving.value
    assert saved.suggested_filename.startswith("pinch-blog.test-")
    path = tmp_path / "saved.md"
    saved.save_as(path)
    text = path.read_text("utf-8")
    assert "## False safety (1)" in text
    assert "> A dose of this tea is perfectly safe." in text


def test_a_site_is_asked_for_where_the_background_knows_sites(panel: ChromiumTab) -> None:
    def told() -> str:
        return str(panel.js("document.getElementById('site').innerText"))

    assert panel.js("document.getElementById('site').hidden") is True
    panel.page.add_init_script(KNOWS_SITES)
    panel.page.reload()
    wait_for(lambda: "Always check this site" in told())
    click_element(panel, "site-act")
    wait_for(lambda: "Stop always checking" in told())
    assert "blog.test" in told()
    click_element(panel, "site-act")
    wait_for(lambda: "Always check this site" in told())
    asked = panel.js("asked")
    origin = asked[0]["origin"]
    assert origin.startswith("http://blog.test:")
    assert asked == [
        {"type": "site-state", "origin": origin},
        {"origins": ["http://blog.test/*"]},
        {"type": "site-always", "origin": origin},
        {"type": "site-once", "origin": origin},
    ]
