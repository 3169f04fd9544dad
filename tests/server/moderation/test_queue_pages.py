"""The pages of the queue: what they show, and what their forms do."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup, Tag

from server.moderation.claims import Claims
from server.moderation.deciding import Decider
from server.moderation.decisions import Decision, NewDecision, history
from server.moderation.refusals import Seen
from server.store.times import now
from tests.server.conftest import Client
from tests.server.moderation.filled import PARTS, TEXT, edit, erase, put, row_of
from tests.server.test_bad_input import MARK, check_error

FORGED = "<script>alert(1)</script><b onclick=x>bold</b>\"'"
HTML = {"Accept": "text/html"}
Press = Callable[..., Any]


@pytest.fixture
def bob(engine: sa.Engine) -> Decider:
    return Decider(engine, "bob", is_lead=False)


def soup(answer: Any, status: int = 200) -> BeautifulSoup:
    assert answer.status_code == status, answer.get_data(as_text=True)
    return BeautifulSoup(answer.get_data(as_text=True), "lxml")


def page(signed_in: Client, path: str = "/queue") -> BeautifulSoup:
    return soup(signed_in.get(path, headers=HTML))


def fields(form: Tag) -> dict[str, Any]:
    """What a browser would send of a form that nobody touched."""
    found: dict[str, Any] = {}
    for field in form.select("input[name], textarea[name], select[name]"):
        kind = field.get("type")
        if kind in ("radio", "checkbox") and not field.has_attr("checked"):
            continue
        value = field.get("value") if field.name == "input" else field.get_text().removeprefix("\n")
        if field.name == "select":
            value = field.select("option")[0]["value"]
        found[str(field["name"])] = value or ""
    return found


@pytest.fixture
def press(signed_in: Client) -> Press:
    """Press a button of a page, with whatever else is filled in."""

    def call(found: BeautifulSoup, words: str, place: int = 0, **filled: Any) -> Any:
        buttons = [
            button
            for button in found.select("button[type=submit]:not([name=nothing])")
            if words in button.get_text(" ", strip=True)
        ]
        button = buttons[place]
        form = button.find_parent("form")
        assert form is not None
        data = {**fields(form), **filled}
        if button.has_attr("name"):
            data[str(button["name"])] = button["value"]
        return signed_in.post(str(button.get("formaction") or form["action"]), data=data, headers=HTML)

    return call


def past(engine: sa.Engine, number: int) -> list[Decision]:
    with engine.connect() as connection:
        return history(connection, number)


def titles(found: BeautifulSoup) -> list[str]:
    return [link.get_text() for link in found.select(".lines .open")]


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


# Decisions


def test_deciding_opens_the_next_post_and_claims_it(
    signed_in: Client, engine: sa.Engine, press: Press, bob: Decider
) -> None:
    number, held, following = put(engine, rank=3), put(engine, rank=2), put(engine, rank=1)
    Claims(engine, 10).take(held, "bob")
    answer = press(
        page(signed_in, f"/queue/{number}"), "Uphold", note=" Said of juice. ", **{"verdict-f-miracle": "dismissed"}
    )
    assert answer.status_code == 303
    (taken,) = past(engine, number)
    assert answer.headers["Location"] == f"/queue/{following}?done={taken.id}"
    assert (taken.outcome, taken.note, taken.who) == ("upheld", "Said of juice.", "owner")
    assert {flag.id: flag.verdict for flag in taken.flags} == {"f-miracle": "dismissed", "f-anecdote": "upheld"}
    assert row_of(engine, following).claimed_by == "owner"
    found = page(signed_in, answer.headers["Location"])
    assert "Upheld: Celery juice" in found.select_one(".done").get_text()  # type: ignore[union-attr]
    assert found.title.get_text().startswith("Upheld: Celery juice")  # type: ignore[union-attr]


def test_after_the_last_post_comes_the_list(signed_in: Client, engine: sa.Engine, press: Press) -> None:
    answer = press(page(signed_in, f"/queue/{put(engine)}?board=Joints"), "Escalate")
    assert answer.headers["Location"].startswith("/queue?board=Joints&done=")


def test_a_line_of_the_list_is_decided_where_it_stands(signed_in: Client, engine: sa.Engine, press: Press) -> None:
    first, second = put(engine, rank=2), put(engine, rank=1)
    answer = press(page(signed_in), "Dismiss")
    (taken,) = past(engine, first)
    assert taken.outcome == "dismissed"
    assert answer.headers["Location"] == f"/queue?done={taken.id}#post-{second}"


def test_a_decision_is_undone_and_its_post_shown(signed_in: Client, engine: sa.Engine, press: Press) -> None:
    number = put(engine)
    decided = press(page(signed_in, f"/queue/{number}"), "Dismiss")
    told = page(signed_in, decided.headers["Location"])
    undone = press(told, "Undo")
    assert row_of(engine, number).state == "open"
    found = page(signed_in, undone.headers["Location"])
    assert "Undone: Celery juice" in found.get_text()
    assert [line.strong.get_text() for line in found.select(".history li")] == ["Dismissed", "Undone"]  # type: ignore[union-attr]
    again = press(told, "Undo")  # from an old tab, with the same form
    assert again.status_code == 303
    assert len(past(engine, number)) == 2


def test_undo_stands_at_the_post_itself_too(signed_in: Client, engine: sa.Engine, press: Press) -> None:
    number = put(engine)
    press(page(signed_in, f"/queue/{number}"), "Uphold")
    found = page(signed_in, f"/queue/{number}?state=decided")
    assert "Decided: upheld" in found.get_text()
    assert press(found, "Undo the last").status_code == 303
    assert row_of(engine, number).state == "open"


def test_a_decided_post_is_reopened(signed_in: Client, engine: sa.Engine, press: Press) -> None:
    number = put(engine)
    press(page(signed_in, f"/queue/{number}"), "Uphold")
    answer = press(page(signed_in, f"/queue/{number}"), "Reopen")
    assert "Reopened: Celery juice" in page(signed_in, answer.headers["Location"]).get_text()
    assert row_of(engine, number).state == "open"


def test_a_form_that_is_sent_twice_decides_once(signed_in: Client, engine: sa.Engine, press: Press) -> None:
    number = put(engine)
    found = page(signed_in, f"/queue/{number}")
    one, two = press(found, "Uphold"), press(found, "Uphold")
    assert one.headers["Location"] == two.headers["Location"]
    assert len(past(engine, number)) == 1


def test_corrections_are_kept_as_offsets(signed_in: Client, engine: sa.Engine, press: Press) -> None:
    number = put(engine)
    typed = {"correction_words": "she walks", "correction_flag": "overclaim", "correction_verdict": "missing"}
    sent = '[{"flag":"miracle","start":65,"end":81,"verdict":"wrong","words":"It is a miracle!"}]'
    assert press(page(signed_in, f"/queue/{number}"), "Unsure", corrections=sent, **typed).status_code == 303
    (taken,) = past(engine, number)
    assert [(said.flag, TEXT[said.start : said.end], said.verdict) for said in taken.corrections] == [
        ("miracle", "It is a miracle!", "wrong"),
        ("overclaim", "She walks", "missing"),
    ]


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("seen", "", "bad-request"),
        ("seen", "1.1.1.1", "bad-request"),
        ("seen", "1.99999999999", "bad-request"),
        ("request_id", "x", "bad-request"),
        ("request_id", "x" * 100, "bad-request"),
        ("note", "n" * 2001, "bad-note"),
        ("verdict-f-miracle", MARK, "bad-request"),
        ("corrections", MARK, "bad-correction"),
        ("corrections", '[{"flag":"miracle","start":0,"end":5,"verdict":"wrong","words":"Other"}]', "bad-correction"),
    ],
)
def test_forms_that_cannot_be_read_decide_nothing(
    signed_in: Client, engine: sa.Engine, press: Press, field: str, value: str, code: str
) -> None:
    number = put(engine)
    found = page(signed_in, f"/queue/{number}")
    form = found.select_one("#decision")
    assert form is not None
    answer = signed_in.post(str(form["action"]), data={**fields(form), "outcome": "upheld", field: value})
    check_error(answer, 422, code)
    assert past(engine, number) == []


def test_forms_of_the_queue_want_their_token(signed_in: Client, engine: sa.Engine) -> None:
    number = put(engine)
    for path in (f"/queue/{number}/decide", f"/queue/{number}/claim", "/queue/bulk", "/queue/next", "/queue/preview"):
        check_error(signed_in.post(path, data={"seen": "1.1"}), 403, "no-csrf-token")
    assert row_of(engine, number).claimed_by is None


def test_enter_in_a_field_presses_nothing(signed_in: Client, engine: sa.Engine) -> None:
    number = put(engine)
    for path in ("/queue", f"/queue/{number}"):
        for form in page(signed_in, path).select(".lines-form, .decision"):
            first = form.select("button")[0]
            assert (first["name"], first["tabindex"]) == ("nothing", "-1")
            sent = {**fields(form), "nothing": "1", "post": f"{number}.1.1"}
            answer = signed_in.post(str(form["action"]), data=sent)
            assert (answer.status_code, answer.headers["Location"]) == (303, path)
    assert past(engine, number) == []


# When the post moved on


def test_a_stale_view_shows_both_versions_and_decides_the_new(
    signed_in: Client, engine: sa.Engine, press: Press
) -> None:
    number = put(engine)
    found = page(signed_in, f"/queue/{number}")
    edit(engine, number, TEXT.replace("It is a miracle!", "It is a coincidence."))
    changed = soup(press(found, "Uphold", note="Look at this."), 409)
    assert "This post changed after you opened it" in changed.get_text()
    assert [mark.get_text() for mark in changed.select(".differs")] == ["miracle!", "coincidence."]
    assert changed.select_one("#note").get_text().strip() == "Look at this."  # type: ignore[union-attr]
    assert "You had chosen upheld" in changed.get_text()
    assert past(engine, number) == []
    assert press(changed, "Dismiss").status_code == 303
    (taken,) = past(engine, number)
    assert (taken.seen, taken.outcome, taken.note) == (Seen(2, 2), "dismissed", "Look at this.")


def test_a_stale_view_tells_what_others_decided(
    signed_in: Client, engine: sa.Engine, press: Press, bob: Decider
) -> None:
    number = put(engine)
    found = page(signed_in, f"/queue/{number}")
    bob.decide(NewDecision(number=number, seen=Seen(1, 1), outcome="dismissed", request_id="bobs", note="Irony."))
    changed = soup(press(found, "Uphold"), 409)
    assert "Dismissed by bob" in " ".join(changed.select_one(".history").get_text(" ").split())  # type: ignore[union-attr]
    assert "Irony." in changed.get_text()
    assert "The words are the same" in changed.get_text()
    assert press(changed, "Reopen").status_code == 303
    assert row_of(engine, number).state == "open"


def test_a_stale_view_of_a_deleted_post(signed_in: Client, engine: sa.Engine, press: Press) -> None:
    number = put(engine)
    found = page(signed_in, f"/queue/{number}")
    erase(engine, number)
    changed = soup(press(found, "Uphold"), 409)
    assert "nothing left to decide" in changed.get_text()
    assert TEXT not in changed.get_text()


def test_programs_get_conflicts_as_json(signed_in: Client, engine: sa.Engine, csrf: str) -> None:
    number, held = put(engine), put(engine)
    edit(engine, number, "New.")
    Claims(engine, 10).take(held, "bob")
    data = {"csrf_token": csrf, "request_id": "a" * 16, "seen": "1.1", "outcome": "upheld"}
    check_error(signed_in.post(f"/queue/{number}/decide", data=data), 409, "stale-view")
    answer = signed_in.post(f"/queue/{held}/decide", data=data)
    check_error(answer, 409, "post-claimed")
    assert "bob" in answer.json["error"]["message"]
    assert re.search(r"until \d\d:\d\d UTC", answer.json["error"]["hint"])


# Claims


def test_a_claim_is_taken_and_given_back(signed_in: Client, engine: sa.Engine, press: Press) -> None:
    number = put(engine)
    assert press(page(signed_in, f"/queue/{number}"), "Claim for 10 min").headers["Location"] == f"/queue/{number}"
    found = page(signed_in, "/queue?mine=1&state=any")
    assert "Yours until" in found.select_one(".line").get_text()  # type: ignore[union-attr]
    press(page(signed_in, f"/queue/{number}"), "Give it back")
    assert row_of(engine, number).claimed_by is None


def test_a_post_of_another_is_shown_but_not_decided(signed_in: Client, engine: sa.Engine, press: Press) -> None:
    number = put(engine)
    found, listed = page(signed_in, f"/queue/{number}"), page(signed_in)
    Claims(engine, 10).take(number, "bob")
    for answer in (press(found, "Uphold"), press(found, "Claim for"), press(listed, "Claim and open")):
        held = soup(answer, 409)
        assert "bob works on this post" in held.get_text()
        assert "until" in held.get_text()
    now_shown = page(signed_in, f"/queue/{number}")
    assert "bob works on this post" in now_shown.get_text()
    assert not now_shown.select(".choose")
    assert not page(signed_in).select(".act, [name=post]")


def test_the_next_post_is_claimed_and_opened(signed_in: Client, engine: sa.Engine, press: Press) -> None:
    held, number = put(engine, rank=2), put(engine, rank=1)
    Claims(engine, 10).take(held, "bob")
    assert press(page(signed_in), "Claim the next").headers["Location"] == f"/queue/{number}"
    assert row_of(engine, number).claimed_by == "owner"


# Several at once


def select(found: BeautifulSoup, *numbers: int) -> list[str]:
    values = [str(box["value"]) for box in found.select("[name=post]")]
    return [value for value in values if int(value.split(".")[0]) in numbers]


def test_several_are_decided_after_a_preview(signed_in: Client, engine: sa.Engine, press: Press, bob: Decider) -> None:
    good, other, stale, untouched = (put(engine, rank=9 - place) for place in range(4))
    listed = page(signed_in)
    edit(engine, stale, "I take it back.")
    shown = soup(press(listed, "Dismiss …", post=select(listed, good, other, stale)))
    assert "Dismiss 2 posts?" in shown.get_text()
    assert "It changed after the list was shown." in shown.get_text()
    assert all(past(engine, number) == [] for number in (good, other, stale))
    edit(engine, other, "I take that back.")  # after the preview
    boxes = [str(box["value"]) for box in shown.select("[name=post]")]
    answer = press(shown, "Dismiss 2 posts", post=boxes, note="Spam.")
    assert [row.outcome for row in past(engine, good)] == ["dismissed"]
    assert past(engine, other) == past(engine, stale) == past(engine, untouched) == []
    told = page(signed_in, answer.headers["Location"])
    done = " ".join(told.select_one(".done").get_text(" ").split())  # type: ignore[union-attr]
    assert "Dismissed: 1 post" in done
    assert f"post {other}" in done
    undone = press(told, "Undo")
    assert row_of(engine, good).state == "open"
    assert "Undone: 1 post" in page(signed_in, undone.headers["Location"]).get_text()


def test_nothing_selected_is_told(signed_in: Client, engine: sa.Engine, press: Press) -> None:
    put(engine)
    answer = press(page(signed_in), "Uphold …")
    assert "Nothing is selected" in page(signed_in, answer.headers["Location"]).get_text()


@pytest.mark.parametrize("post", [["x"], ["1.1"], ["0.1.1"], ["99999999999.1.1"], ["1.1.1"] * 101])
def test_selections_that_cannot_be_read(signed_in: Client, csrf: str, engine: sa.Engine, post: list[str]) -> None:
    data = {"csrf_token": csrf, "request_id": "a" * 16, "outcome": "upheld", "post": post}
    for path in ("/queue/preview", "/queue/bulk"):
        assert signed_in.post(path, data=data).status_code == 422


@pytest.mark.parametrize("query", ["done=x", "done=0", "done=99999999999", "batch=zzzzzzzzzz", "batch=a&refused=x"])
def test_addresses_cannot_make_the_page_say_things(signed_in: Client, engine: sa.Engine, query: str) -> None:
    told = page(signed_in, f"/queue?{query}").select_one(".done")
    assert told is None or told.strong.get_text() == "Nothing was changed"  # type: ignore[union-attr]
