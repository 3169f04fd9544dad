"""The pages of the queue: what they show."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from server.moderation.claims import Claims
from server.moderation.deciding import Decider
from server.store.times import now
from tests.server.conftest import Client
from tests.server.moderation.filled import PARTS, TEXT, erase, put
from tests.server.moderation.pressing import page, titles
from tests.server.test_bad_input import MARK, check_error

FORGED = "<script>alert(1)</script><b onclick=x>bold</b>\"'"


# The list


def test_the_list_shows_why_each_post_stands_there(signed_in: Client, engine: sa.Engine) -> None:
    put(engine, rank=1, posted_at=now() - timedelta(hours=5))
    put(engine, rank=0, needs_person=True, thread_title="Nights")
    found = page(signed_in)
    assert titles(found) == ["Nights", "Celery juice, one month on"]
    needy, plain = found.select(".line")
    assert "Somebody may be in need" in needy.get_text()
    assert "Show it" in needy.get_text()  # behind the veil
    text = " ".join(plain.get_text(" ").split())
    for words in ("Miracle language · about stopping medicines", "marrow", "Joints", "5 h", "120 views", "4 replies"):
        assert words in text
    assert [mark.get_text() for mark in plain.select("mark")] == ["It is a miracle!"]
    assert [kind.get_text() for kind in plain.select(".kinds .swatch")] == ["Anecdote as evidence", "Miracle language"]


def test_an_empty_queue_tells_how_posts_come(signed_in: Client) -> None:
    found = page(signed_in)
    assert "No posts wait" in found.get_text()
    assert "No posts of this kind" in page(signed_in, "/queue?state=decided").get_text()


def test_the_list_is_filtered_by_its_form(signed_in: Client, engine: sa.Engine) -> None:
    put(engine, thread_title="First", board="Sleep & rest")
    put(engine, thread_title="Second", author="Ünal")
    form = page(signed_in).select_one("form[aria-label=Filter]")
    assert form is not None
    assert form["method"] == "get"
    assert titles(page(signed_in, "/queue?q=&flag=&board=Sleep+%26+rest&author=&outcome=")) == ["First"]
    assert titles(page(signed_in, "/queue?author=%C3%9Cnal")) == ["Second"]
    found = page(signed_in, "/queue?q=sec&flag=miracle&state=any")
    assert titles(found) == ["Second"]
    assert [option["value"] for option in found.select("option[selected]")] == ["miracle"]
    assert found.select_one("#q")["value"] == "sec"  # type: ignore[index]
    assert "state=any" in str(found.select_one(".open")["href"])  # type: ignore[index]


@pytest.mark.parametrize(
    "query",
    [
        "state=x",
        "flag=lies",
        "outcome=x",
        "mine=2",
        "after=1",
        "after=1_nan_1",
        "after=2_1_1",
        "after=1_1_99999999999999999999",
        f"state={MARK}",
    ],
)
def test_what_the_queue_cannot_be_filtered_by_is_refused(signed_in: Client, query: str) -> None:
    answer = signed_in.get(f"/queue?{query}")
    check_error(answer, 422, "bad-request")


@pytest.mark.parametrize("words", ["%00", "%FF%FE", "'%3B--", "%25_%5C", "a" * 5000, "%F0%9F%98%80"])
def test_odd_words_find_nothing_and_break_nothing(signed_in: Client, engine: sa.Engine, words: str) -> None:
    put(engine, thread_title="Plain")
    for field in ("q", "author", "board", "source", "thread"):
        assert titles(page(signed_in, f"/queue?{field}={words}")) == []


def test_a_long_queue_comes_in_pages(signed_in: Client, engine: sa.Engine) -> None:
    for rank in range(53):
        put(engine, rank=rank, thread_title=f"Title {rank}")
    first = page(signed_in)
    later = first.select_one(".pager [rel=next]")
    assert later is not None
    second = page(signed_in, str(later["href"]))
    assert [*titles(first), *titles(second)] == [f"Title {rank}" for rank in reversed(range(53))]
    assert "Nothing comes after" in page(signed_in, "/queue?after=0_-9.0_1").get_text()


def test_everything_shown_is_words(signed_in: Client, engine: sa.Engine, bob: Decider) -> None:
    named = {
        "thread_title": FORGED,
        "board": FORGED,
        "author": FORGED,
        "url": f"javascript:{FORGED}",
        "post_id": FORGED,
    }
    parts = {**PARTS, "topics": [FORGED], "signs": [{"name": FORGED, "confidence": 1.0, "weight": 1.0}]}
    number = put(engine, text=FORGED * 3, flags=[("f", "miracle", 0, 20)], title=FORGED, priority_parts=parts, **named)
    Claims(engine, 10).take(number, FORGED)
    for path in ("/queue", f"/queue?board={FORGED}&author={FORGED}", f"/queue/{number}"):
        text = signed_in.get(path).get_data(as_text=True)
        assert "<script>alert" not in text
        assert "<b onclick" not in text
        assert 'href="javascript' not in text
    found = page(signed_in, f"/queue/{number}")
    assert found.select_one("[data-post-text]").get_text() == FORGED * 3  # type: ignore[union-attr]


# One post


def test_the_post_holds_its_marks_and_nothing_else(signed_in: Client, engine: sa.Engine) -> None:
    number = put(engine, text="\n 😀 " + TEXT, flags=[("f", "miracle", 70, 86)])
    words = page(signed_in, f"/queue/{number}").select_one("[data-post-text]")
    assert words is not None
    assert words.get_text() == "\n 😀 " + TEXT
    assert [mark.get_text() for mark in words.select("a.mark")] == [("\n 😀 " + TEXT)[70:86]]


def test_the_post_tells_why_it_stands_there(signed_in: Client, engine: sa.Engine) -> None:
    rows = page(signed_in, f"/queue/{put(engine)}").select(".reasons tr")
    told = [[cell.get_text() for cell in row.select("th, td")] for row in rows]
    assert told[0] == ["Wording", "Miracle language, 93% sure", "0.80"]
    assert told[1] == ["Read first", "“It is a miracle!”", ""]
    assert told[2][1:] == ["About stopping medicines", "1.00"]
    assert told[3][1:] == ["120 views and 4 replies", "0.40"]
    assert told[4][0] == "Priority"


def test_a_post_that_could_hurt_says_so_with_its_sentence(signed_in: Client, engine: sa.Engine) -> None:
    parts = {**PARTS, "signs": [{"name": "danger", "confidence": 0.84, "weight": 1.0}, *PARTS["signs"]]}
    number = put(engine, priority_parts=parts, top_start=11, top_end=64)
    told = [row.get_text(" ", strip=True) for row in page(signed_in, f"/queue/{number}").select(".reasons tr")]
    assert told[0].startswith("Wording Could hurt whoever follows it, 84% sure; Miracle language, 93% sure")
    assert told[1] == f"Read first “{TEXT[11:64]}”"


def test_words_that_are_hard_to_read_stand_in_no_reason(signed_in: Client, engine: sa.Engine) -> None:
    found = page(signed_in, f"/queue/{put(engine, needs_person=True)}").select_one(".reasons")
    assert found is not None
    assert "Read first" not in found.get_text()


def test_posts_lead_to_their_neighbours_within_the_filter(signed_in: Client, engine: sa.Engine) -> None:
    first, _, third = put(engine, rank=3), put(engine, rank=2, board="Sleep"), put(engine, rank=1)
    found = page(signed_in, f"/queue/{first}?board=Joints")
    assert found.select_one("[rel=next]")["href"] == f"/queue/{third}?board=Joints"  # type: ignore[index]
    assert not found.select_one("[rel=prev]")


@pytest.mark.parametrize("number", ["0", "7", "2147483648", "99999999999999999999999"])
def test_posts_that_never_were(signed_in: Client, csrf: str, engine: sa.Engine, number: str) -> None:
    check_error(signed_in.get(f"/queue/{number}"), 404, "unknown-post")
    data = {"csrf_token": csrf, "request_id": "a" * 16, "seen": "1.1", "outcome": "upheld"}
    for deed in ("decide", "claim", "reopen"):
        check_error(signed_in.post(f"/queue/{number}/{deed}", data=data), 404, "unknown-post")


def test_a_deleted_post_shows_nothing_to_decide(signed_in: Client, engine: sa.Engine) -> None:
    number = put(engine)
    erase(engine, number)
    found = page(signed_in, f"/queue/{number}")
    assert "was deleted" in found.get_text()
    assert not found.select("#decision")
