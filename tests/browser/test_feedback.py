"""Feedback is shown as it will be sent, is sent by a press of Send alone, and the two are the same."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from tests.browser import fake_server
from tests.browser.chromium import ChromiumDriver, ChromiumTab
from tests.browser.conftest import LiveServer
from tests.browser.drivers import HAS_HOST, Tab, check, click_on, marks, press, shown, wait_for, wait_shown
from tests.browser.fake_server import FakeServer

SENTENCE = "Adults need very little of it each day."
WIRE = "(root) => root.querySelector('.wire')?.textContent"
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@pytest.fixture
def checked(tab: Tab, paired_fake: FakeServer, site: str) -> FakeServer:
    """A page with one flag, whose card is open; what was asked for it is forgotten."""
    paired_fake.body = fake_server.report([fake_server.flag("b1", 42, SENTENCE)])
    tab.open(f"{site}/calm.html?who=me")
    check(tab)
    tab.press_next()
    wait_shown(tab, "1 of 1")
    paired_fake.asked.clear()
    return paired_fake


def preview(tab: Tab) -> dict[str, Any]:
    """What the preview says would be sent, as soon as it is there."""
    body: dict[str, Any] = json.loads(wait_for(lambda: tab.js_in_shadow(WIRE)))
    return body


def type_words(tab: Tab, words: str) -> None:
    for letter in words:
        tab.key("Space" if letter == " " else letter)


def test_nothing_is_sent_before_send_and_then_what_was_shown(tab: Tab, checked: FakeServer, site: str) -> None:
    press(tab, "This is wrong: Miracle language")
    words = wait_shown(tab, "Nothing is sent before you press Send")
    for told in (checked.address, SENTENCE, "Miracle language", "0.9", "Balanced", "fake", f"{site}/calm.html"):
        assert told in words
    assert preview(tab)["url"] is None
    press(tab, "checkbox")
    press(tab, "textarea")
    type_words(tab, "Not so")
    wait_for(lambda: preview(tab)["note"] == "Not so")
    body = preview(tab)
    assert UUID.fullmatch(body.pop("id"))
    assert body == {
        "verdict": "wrong",
        "flag": "miracle",
        "text": SENTENCE,
        "fingerprint": f"b1-42-{SENTENCE[:8]}",
        "url": f"{site}/calm.html",
        "confidence": 0.9,
        "setting": "balanced",
        "model": "fake",
        "note": "Not so",
    }
    seen = preview(tab)
    assert checked.asked == []
    press(tab, "Send")
    wait_shown(tab, "Sent. Thank you.")
    ((method, path, headers, sent),) = checked.asked
    assert (method, path) == ("POST", "/v1/feedback")
    assert headers["Authorization"] == f"Bearer {fake_server.TOKEN}"
    assert sent == seen


def test_the_real_server_takes_it(tab: Tab, paired: LiveServer, site: str) -> None:
    tab.open(f"{site}/hype.html")
    check(tab)
    click_on(tab, "cell", "safe")
    press(tab, "This is wrong: False safety")
    seen = preview(tab)
    press(tab, "checkbox")
    press(tab, "Send")
    wait_shown(tab, "Sent. Thank you.")
    kept = paired.store.feedback.find(seen["id"])
    assert kept is not None
    sent = kept.feedback
    assert (sent.verdict, sent.flag, sent.text) == ("wrong", "false-safety", "A dose of this tea is perfectly safe.")
    assert (sent.url, sent.confidence, sent.model) == (f"{site}/hype.html", seen["confidence"], seen["model"])


def test_a_screen_reader_hears_every_field(chromium: ChromiumDriver, fake: FakeServer, site: str) -> None:
    chromium.set_storage({"server": fake.address, "token": fake_server.TOKEN})
    fake.body = fake_server.report([fake_server.flag("b1", 42, SENTENCE)])
    tab = ChromiumTab(chromium)
    tab.open(f"{site}/calm.html")
    check(tab)
    tab.press_next()
    press(tab, "This is wrong: Miracle language")
    wait_shown(tab, "Nothing is sent before")
    heard = {(node["role"], node["name"]) for node in tab.accessibility()}
    assert ("dialog", "Tell the server: this flag is wrong") in heard
    assert {("button", "Send"), ("button", "Cancel")} <= heard
    assert {role for role, name in heard if name.startswith("Send the address of this page too:")} >= {"checkbox"}
    assert {role for role, name in heard if name.startswith("A note, if you like")} >= {"textbox"}
    assert not [name for role, name in heard if role == "heading" and name == "Vitamin B12"]  # the page is out of reach
    tab.close()


def test_escape_leaves_the_preview_for_the_card_and_sends_nothing(tab: Tab, checked: FakeServer) -> None:
    press(tab, "Useful: Miracle language")
    wait_shown(tab, "this flag is useful")
    assert preview(tab)["verdict"] == "right"
    tab.key("Escape")
    wait_for(lambda: "Nothing is sent" not in shown(tab))
    assert "1 of 1" in shown(tab)
    assert tab.js_in_shadow("(root) => root.activeElement.ariaLabel") == "Useful: Miracle language"
    tab.key("Escape")
    wait_for(lambda: not tab.js(HAS_HOST))
    assert checked.asked == []


def test_a_server_without_feedback_is_named_as_such(tab: Tab, checked: FakeServer) -> None:
    checked.feedback_status = 404
    press(tab, "This is wrong: Miracle language")
    press(tab, "Send")
    wait_shown(tab, "This server takes no feedback yet")
    checked.feedback_status = 200
    press(tab, "Send")
    wait_shown(tab, "Sent. Thank you.")
    bodies = [body for _, _, _, body in checked.asked]
    assert bodies[0] == bodies[1]


def test_what_is_missing_is_told_of_selected_words(tab: Tab, paired_fake: FakeServer, site: str) -> None:
    tab.open(f"{site}/calm.html")
    check(tab)
    paired_fake.asked.clear()
    press(tab, "Something is missing")
    wait_shown(tab, "Select the words that should be marked")
    tab.js("getSelection().selectAllChildren(document.querySelector('h1'))")
    press(tab, "Something is missing")
    wait_shown(tab, "Tell the server: something is missing here")
    assert preview(tab)["flag"] == ""
    assert tab.js_in_shadow("(root) => root.querySelector('.main').disabled") is True
    press(tab, "select-one")
    for key in ("s", "Enter"):
        tab.key(key)
    wait_for(lambda: preview(tab)["flag"] == "scare")
    seen = preview(tab)
    assert (seen["verdict"], seen["text"], seen["fingerprint"]) == ("missing", "Vitamin B12", None)
    assert paired_fake.asked == []
    press(tab, "Send")
    wait_shown(tab, "Sent. Thank you.")
    assert [body for _, _, _, body in paired_fake.asked] == [seen]


def test_the_menu_of_selected_words_asks_for_a_check_first(chromium_tab: ChromiumTab, site: str) -> None:
    tab = chromium_tab
    tab.open(f"{site}/calm.html")
    tab.js("getSelection().selectAllChildren(document.querySelector('h1'))")
    tab.press_menu("missing")
    words = wait_shown(tab, "Check this page first")
    assert "Nothing is sent" not in words
    press(tab, "Check this page")
    wait_shown(tab, "Nothing flagged")
    tab.press_menu("missing")
    wait_shown(tab, "Tell the server: something is missing here")
    assert preview(tab)["text"] == "Vitamin B12"


def test_words_selected_in_a_frame_are_told(tab: Tab, paired_fake: FakeServer, site: str) -> None:
    tab.open(f"{site}/trees.html")
    check(tab)
    # The page keeps a selection of its own beside that of the frame where the reader is.
    tab.js("getSelection().selectAllChildren(document.querySelector('h1'))")
    tab.js("(frames[0].focus(), frames[0].getSelection().selectAllChildren(frames[0].document.body), 1)")
    press(tab, "Something is missing")
    wait_shown(tab, "Tell the server: something is missing here")
    assert preview(tab)["text"] == "In the frame this tea is a miracle for all."


def test_words_that_came_again_are_told_by_the_id_that_the_server_knows(
    tab: Tab, paired_fake: FakeServer, site: str
) -> None:
    paired_fake.answer = fake_server.flag_miracles
    tab.open(f"{site}/growing.html")
    check(tab)
    tab.js("append('again', document.getElementById('first').textContent)")
    wait_for(lambda: len(marks(tab)["promise"]) == 2)
    assert len(paired_fake.questions()) == 1
    click_on(tab, "again", "miracle")
    press(tab, "This is wrong: Miracle language")
    assert preview(tab)["fingerprint"] == f"b2-{len('Some say this tea is a ')}-miracle"


def test_the_page_cannot_press_send(tab: Tab, checked: FakeServer) -> None:
    press(tab, "This is wrong: Miracle language")
    wait_shown(tab, "Nothing is sent before")
    tab.js_in_shadow("(root) => root.querySelector('.main').click()")
    tab.js_in_shadow("(root) => root.querySelector('.main').dispatchEvent(new MouseEvent('click', {bubbles: true}))")
    tab.key("Escape")
    wait_for(lambda: "Nothing is sent" not in shown(tab))
    assert checked.asked == []
    assert marks(tab)["promise"]
