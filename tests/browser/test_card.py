"""The card tells why words are flagged, and is reached and left by mouse, by keyboard and with a screen reader."""

from __future__ import annotations

import json
from typing import Any

from tests.browser import fake_server
from tests.browser.chromium import ChromiumDriver, ChromiumTab
from tests.browser.conftest import LiveServer
from tests.browser.drivers import HAS_HOST, Tab, check, click_on, marks, press_in_shadow, shown, wait_for, wait_shown
from tests.browser.fake_server import HOSTILE, FakeServer
from tests.browser.firefox import FirefoxDriver


def press_button(tab: Tab, label: str) -> None:
    """Click a button of the card as a person would."""
    press_in_shadow(tab, f'[aria-label="{label}"]')


def test_a_click_on_marked_words_tells_why(tab: Tab, paired: LiveServer, site: str) -> None:
    tab.open(f"{site}/hype.html")
    check(tab)
    click_on(tab, "lead", "reverses")
    words = wait_shown(tab, "2 flags on these words")
    assert "Overclaim" in words
    assert "Vague authority" in words
    assert "The effect is stated more strongly than evidence usually allows" in words
    assert "Look for a Cochrane review and read its plain summary." in words
    assert "3 of 8" in words
    assert "does not say whether something is true" in words
    stressed = tab.js_in_shadow(
        "(root) => Array.from(root.querySelectorAll('.card strong'), (e) => e.textContent).join('|')"
    )
    assert stressed == "reverses|studies show"
    assert sorted(text for _, text in marks(tab)["open"]) == ["reverses", "studies\n     show"]


def test_the_card_holds_what_is_known_with_sources(tab: Tab, paired: LiveServer, site: str) -> None:
    tab.open(f"{site}/hype.html")
    check(tab)
    click_on(tab, "lead", "Big Pharma")
    wait_shown(tab, "Hidden-truth claim")
    tab.js_in_shadow("(root) => { for (const part of root.querySelectorAll('details')) part.open = true; }")
    words = shown(tab)
    assert "What is known: Psilocybin" in words
    for part in ("Known", "Not known", "Risks", "Sources", "Not medically reviewed.", "Sources last checked on"):
        assert part in words
    links = tab.js_in_shadow(
        "(root) => JSON.stringify(Array.from(root.querySelectorAll('a'), (a) => [a.href, a.target, a.rel]))"
    )
    assert links != "[]"
    for href, target, rel in json.loads(links):
        assert href.startswith(("https://", f"{paired.address}/flags/"))
        assert target == "_blank"
        assert "noopener" in rel


def test_escape_closes_the_card_and_gives_the_focus_back(tab: Tab, paired: LiveServer, site: str) -> None:
    tab.open(f"{site}/hype.html")
    tab.js("document.getElementById('shop').focus()")
    check(tab)
    tab.press_next()
    wait_shown(tab, "1 of 8")
    assert tab.js("document.activeElement.popover") == "manual"
    tab.key("Escape")
    wait_for(lambda: not tab.js(HAS_HOST))
    assert tab.js("document.activeElement.id") == "shop"
    assert "open" not in marks(tab)


def test_all_marks_can_be_walked_through(tab: Tab, paired: LiveServer, site: str) -> None:
    tab.open(f"{site}/hype.html")
    check(tab)
    tab.press_next()
    wait_shown(tab, "1 of 8")
    tab.press_next()
    wait_shown(tab, "2 of 8")
    press_button(tab, "Next flagged words")
    wait_shown(tab, "3 of 8")
    press_button(tab, "Previous flagged words")
    press_button(tab, "Previous flagged words")
    press_button(tab, "Previous flagged words")
    assert "Sales pressure" in wait_shown(tab, "8 of 8")
    press_button(tab, "Close (Escape)")
    wait_for(lambda: not tab.js(HAS_HOST))


def test_the_card_is_worked_by_keyboard_alone(tab: Tab, paired: LiveServer, site: str) -> None:
    tab.open(f"{site}/hype.html")
    check(tab)
    tab.press_next()
    wait_shown(tab, "1 of 8")
    tab.key("Tab")  # to "previous"
    tab.key("Tab")
    tab.key("Enter")
    wait_shown(tab, "2 of 8")
    for _ in range(3):
        tab.key("Tab")
    tab.key("Enter")
    wait_for(lambda: not tab.js(HAS_HOST))


