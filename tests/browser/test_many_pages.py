"""On pages of many kinds, marks sit on their words and the page itself stays byte for byte what it was.

The server flags some words of every block that it is sent, so that each corner of a page that is read is also marked.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.conftest import MANY_PAGES
from tests.browser.drivers import HAS_HOST, HOST, Tab, check, marks, wait_for
from tests.browser.fake_server import FakeServer, flag, report

PAGE_HTML = "document.documentElement.outerHTML"
WITHOUT_HOST = f"{PAGE_HTML}.replace({HOST}.outerHTML, '')"
NAMES = sorted(page.name for page in MANY_PAGES.glob("*.html"))
MOST_WORDS = 12
# A password can be typed into these: they are never read.
NEVER_READ = {"aspnet-form.html", "joomla-herbalist.html", "vbulletin-thread.html"}


def some_words(text: str) -> str:
    """Up to twelve words of a text, not from its very beginning where it has more than three."""
    words = text.split(" ")
    start = 1 if len(words) > 3 else 0
    return " ".join(words[start : start + MOST_WORDS])


def flag_every_block(asked: dict[str, Any]) -> dict[str, Any]:
    """Flags some words of each block."""
    found = []
    for block in asked["blocks"]:
        exact = some_words(block["text"])
        before = block["text"][: block["text"].index(exact)]
        found.append(flag(block["id"], len(before.encode("utf-16-le")) // 2, exact))
    return report(found)


def bare(text: str) -> str:
    """A text without white space and soft hyphens: a range gives no line breaks where elements part."""
    return "".join(text.split()).replace("\u00ad", "")


def sits_on(marked: str, wanted: str) -> bool:
    """Whether a mark begins and ends with its words and holds all of them in order.

    Between them a page may hold what is not seen, such as the choices of a folded list.
    """
    marked, wanted = bare(marked), bare(wanted)
    letters = iter(marked)
    is_framed = marked[:1] == wanted[:1] and marked[-1:] == wanted[-1:]
    return marked == wanted or (is_framed and all(letter in letters for letter in wanted))


def test_there_are_pages_enough() -> None:
    assert len(NAMES) >= 40


@pytest.mark.parametrize("name", NAMES)
def test_marks_sit_on_their_words_and_the_page_is_not_touched(
    tab: Tab, paired_fake: FakeServer, site: str, name: str
) -> None:
    paired_fake.answer = flag_every_block
    tab.open(f"{site}/many/{name}")
    before = tab.js(PAGE_HTML)
    if name in NEVER_READ:
        tab.press_icon()
        wait_for(lambda: tab.badge() == "!")
        assert (paired_fake.questions(), tab.js(WITHOUT_HOST)) == ([], before)
        return
    check(tab)
    assert tab.js(WITHOUT_HOST) == before
    found = [words for _, words in marks(tab)["promise"]]
    wanted = [some_words(block["text"]) for (sent,) in [paired_fake.questions()] for block in sent["blocks"]]
    assert not [pair for pair in zip(found, wanted, strict=True) if not sits_on(*pair)]
    tab.press_next()
    wait_for(lambda: tab.js("CSS.highlights.has('pinch-open')"))
    assert tab.js(WITHOUT_HOST) == before
    tab.press_icon()
    wait_for(lambda: not marks(tab) and not tab.js(HAS_HOST))
    assert tab.js(PAGE_HTML) == before
