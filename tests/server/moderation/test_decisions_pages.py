"""The forms of the queue: what they decide, refuse and take back."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup

from server.moderation.claims import Claims
from server.moderation.deciding import Decider
from server.moderation.decisions import NewDecision
from server.moderation.refusals import Seen
from tests.server.conftest import Client
from tests.server.moderation.filled import TEXT, edit, erase, put, row_of
from tests.server.moderation.pressing import Press, fields, page, past, soup
from tests.server.test_bad_input import MARK, check_error

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
