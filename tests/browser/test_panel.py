"""The panel beside the page lists what was found, leads to it, and says what was not checked."""

from __future__ import annotations

import json
from typing import Any

from tests.browser import fake_server
from tests.browser.conftest import LiveServer
from tests.browser.drivers import (
    PANEL,
    Driver,
    Tab,
    check,
    click_element,
    marks,
    press_in_shadow,
    shown,
    wait_for,
    wait_shown,
)
from tests.browser.fake_server import HOSTILE, FakeServer
from tests.browser.firefox import FirefoxDriver

TEXT = "document.body.innerText"
ITEMS = "JSON.stringify(Array.from(document.querySelectorAll('#list button'), (one) => one.innerText.split('\\n')))"
FOCUSED = "document.activeElement.innerText"
CURRENT = "document.querySelector('#list [aria-current]')?.innerText ?? ''"


def open_panel(driver: Driver, page: Tab) -> Tab:
    """The panel in a tab of its own, following the page's tab, which is in front."""
    address = f"{driver.extension}/{PANEL}?tab={driver.front_tab()}"
    panel = driver.new_tab()
    panel.open(address)
    wait_for(lambda: panel.js("document.getElementById('check').innerText"))
    return panel


def wait_panel(panel: Tab, words: str) -> str:
    """The panel's words as soon as they hold ``words``."""
    return str(wait_for(lambda: text if words in (text := str(panel.js(TEXT))) else ""))


def items(panel: Tab) -> list[list[str]]:
    found: list[list[str]] = json.loads(panel.js(ITEMS))
    return found


def test_the_list_leads_to_the_words(tab: Tab, browser_driver: Driver, paired: LiveServer, site: str) -> None:
    tab.open(f"{site}/hype.html")
    check(tab)
    panel = open_panel(browser_driver, tab)
    assert "10 flags on this page" in wait_panel(panel, "False safety (1)")
    assert len(items(panel)) == 10
    assert items(panel)[0] == ["A dose of this tea is perfectly safe.", "at 60 % of the page"]
    click_element(panel, "by-page")
    assert [item[0] for item in items(panel)[:3]] == ["Miracle language", "Hidden-truth claim", "Overclaim"]
    panel.key("Tab")  # out of the choice of order, into the list
    assert "Miracle language" in panel.js(FOCUSED)
    for _ in range(2):
        panel.key("ArrowDown")
    assert "reverses depression" in panel.js(FOCUSED)
    panel.key("Enter")
    wait_shown(tab, "2 flags on these words")
    assert sorted(text for _, text in marks(tab)["open"]) == ["reverses", "studies\n     show"]
    wait_for(lambda: "reverses depression" in panel.js(CURRENT))
    panel.close()


def test_the_panel_follows_the_page(tab: Tab, browser_driver: Driver, paired: LiveServer, site: str) -> None:
    tab.open(f"{site}/changing.html")
    check(tab)
    panel = open_panel(browser_driver, tab)
    wait_for(lambda: len(items(panel)) == 2)
    assert items(panel)[0][0] == "It is said that this tea is a miracle for all."
    panel.js("document.querySelector('#list button').focus()")
    tab.js("document.getElementById('text').firstChild.data = 'This tea is hot.'")
    wait_for(lambda: len(items(panel)) == 1)
    wait_panel(panel, "1 flag on this page")
    assert panel.js(FOCUSED) == "\n".join(items(panel)[0]), "the focus stays in the list"
    click_element(panel, "check")
    assert "Nothing of this page has been read." in wait_panel(panel, "Not checked yet")
    assert marks(tab) == {}
    assert items(panel) == []
    click_element(panel, "check")
    wait_panel(panel, "1 flag on this page")
    wait_for(lambda: len(marks(tab)["promise"]) == 1)
    tab.open(f"{site}/calm.html")
    wait_panel(panel, "Not checked yet")
    panel.close()


def test_what_was_not_checked_is_told(tab: Tab, browser_driver: Driver, paired_fake: FakeServer, site: str) -> None:
    link = {"text": "Find a line", "href": "https://example.org/help"}
    notices: list[dict[str, Any]] = [
        {"type": "retraction", "title": "A paper was retracted", "text": HOSTILE, "links": [], "blocks": []},
        {"type": "crisis", "title": "Someone can listen now", "text": "Call.", "links": [link], "blocks": []},
    ]
    line = {"text": "Fish and milk hold it.", "sources": []}
    card = {"id": "b12", "title": HOSTILE, "known": [line], "sources": [], "checked_on": None, "reviewed_by": None}
    paired_fake.body = fake_server.report(
        [fake_server.flag("b0", 0, "Vitamin B12", title=HOSTILE)],
        state="partly-checked",
        state_reason="Half of it is in Welsh.",
        notices=notices,
        context={"b12": card},
    )
    tab.open(f"{site}/calm.html")
    check(tab)
    panel = open_panel(browser_driver, tab)
    words = wait_panel(panel, "Half of it is in Welsh.")
    assert words.index("Someone can listen now") < words.index("A paper was retracted") < words.index("Order")
    for told in ("Only partly checked.", "What was not checked", "Never read: form fields", "What is known: <img"):
        assert told in words
    assert panel.js("document.querySelectorAll('main img, main b, main script').length") == 0
    panel.close()


