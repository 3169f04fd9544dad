"""One click marks the right words and leaves the page as it was."""

from __future__ import annotations

import json

from tests.browser.conftest import LiveServer
from tests.browser.drivers import HAS_HOST, HOST, Tab, check, click_on, marks, wait_for, wait_shown

PAGE_HTML = "document.documentElement.outerHTML"
MIRACLE = "This tea is a miracle for all."


def test_one_click_marks_the_flagged_sentences(tab: Tab, paired: LiveServer, site: str) -> None:
    tab.open(f"{site}/hype.html")
    assert "10 flags on this page" in check(tab)
    found = {family: [id for id, _ in words] for family, words in marks(tab).items()}
    assert found == {
        "promise": ["", "lead", "quote"],
        "source": ["lead", "quote", "item"],
        "risk": ["cell", "advice"],
        "push": ["lead", "sell"],
    }
    assert marks(tab)["push"][0] == ["lead", "For years Big Pharma has kept quiet about psilocybin."]
    assert wait_for(tab.badge) == "10"


def test_the_page_itself_is_not_touched(tab: Tab, paired: LiveServer, site: str) -> None:
    tab.open(f"{site}/hype.html")
    before = tab.js(PAGE_HTML)
    check(tab)
    click_on(tab, "lead", "reverses")
    wait_shown(tab, "Overclaim")
    assert tab.js(f"{PAGE_HTML}.replace({HOST}.outerHTML, '')") == before
    tab.key("Escape")
    wait_for(lambda: not tab.js(HAS_HOST))
    assert tab.js(PAGE_HTML) == before


def test_a_second_click_clears_the_marks(tab: Tab, paired: LiveServer, site: str) -> None:
    tab.open(f"{site}/hype.html")
    before = tab.js(PAGE_HTML)
    check(tab)
    tab.press_icon()
    wait_for(lambda: not marks(tab))
    wait_for(lambda: tab.badge() == "")
    assert tab.js(PAGE_HTML) == before
    assert "10 flags" in check(tab)


def test_every_script_before_a_sentence_leaves_its_mark_in_place(tab: Tab, paired: LiveServer, site: str) -> None:
    tab.open(f"{site}/unicode.html")
    check(tab)
    found = dict(marks(tab)["promise"])
    assert [found[id] for id in ("emoji", "marks", "rtl")] == [MIRACLE] * 3
    assert " ".join(found["soft"].split()) == "This tea is a mir\u00adacle for \u200b all of you."
    assert found["broken"] == "This tea is a miracle for all."
    assert found["drop"] == "This tea is a miracle for all."
    assert found["pre"] == "This tea is a   miracle for all."


def test_a_page_whose_names_lie_is_marked_all_the_same(tab: Tab, paired: LiveServer, site: str) -> None:
    tab.open(f"{site}/hostile.html")
    assert "2 flags" in check(tab)
    assert [id for id, _ in marks(tab)["promise"]] == ["inside", "after"]
    click_on(tab, "after", "miracle")
    assert "Miracle language" in wait_shown(tab, "2 of 2")
    box = json.loads(tab.js_in_shadow("(root) => JSON.stringify(root.querySelector('.card').getBoundingClientRect())"))
    assert box["width"] > 300
    assert 0 <= box["left"] < 700


def test_marks_follow_a_page_that_changes(tab: Tab, paired: LiveServer, site: str) -> None:
    tab.open(f"{site}/changing.html")
    check(tab)
    sentence = "It is said that this tea is a miracle for all."
    assert marks(tab)["promise"] == [["text", sentence], ["same", sentence]]
    tab.js("document.getElementById('before').after(document.createElement('p'))")
    moved = f"New words. {sentence} So they say."
    tab.js(f"document.getElementById('text').textContent = '{moved}'")
    wait_for(lambda: marks(tab).get("promise", [["", ""]])[0] == ["text", sentence])
    assert marks(tab)["promise"][1] == ["same", sentence]
    tab.js("document.getElementById('text').firstChild.data = 'This tea is hot.'")
    wait_for(lambda: marks(tab)["promise"] == [["same", sentence]])
    wait_for(lambda: tab.badge() == "1")


def test_marks_differ_without_colour(tab: Tab, paired: LiveServer, site: str) -> None:
    tab.open(f"{site}/hype.html")
    check(tab)
    styles = json.loads(
        tab.js(
            "JSON.stringify(['promise', 'source', 'risk', 'push'].map((family) =>"
            " getComputedStyle(document.body, `::highlight(pinch-${family})`).textDecorationStyle))"
        )
    )
    assert styles == ["solid", "dotted", "dashed", "wavy"]
