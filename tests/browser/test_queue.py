"""A forum's post goes to its moderators as it was shown, by a press of Send alone, and from no other site."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from server.app import create_app
from server.moderation.posts import Posts
from server.settings import Settings
from tests.browser import fake_server
from tests.browser.chromium import ChromiumDriver, ChromiumTab
from tests.browser.conftest import SITE
from tests.browser.drivers import HAS_HOST, Driver, Tab, check, click_on, press, shown, wait_for, wait_shown
from tests.browser.fake_server import FakeServer
from tests.server.fakes import FakeDetector

BUTTON = "Send this post to the queue"
WIRE = "(root) => root.querySelector('.wire')?.textContent"
HAS_BUTTON = f"(root) => Array.from(root.querySelectorAll('button')).some((one) => one.textContent === '{BUTTON}')"
WORDS = (
    "> Does lysine do anything?\n\nThis lysine cream is a miracle for my lip.\n\n"
    "Two days and it was gone, and we sing on Sunday.\n\n- dab it on\n\n- leave the cup to yourself"
)


@pytest.fixture
def forum(browser_driver: Driver, tab: Tab, fake: FakeServer, site: str) -> FakeServer:
    """A forum whose moderators use the paired server, and a thread of it that was checked."""
    fake.forums = ["elsewhere.example", SITE]
    pair(browser_driver, fake)
    open_thread(tab, fake, f"{site}/forum.html")
    return fake


def pair(driver: Driver, fake: FakeServer) -> None:
    driver.set_storage({"server": fake.address, "token": fake_server.TOKEN})


def open_thread(tab: Tab, fake: FakeServer, address: str) -> None:
    fake.answer = fake_server.flag_miracles
    tab.open(address)
    check(tab)
    wait_for(lambda: any(path == "/v1/flags" for _, path, _, _ in fake.asked))
    fake.asked.clear()


def preview(tab: Tab, element: str) -> dict[str, Any]:
    """Open the card of the mark in this element and press the button: what would be sent."""
    click_on(tab, element, "miracle")
    wait_shown(tab, "Miracle language")
    press(tab, BUTTON)
    wait_shown(tab, "Nothing is sent before you press Send")
    body: dict[str, Any] = json.loads(wait_for(lambda: tab.js_in_shadow(WIRE)))
    return body


def asked_of(forum: FakeServer) -> list[Any]:
    """What was asked since the check, but for what its flags are called, which is asked beside the check."""
    return [one for one in forum.asked if one[1] != "/v1/flags"]


def cancel(tab: Tab) -> None:
    """Leave the preview, and the card too, which may lie over the words that are clicked next."""
    press(tab, "Cancel")
    wait_for(lambda: "Nothing is sent" not in shown(tab))
    tab.key("Escape")
    wait_for(lambda: not tab.js(HAS_HOST))


def test_nothing_is_sent_before_send_and_then_what_was_shown(tab: Tab, forum: FakeServer, site: str) -> None:
    body = preview(tab, "lysine")
    words = wait_shown(tab, f"Tell the moderators of {SITE}")
    for told in (forum.address, "Two days and it was gone", "Wren", f"{site}/forum.html", body["post_id"]):
        assert told in words
    assert (body["source"], body["author"], body["url"]) == (SITE, "Wren", f"{site}/forum.html")
    assert body["text"] == WORDS
    assert body["version"] > 1_700_000_000_000
    assert re.fullmatch("reader-[0-9a-f]{40}", body["post_id"])
    assert asked_of(forum) == []
    press(tab, "Send")
    wait_shown(tab, "The moderators have it")
    (looked, _, _, _), (method, path, headers, sent) = asked_of(forum)
    assert (looked, method, path) == ("GET", "POST", "/v1/posts")
    assert headers["Authorization"] == f"Bearer {fake_server.TOKEN}"
    assert sent == body


def test_the_real_server_puts_it_into_the_queue(browser_driver: Driver, tab: Tab, site: str, tmp_path: Path) -> None:
    app = create_app(Settings(data_dir=tmp_path, forums=(SITE,)), detector=FakeDetector())
    server, address = fake_server.run(app)
    store = app.extensions["pinch"].store
    browser_driver.set_storage({"server": address, "token": store.clients.issue("Tests").token})
    tab.open(f"{site}/forum.html")
    check(tab)
    for told in ("The moderators have it", "They had it already"):
        body = preview(tab, "lysine")
        press(tab, "Send")
        wait_shown(tab, told)
        kept = Posts(store.engine).find(SITE, body["post_id"])
        assert kept is not None
        assert (kept.text, kept.author, kept.url) == (WORDS, "Wren", f"{site}/forum.html")
        tab.key("Escape")
    server.shutdown()


def test_cancel_and_escape_send_nothing(tab: Tab, forum: FakeServer) -> None:
    preview(tab, "lysine")
    cancel(tab)
    preview(tab, "lysine")
    tab.js_in_shadow("(root) => root.querySelector('.main').click()")
    tab.key("Escape")
    wait_for(lambda: "Nothing is sent" not in shown(tab))
    assert asked_of(forum) == []


def test_posts_are_told_apart(tab: Tab, forum: FakeServer) -> None:
    seen = []
    for element in ("honey", "under", "ad"):
        seen.append(preview(tab, element))
        cancel(tab)
    assert [(post["text"], post["author"]) for post in seen] == [
        ("Honey was no miracle here, only sticky.", "Tamsin Achterberg"),
        ("Mine needed the tablets, no miracle either.", "Odile"),
        ("A miracle balm, sold at the stall by the door.", None),
    ]
    assert len({post["post_id"] for post in seen}) == 3
    # Known by its words alone, since nothing groups it.
    assert seen[2]["version"] == 1


def test_a_changed_text_is_a_later_version_of_the_same_post(tab: Tab, forum: FakeServer) -> None:
    first = preview(tab, "honey")
    cancel(tab)
    tab.js("void (document.getElementById('honey').append(' I gave up.'))")
    wait_for(lambda: any("I gave up" in text for texts in forum.texts() for text in texts))
    second = preview(tab, "honey")
    assert second["post_id"] == first["post_id"]
    assert second["version"] > first["version"]
    assert second["text"] == f"{first['text']} I gave up."


def test_where_a_query_names_the_thread_a_post_is_known_by_its_words(tab: Tab, forum: FakeServer, site: str) -> None:
    tab.open(f"{site}/forum.html?thread=secret")
    check(tab)
    body = preview(tab, "honey")
    assert (body["version"], body["url"]) == (1, f"{site}/forum.html")
    assert "secret" not in json.dumps(body)


def test_what_became_of_it_is_told(tab: Tab, forum: FakeServer) -> None:
    body = preview(tab, "lysine")
    for status, words in ((422, "The server did not take this post"), (404, "This server takes no posts yet")):
        forum.post_status = status
        press(tab, "Send")
        wait_shown(tab, words)
    forum.post_status, forum.post_result = 200, "deleted"
    press(tab, "Send")
    wait_shown(tab, "This post was deleted")
    forum.asked.clear()
    forum.kept_post = {"text": body["text"], "version": 3}
    press(tab, "Send")
    wait_shown(tab, "They had it already")
    assert [method for method, _, _, _ in asked_of(forum)] == ["GET"]


def test_the_menu_holds_it_on_pages_of_the_forums_alone(
    chromium: ChromiumDriver, chromium_tab: ChromiumTab, fake: FakeServer, site: str
) -> None:
    is_there = "new Promise((tell) => chrome.contextMenus.update('queue', {}, () => tell(!chrome.runtime.lastError)))"
    # A browser does not tell what an item was made with, so that is looked at on its way there.
    chromium.worker_js(
        "(globalThis.made = [], globalThis.create = chrome.contextMenus.create,"
        " chrome.contextMenus.create = (item, then) => { made.push(item); create(item, then); }, 1)"
    )
    for forums in ([SITE], []):
        fake.forums = forums
        pair(chromium, fake)
        open_thread(chromium_tab, fake, f"{site}/forum.html")
        wait_for(lambda wanted=bool(forums): chromium.worker_js(is_there) is wanted)
    (item,) = chromium.worker_js("(chrome.contextMenus.create = create, made)")
    assert item["documentUrlPatterns"] == [f"http://{SITE}/*", f"https://{SITE}/*"]
    assert item["contexts"] == ["selection"]


@pytest.mark.parametrize("forums", [[], ["other.test"], [f"www.{SITE}"], [7, "*", f"{SITE}/x"]])
def test_nothing_is_offered_elsewhere(
    browser_driver: Driver, tab: Tab, fake: FakeServer, site: str, forums: list[Any]
) -> None:
    fake.forums = forums
    pair(browser_driver, fake)
    open_thread(tab, fake, f"{site}/forum.html")
    click_on(tab, "lysine", "miracle")
    wait_shown(tab, "List all flags")
    assert tab.js_in_shadow(HAS_BUTTON) is False


def test_the_menu_of_selected_words_sends_the_post_around_them(
    chromium: ChromiumDriver, fake: FakeServer, site: str
) -> None:
    fake.forums = [SITE]
    pair(chromium, fake)
    tab = ChromiumTab(chromium)
    tab.open(f"{site}/forum.html")
    tab.press_menu("queue")
    wait_shown(tab, "Check this page first")
    open_thread(tab, fake, f"{site}/forum.html")
    tab.press_menu("queue")
    wait_shown(tab, "Select words of the post first")
    tab.js("getSelection().selectAllChildren(document.getElementById('under'))")
    tab.press_menu("queue")
    wait_shown(tab, f"Tell the moderators of {urlsplit(site).hostname}")
    assert json.loads(tab.js_in_shadow(WIRE))["author"] == "Odile"
    assert fake.asked == []
    tab.close()


def test_a_page_that_is_never_read_sends_no_post(chromium: ChromiumDriver, fake: FakeServer, site: str) -> None:
    fake.forums = [SITE]
    pair(chromium, fake)
    tab = ChromiumTab(chromium)
    tab.open(f"{site}/forum.html")
    check(tab)
    fake.asked.clear()
    tab.open(f"{site}/user/login")
    check(tab)
    tab.press_menu("queue")
    wait_shown(tab, "Check this page first")
    assert not [path for _, path, _, _ in fake.asked if path.startswith("/v1/posts")]
    tab.close()