def test_help_for_words_that_came_later_reaches_the_panel(
    tab: Tab, browser_driver: Driver, paired_fake: FakeServer, site: str
) -> None:
    tab.open(f"{site}/growing.html")
    check(tab)
    panel = open_panel(browser_driver, tab)
    wait_panel(panel, "Nothing flagged")
    help_now: dict[str, Any] = {"type": "crisis", "title": "Someone can listen now", "text": "Call.", "links": []}
    paired_fake.body = fake_server.report([], notices=[{**help_now, "blocks": []}])
    tab.js("append('late', 'Nobody would miss me, and nobody has.')")
    wait_panel(panel, "Someone can listen now")
    panel.close()


def test_why_a_page_is_not_checked(tab: Tab, browser_driver: Driver, live: LiveServer, site: str) -> None:
    browser_driver.set_storage({})
    tab.open(f"{site}/german.html")
    panel = open_panel(browser_driver, tab)
    wait_panel(panel, "Not checked yet")
    click_element(panel, "check")
    # Only a press on the icon opens a page to us.
    wait_panel(panel, "Press Pinch's icon on this page")
    check(tab)
    wait_panel(panel, "This browser is not paired yet")
    browser_driver.set_storage(live.pairing())
    click_element(panel, "check")
    assert "English only" in wait_panel(panel, "Not checked\n")
    assert panel.js("document.getElementById('take').hidden") is True
    panel.close()


def test_findings_are_copied_as_annotations_that_fit_the_page(
    tab: Tab, browser_driver: Driver, paired: LiveServer, site: str
) -> None:
    tab.open(f"{site}/unicode.html?secret=1")
    check(tab)
    panel = open_panel(browser_driver, tab)
    wait_panel(panel, "Take it along")
    panel.js("document.getElementById('form').value = 'annotations'")
    click_element(panel, "copy")
    wait_panel(panel, "Copied.")
    copied = json.loads(browser_driver.clipboard())
    assert copied["total"] == len(marks(tab)["promise"]) == 7
    text = str(tab.js("document.body.textContent"))
    for item in copied["first"]["items"]:
        assert item["target"]["source"] == f"{site}/unicode.html"
        quote, position = item["target"]["selector"]
        # Python counts code points, as the model wants it.
        assert text[position["start"] : position["end"]] == quote["exact"]
        assert text[: position["start"]].endswith(quote["prefix"])
        assert text[position["end"] :].startswith(quote["suffix"])
    panel.close()


def test_the_real_panel_opens_beside_the_page(tab: Tab, browser_driver: Driver, paired: LiveServer, site: str) -> None:
    tab.open(f"{site}/hype.html")
    check(tab)
    browser_driver.open_panel(tab)
    wait_for(lambda: "10 flags on this page" in browser_driver.panel_beside())
    other = browser_driver.new_tab()
    other.open(f"{site}/calm.html")
    wait_for(lambda: "Not checked yet" in browser_driver.panel_beside())
    check(other)
    wait_for(lambda: "Nothing flagged is not the same as true." in browser_driver.panel_beside())
    other.close()
    wait_for(lambda: "10 flags on this page" in browser_driver.panel_beside())
    browser_driver.close_panel()
    wait_for(lambda: not browser_driver.panel_beside())


def test_firefox_opens_the_list_of_the_card_in_a_tab(firefox: FirefoxDriver, live: LiveServer, site: str) -> None:
    # Firefox takes no press in a page for one in the extension.
    firefox.set_storage(live.pairing())
    tab = firefox.new_tab()
    tab.open(f"{site}/hype.html")
    check(tab)
    tab.press_next()
    wait_shown(tab, "1 of 8")
    press_in_shadow(tab, ".card .action", "List all flags")
    find = "chrome.tabs.query({}).then((all) => all.some((one) => /panel[.]html[?]tab=/.test(one.url)))"
    wait_for(lambda: firefox.extension_js(find))
    assert "1 of 8" in shown(tab)
    firefox.extension_js(
        "chrome.tabs.query({}).then((all) => chrome.tabs.remove(all.find((one) => /panel[.]html/.test(one.url)).id))"
    )
    tab.close()
