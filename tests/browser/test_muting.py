"""What a reader mutes or watches for shows at once, is counted, and can be taken back."""

from __future__ import annotations

import json

from tests.browser import fake_server
from tests.browser.chromium import ChromiumDriver, ChromiumTab
from tests.browser.conftest import LiveServer
from tests.browser.drivers import (
    HAS_HOST,
    Driver,
    Marks,
    Tab,
    check,
    click_on,
    marks,
    press,
    shown,
    wait_for,
    wait_shown,
)
from tests.browser.fake_server import FakeServer

FOCUS = "(root) => root.activeElement?.ariaLabel ?? root.activeElement?.textContent"


def sorted_marks(tab: Tab) -> Marks:
    return {family: sorted(words) for family, words in marks(tab).items() if family != "open"}


def tab_to(tab: Tab, label: str) -> None:
    """Press Tab until this has the focus."""
    for _ in range(20):
        if tab.js_in_shadow(FOCUS) == label:
            return
        tab.key("Tab")
    raise AssertionError(f"Tab does not lead to {label}.")


def test_muting_takes_effect_at_once_and_can_be_undone(
    tab: Tab, browser_driver: Driver, paired: LiveServer, site: str
) -> None:
    tab.open(f"{site}/hype.html")
    check(tab)
    before = sorted_marks(tab)
    click_on(tab, "lead", "reverses")
    press(tab, "Mute…: Overclaim")
    press(tab, "Mute this flag: Overclaim")
    words = wait_shown(tab, "Muted: Overclaim")
    assert "1 flag on this page is muted by you." in words
    assert [id for id, _ in marks(tab)["promise"]] == ["", "quote"]
    assert browser_driver.get_storage()["flagsOff"] == ["overclaim"]
    wait_for(lambda: tab.badge() == "9")
    press(tab, "Undo")
    wait_for(lambda: sorted_marks(tab) == before)
    assert browser_driver.get_storage()["flagsOff"] == []
    click_on(tab, "lead", "reverses")
    press(tab, "Mute…: Vague authority")
    press(tab, "Mute this phrase: “studies show”")
    # All flags of the sentence that holds the phrase.
    assert "2 flags on this page are muted by you." in wait_shown(tab, "Muted: “studies show”")
    assert browser_driver.get_storage()["mutedPhrases"] == ["studies show"]
    tab.press_icon()
    wait_for(lambda: not marks(tab))
    words = check(tab)
    assert "8 flags on this page" in words
    assert "2 flags on this page are muted by you." in words


def test_a_muted_site_is_read_only_when_its_reader_says_so(
    tab: Tab, browser_driver: Driver, paired_fake: FakeServer, site: str
) -> None:
    paired_fake.body = fake_server.report([fake_server.flag("b0", 0, "Vitamin B12")])
    tab.open(f"{site}/calm.html")
    check(tab)
    tab.press_next()
    press(tab, "Mute…: Miracle language")
    press(tab, f"Mute this site: {site.removeprefix('http://')}")
    wait_shown(tab, "Pinch asks you before it checks")
    assert marks(tab) == {}
    assert browser_driver.get_storage()["mutedSites"] == [site]
    wait_for(lambda: tab.badge() == "")
    paired_fake.asked.clear()
    tab.open(f"{site}/calm.html")
    tab.press_icon()
    wait_shown(tab, "nothing on it was read")
    assert paired_fake.asked == []
    press(tab, "Check this page once")
    wait_shown(tab, "1 flag on this page")
    tab.press_icon()
    wait_for(lambda: not marks(tab))
    tab.press_icon()
    press(tab, "Mute it no more")
    wait_shown(tab, "1 flag on this page")
    assert browser_driver.get_storage()["mutedSites"] == []


def test_a_muted_page_that_was_said_yes_to_is_followed_as_it_grows(
    tab: Tab, browser_driver: Driver, paired_fake: FakeServer, site: str
) -> None:
    browser_driver.set_storage({**browser_driver.get_storage(), "mutedSites": [site]})
    paired_fake.answer = fake_server.flag_miracles
    tab.open(f"{site}/growing.html")
    tab.press_icon()
    press(tab, "Check this page once")
    wait_for(lambda: marks(tab).get("promise") == [["first", "miracle"]])
    tab.js("append('late', 'Late in the year this tea is a miracle too.')")
    wait_for(lambda: ["late", "miracle"] in marks(tab)["promise"])
    # The yes was for this visit: where the page moves on, it is asked for again.
    count = len(paired_fake.questions())
    tab.js("goTo('/journal/2', 'Here this tea is a miracle, says the journal.')")
    wait_for(lambda: tab.badge() == "!")
    tab.press_icon()
    wait_shown(tab, "nothing on it was read")
    assert len(paired_fake.questions()) == count