def test_the_shortcut_checks_a_page_that_is_not_checked_yet(
    firefox: FirefoxDriver, live: LiveServer, site: str
) -> None:
    # Only a real shortcut lets an extension in, and headless Chromium has no window that takes one.
    firefox.set_storage(live.pairing())
    tab = firefox.new_tab()
    tab.open(f"{site}/hype.html")
    tab.press_next()
    wait_shown(tab, "10 flags on this page")
    tab.close()


def test_links_and_forged_clicks_open_nothing(tab: Tab, paired: LiveServer, site: str) -> None:
    tab.open(f"{site}/hype.html")
    check(tab)
    tab.js("document.addEventListener('click', (event) => event.preventDefault())")
    tab.js(
        "(() => { const box = document.getElementById('item').getBoundingClientRect(); document.getElementById('item')"
        ".dispatchEvent(new MouseEvent('click', {bubbles: true, clientX: box.x + 9, clientY: box.y + 9})); })()"
    )
    click_on(tab, "shop", "order")
    click_on(tab, "plain", "Trials")
    assert "of 8" not in shown(tab)
    click_on(tab, "item", "cured")
    wait_shown(tab, "5 of 8")


def test_a_hostile_answer_is_only_text(tab: Tab, paired_fake: FakeServer, site: str) -> None:
    source = {"n": 1, "publisher": HOSTILE, "title": HOSTILE, "url": "https://example.org/", "year": 2024}
    card = {
        "id": "tea",
        "title": HOSTILE,
        "known": [{"text": HOSTILE, "sources": [1]}],
        "sources": [source],
        "checked_on": HOSTILE,
        "reviewed_by": None,
    }
    trap = {**card, "id": "trap", "sources": [{**source, "url": "javascript:alert(1)"}]}
    exact = "Adults need very little of it each day."
    bad: list[Any] = [
        fake_server.flag(
            "b1", 42, exact, title=HOSTILE, reason=HOSTILE, checks=[HOSTILE], topics=["tea", "trap", "__proto__"]
        ),
        fake_server.flag("b1", 0, "Words that are not there."),
        fake_server.flag("b1", 5_000, exact),
        fake_server.flag("b99", 0, exact),
        fake_server.flag("b1", 42, exact, flag="__proto__", id="proto"),
        {"flag": "miracle"},
        None,
    ]
    paired_fake.body = fake_server.report(bad, context={"tea": card, "trap": trap})
    tab.open(f"{site}/calm.html")
    assert "2 flags" in check(tab)
    tab.press_next()
    words = wait_shown(tab, "1 of 1")
    assert words.count("onerror") >= 4
    inside = tab.js_in_shadow(
        "(root) => root.querySelectorAll('img, b, script').length + '|' + root.querySelectorAll('a').length"
    )
    assert inside == "0|1"
    assert tab.js("document.title") == "Vitamin B12"


def test_a_quote_that_moved_is_found_by_its_neighbours(tab: Tab, paired_fake: FakeServer, site: str) -> None:
    quote = {"exact": "Adults need very little", "prefix": "function. ", "suffix": " of it"}
    paired_fake.body = fake_server.report([fake_server.flag("b1", 3, quote["exact"], quote=quote)])
    tab.open(f"{site}/calm.html")
    assert "1 flag on" in check(tab)
    assert marks(tab)["promise"] == [["", "Adults need very little"]]


def test_a_screen_reader_hears_a_labelled_dialog(chromium: ChromiumDriver, live: LiveServer, site: str) -> None:
    chromium.set_storage(live.pairing())
    tab = ChromiumTab(chromium)
    tab.open(f"{site}/hype.html")
    check(tab)
    tab.press_next()
    wait_shown(tab, "1 of 8")
    heard = {(node["role"], node["name"]) for node in tab.accessibility()}
    assert ("dialog", "Miracle language") in heard
    for name in ("Previous flagged words", "Next flagged words", "Close (Escape)"):
        assert ("button", name) in heard
    tab.close()
