"""What stands beside a post, as a page shows it: help first, the veil, and words that stay words."""

from __future__ import annotations

import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from server.moderation.hard import why_hard
from server.moderation.notes import add_note
from server.parts import Parts
from server.settings import Settings
from server.web.back import back_to
from tests.server.conftest import Client
from tests.server.moderation.filling import delete, put
from tests.server.moderation.stage import staged_app
from tests.server.test_bad_input import check_error

CRY = "I can't go on any more. I want to die. They sell it as a miracle."
DOSE = {"signs": [{"name": "dangerous-dose"}], "topics": []}
PAYLOAD = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>{{ 7919 * 7907 }}"


@pytest.fixture
def app(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Flask:
    return staged_app(settings, monkeypatch)


def page(signed_in: Client, number: int, **headers: str) -> BeautifulSoup:
    answer = signed_in.get(f"/stage/{number}", headers=headers)
    assert answer.status_code == 200
    return BeautifulSoup(answer.get_data(as_text=True), "lxml")


def keep(parts: Parts, text: str, **changed: Any) -> int:
    return put(parts.store.engine, text, **changed)


def heading_of(found: BeautifulSoup) -> list[str]:
    return [title.get_text() for title in found.select(".notice h3")]


def test_help_comes_first_and_fits_the_moderators_country(signed_in: Client, parts: Parts) -> None:
    found = page(signed_in, keep(parts, CRY), **{"Accept-Language": "en-GB"})
    first = found.select("main section")[0]
    assert "Help is there now" in first.get_text()
    assert "116 123" in first.get_text()
    assert "No mark stands in a cry for help" in first.get_text()
    assert found.select(".mark") == []
    assert found.select("[data-corrections]") == []
    assert found.select_one(".reply[open] summary").get_text() == "Somebody may be in need"  # type: ignore[union-attr]


def test_notices_are_found_in_own_words_not_in_quoted_ones(signed_in: Client, parts: Parts, app: Flask) -> None:
    words = "I take St John's wort together with my sertraline."
    assert any("St John" in title for title in heading_of(page(signed_in, keep(parts, words))))
    number = keep(parts, words, quoted=[{"start": 0, "end": len(words)}])
    assert heading_of(page(signed_in, number)) == []


def test_cards_of_the_topics_are_shown_and_lost_ones_left_out(signed_in: Client, parts: Parts) -> None:
    number = keep(parts, "Ketamine is perfectly safe.", topics=("no-such-card", "ketamine"))
    found = page(signed_in, number)
    assert [one.get_text() for one in found.select("#the-context ~ .context summary")] == [
        f"What is known: {parts.cards['ketamine'].title}"
    ]


@pytest.mark.parametrize(
    ("needs_person", "signs", "why"),
    [
        (True, {"dangerous-dose"}, "in-need"),
        (False, {"suicide", "dangerous-dose"}, "suicide"),
        (False, {"dangerous-dose", "miracle"}, "dangerous-dose"),
        (False, {"miracle", "children"}, None),
    ],
)
def test_gravest_reason_is_told(needs_person: bool, signs: set[str], why: str | None) -> None:
    assert why_hard(needs_person=needs_person, signs=frozenset(signs)) == why


def test_hard_words_are_veiled_everywhere_until_asked_for(signed_in: Client, parts: Parts, csrf: str) -> None:
    hard = keep(parts, "Take ten grams of it. A miracle.", priority_parts=DOSE)
    mild = keep(parts, "Good morning to you all.")
    found = page(signed_in, hard)
    assert found.select_one("details.veil:not([open]) [data-post-text]")
    blurred = found.select_one("details.veil + .blurred")
    assert blurred is not None
    assert blurred.has_attr("inert")
    assert blurred["aria-hidden"] == "true"
    beside_mild = page(signed_in, mild)
    assert beside_mild.select_one("details.veil [data-post-text]") is None
    assert len(beside_mild.select(".beside-post details.veil .excerpt")) == 2  # in the thread and in the record
    form = {"csrf_token": csrf, "veil": "off", "back": f"/queue/{hard}"}
    answer = signed_in.post("/queue/veil", data=form)
    assert answer.headers["Location"] == f"/queue/{hard}"
    assert "HttpOnly" in answer.headers["Set-Cookie"]
    assert "SameSite=Strict" in answer.headers["Set-Cookie"]
    found = page(signed_in, hard)
    assert found.select(".veil, .blurred") == []
    assert found.select_one("[data-post-text]")
    signed_in.post("/queue/veil", data={**form, "veil": "on"})
    assert page(signed_in, hard).select(".veil")


@pytest.mark.parametrize(
    "asked",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "/queue/../feedback",
        "/queue/1\r\nX: y",
        "",
        "/queue//e",
    ],
)
def test_switch_leads_nowhere_else(asked: str) -> None:
    assert back_to(asked) == "/queue"


@pytest.mark.parametrize("asked", ["/queue", "/queue/12", "/queue?state=open&flag=scare", "/queue/12#notes"])
def test_switch_leads_back(asked: str) -> None:
    assert back_to(asked) == asked


def test_words_stay_words(signed_in: Client, parts: Parts) -> None:
    engine = parts.store.engine
    names = ("author", "thread_title", "board")
    told = {name: f"{name} {PAYLOAD}" for name in names}
    keep(parts, f"First {PAYLOAD}", title=PAYLOAD, **told)
    text = f"A miracle {PAYLOAD} and more words so that they can be compared with one another."
    keep(parts, text, title=PAYLOAD, **told)
    number = keep(parts, f"{text} ", title=PAYLOAD, reply_to="p0", **told)
    add_note(engine, post=number, text=PAYLOAD, who=PAYLOAD[:80], request_id="a" * 8)
    found = page(signed_in, number)
    assert [str(one) for one in found.select("script") if not one.get("src")] == []
    assert found.select("img[onerror]") == []
    assert str(7919 * 7907) not in found.get_text()
    assert f"author {PAYLOAD}" in found.get_text()
    box = found.select_one("[data-corrections]")
    assert box is not None
    assert [flag["flag"] for flag in json.loads(str(box["data-flags"]))] == ["miracle"]


def test_deleted_post_shows_no_words_and_takes_no_note(signed_in: Client, parts: Parts) -> None:
    number = keep(parts, "A miracle with ketamine.", topics=("ketamine",))
    delete(parts.store.engine, number)
    found = page(signed_in, number)
    assert "ketamine" not in found.get_text().casefold().replace("ketamine as a medicine", "")
    assert found.select("#note-text") == []


@pytest.mark.parametrize("number", [0, 5, 2**31, 10**30])
def test_unknown_posts(signed_in: Client, number: int) -> None:
    check_error(signed_in.get(f"/stage/{number}"), 404, "unknown-post")


def test_page_without_thread_author_or_copies(signed_in: Client, parts: Parts) -> None:
    text = page(signed_in, keep(parts, "Hm.", thread_id=None, author=None)).get_text()
    for told in ("did not say which thread", "did not say who", "too short to look", "No reply is kept"):
        assert told in text