def test_watched_phrases_have_a_line_of_their_own(
    tab: Tab, browser_driver: Driver, paired: LiveServer, site: str
) -> None:
    watched = [{"phrase": "trials OF it", "note": "Which trials?"}, {"phrase": "banner", "note": ""}]
    browser_driver.set_storage({**paired.pairing(), "watched": watched, "look": "strong"})
    tab.open(f"{site}/hype.html")
    words = check(tab)
    assert "10 flags on this page" in words
    assert "1 phrase that you watch for." in words
    found = marks(tab)
    assert found["own"] == [["plain", "Trials of it"]]
    assert found["tint-promise"] == found["promise"]
    style = "getComputedStyle(document.body, '::highlight(pinch-own)').textDecorationStyle"
    assert tab.js(style) == "double"
    click_on(tab, "plain", "Trials")
    words = wait_shown(tab, "Your own phrase")
    assert "Which trials?" in words
    assert "This is wrong" not in words
    press(tab, "Mute…: Your own phrase")
    press(tab, "Watch for “Trials of it” no more")
    wait_shown(tab, "Watched for no more")
    assert "own" not in marks(tab)
    assert browser_driver.get_storage()["watched"] == watched[1:]
    press(tab, "Undo")
    wait_for(lambda: marks(tab).get("own"))


def test_all_of_it_is_done_by_keyboard(tab: Tab, paired: LiveServer, site: str) -> None:
    tab.open(f"{site}/hype.html")
    tab.js("document.getElementById('shop').focus()")
    check(tab)
    tab.press_next()
    wait_shown(tab, "1 of 8")
    tab_to(tab, "This is wrong: Miracle language")
    tab_to(tab, "Mute…: Miracle language")
    tab.key("Enter")
    tab.key("Tab")
    assert tab.js_in_shadow(FOCUS) == "Mute this flag: Miracle language"
    tab.key("Escape")
    assert tab.js_in_shadow(FOCUS) == "Mute…: Miracle language"
    tab.key("Enter")
    tab.key("Tab")
    tab.key("Enter")
    wait_shown(tab, "Muted: Miracle language")
    wait_for(lambda: tab.js_in_shadow(FOCUS) == "Undo")
    tab.key("Enter")
    wait_for(lambda: len(marks(tab)["promise"]) == 3)
    tab.press_next()
    wait_shown(tab, "1 of 8")
    tab.key("Escape")
    wait_for(lambda: not tab.js(HAS_HOST))
    assert shown(tab) == ""
    assert json.loads(tab.js("JSON.stringify(document.activeElement.id)")) == "shop"


def test_paper_and_right_to_left_pages(chromium: ChromiumDriver, live: LiveServer, site: str) -> None:
    chromium.set_storage({**live.pairing(), "look": "strong"})
    tab = ChromiumTab(chromium)
    tab.open(f"{site}/hype.html")
    tab.js("document.documentElement.dir = 'rtl'")
    check(tab)
    click_on(tab, "lead", "reverses")
    wait_shown(tab, "2 flags on these words")
    assert tab.js_in_shadow("(root) => getComputedStyle(root.querySelector('.card')).direction") == "ltr"
    tint = "getComputedStyle(document.body, '::highlight(pinch-tint-risk)').backgroundColor"
    line = "getComputedStyle(document.body, '::highlight(pinch-risk)').textDecorationColor"
    assert tab.js(tint).startswith("rgba(220, 38, 38")
    tab.page.emulate_media(media="print")
    assert tab.js(tint) == "rgba(0, 0, 0, 0)"
    assert tab.js(line) == tab.js("getComputedStyle(document.body).color")
    assert tab.js_in_shadow("(root) => getComputedStyle(root.querySelector('.card')).display") == "none"
    tab.close()
