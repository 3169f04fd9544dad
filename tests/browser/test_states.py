"""Whatever keeps a page from being checked is said in plain words, with what to do."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from tests.browser import fake_server
from tests.browser.chromium import ChromiumDriver, ChromiumTab
from tests.browser.conftest import LiveServer
from tests.browser.drivers import HAS_HOST, Driver, Tab, check, marks, shown, wait_for, wait_shown
from tests.browser.fake_server import FakeServer


def test_nothing_flagged_is_not_the_same_as_true(tab: Tab, paired: LiveServer, site: str) -> None:
    tab.open(f"{site}/calm.html")
    words = check(tab)
    assert "Nothing flagged" in words
    assert "not the same as true" in words
    assert wait_for(tab.badge) == "0"


def test_server_away(tab: Tab, browser_driver: Driver, site: str) -> None:
    browser_driver.set_storage({"server": "http://127.0.0.1:9", "token": fake_server.TOKEN})
    tab.open(f"{site}/calm.html")
    words = check(tab)
    assert "does not answer" in words
    assert "make run" in words
    assert "pinch serve" in words
    assert "Check again" in words
    assert wait_for(tab.badge) == "!"


def test_not_paired(tab: Tab, browser_driver: Driver, site: str) -> None:
    browser_driver.set_storage({})
    tab.open(f"{site}/calm.html")
    words = check(tab)
    assert "not paired yet" in words
    assert "Open Pinch's options" in words


def test_token_refused(tab: Tab, browser_driver: Driver, live: LiveServer, site: str) -> None:
    browser_driver.set_storage({"server": live.address, "token": fake_server.TOKEN})
    tab.open(f"{site}/calm.html")
    assert "does not know this browser any more" in check(tab)


def test_language_that_is_not_read(tab: Tab, paired: LiveServer, site: str) -> None:
    tab.open(f"{site}/german.html")
    words = check(tab)
    assert "Not checked" in words
    assert "English only" in words
    assert marks(tab) == {}
    assert wait_for(tab.badge) == "!"


def test_too_little_text(tab: Tab, paired_fake: FakeServer, site: str) -> None:
    tab.open(f"{site}/empty.html")
    assert "too little text" in check(tab)
    assert paired_fake.asked == []


def test_partly_checked(tab: Tab, paired_fake: FakeServer, site: str) -> None:
    paired_fake.body = fake_server.report([], state="partly-checked", state_reason="Half of it is in Welsh.")
    tab.open(f"{site}/calm.html")
    words = check(tab)
    assert "partly checked" in words
    assert "Half of it is in Welsh." in words


def test_a_slow_server_is_mentioned(tab: Tab, paired_fake: FakeServer, site: str) -> None:
    paired_fake.is_held = True
    tab.open(f"{site}/calm.html")
    tab.press_icon()
    wait_shown(tab, "Checking this page")
    paired_fake.release.set()
    wait_shown(tab, "Nothing flagged")


def test_a_second_click_calls_a_check_off(tab: Tab, paired_fake: FakeServer, site: str) -> None:
    paired_fake.is_held = True
    paired_fake.body = fake_server.report([fake_server.flag("b0", 0, "Vitamin B12")])
    tab.open(f"{site}/calm.html")
    tab.press_icon()
    wait_shown(tab, "Checking this page")
    tab.press_icon()
    wait_for(lambda: not tab.js(HAS_HOST))
    paired_fake.release.set()
    time.sleep(0.3)  # nothing may happen, so there is nothing to wait for
    assert marks(tab) == {}
    assert shown(tab) == ""


@pytest.mark.parametrize(
    ("status", "text", "words"),
    [
        (200, "<h1>Another program</h1>", "not the answer Pinch expected"),
        (200, '{"flags": "none"}', "not the answer Pinch expected"),
        (404, "not found", "not the answer Pinch expected"),
        (422, '{"error": {"code": "bad-request", "message": "…", "hint": "…"}}', "older than this extension"),
        (200, json.dumps(fake_server.report([], offset_unit="bytes")), "newer than this extension"),
        (200, json.dumps(fake_server.report([], state="half-checked")), "newer than this extension"),
        (500, '{"error": {"code": "crash", "message": "…", "hint": "Tell the owner."}}', "Tell the owner."),
        (429, '{"error": {"code": "busy", "message": "…", "hint": "…"}}', "too much to do"),
        (413, '{"error": {"code": "large", "message": "…", "hint": "…"}}', "too long"),
    ],
)
def test_strange_answers(tab: Tab, paired_fake: FakeServer, site: str, status: int, text: str, words: str) -> None:
    paired_fake.status, paired_fake.text = status, text
    tab.open(f"{site}/calm.html")
    assert words in check(tab)
    assert marks(tab) == {}


def test_notices_stay_until_they_are_closed(tab: Tab, paired_fake: FakeServer, site: str) -> None:
    notice: dict[str, Any] = {
        "type": "crisis",
        "title": "Someone can listen now",
        "text": "Call at any hour.",
        "links": [{"text": "Find a line", "href": "https://example.org/help"}, {"text": "bad", "href": "javascript:1"}],
        "blocks": ["b1"],
    }
    flagged = fake_server.flag("b0", 0, "Vitamin B12")
    paired_fake.body = fake_server.report([flagged], notices=[notice])
    tab.open(f"{site}/calm.html")
    words = check(tab)
    assert "Someone can listen now" in words
    assert "Find a line" in words
    assert "bad" not in words
    tab.press_next()
    assert "Someone can listen now" in wait_shown(tab, "1 of 1")


def test_a_page_of_the_browser(chromium: ChromiumDriver, live: LiveServer) -> None:
    chromium.set_storage(live.pairing())
    tab = ChromiumTab(chromium)
    tab.open("chrome://version")
    tab.press_icon()
    wait_for(lambda: tab.badge() == "!")
    popups = "chrome.runtime.getContexts({contextTypes: ['POPUP']}).then((all) => all.map((one) => one.documentUrl))"
    notice = f"{chromium.extension}/pages/notice.html?problem=browser_page"
    wait_for(lambda: chromium.worker_js(popups) == [notice])
    page = ChromiumTab(chromium)
    page.open(notice)
    assert "Pages of the browser are not checked" in page.page.inner_text("main")
    page.close()
    tab.close()


def test_the_background_may_die_at_any_moment(chromium: ChromiumDriver, live: LiveServer, site: str) -> None:
    chromium.set_storage(live.pairing())
    tab = ChromiumTab(chromium)
    tab.open(f"{site}/hype.html")
    check(tab)
    chromium.stop_worker()
    tab.press_icon()
    wait_for(lambda: not marks(tab))
    chromium.stop_worker()
    assert "10 flags" in check(tab)
    tab.close()
