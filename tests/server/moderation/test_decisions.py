"""Decisions: what they write, what they refuse, and how they are taken back."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import Any

import pytest
import sqlalchemy as sa

from server.errors import ApiError
from server.moderation.claims import Claims
from server.moderation.deciding import Decider
from server.moderation.decisions import Correction, Decision, NewDecision, history
from server.moderation.refusals import HeldError, Seen, StaleViewError
from server.moderation.states import OUTCOMES, STATE_AFTER
from server.moderation.tables import AUDIT, DECISIONS, POST_VERSIONS
from tests.server.moderation.filled import edit, erase, put, row_of

_REQUESTS = count(1)


@pytest.fixture
def ann(engine: sa.Engine) -> Decider:
    return Decider(engine, "ann", is_lead=False)


@pytest.fixture
def bob(engine: sa.Engine) -> Decider:
    return Decider(engine, "bob", is_lead=False)


def new(number: int, outcome: Any = "upheld", revision: int = 1, **more: Any) -> NewDecision:
    request = more.pop("request_id", f"r{next(_REQUESTS)}")
    seen = Seen(more.pop("version", 1), revision)
    return NewDecision(number=number, seen=seen, outcome=outcome, request_id=request, **more)


def past(engine: sa.Engine, number: int) -> list[Decision]:
    with engine.connect() as connection:
        return history(connection, number)


def standing(engine: sa.Engine, number: int) -> tuple[Any, ...]:
    row = row_of(engine, number)
    return row.state, row.outcome, row.revision


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_a_decision_is_kept_with_all_that_was_said(engine: sa.Engine, ann: Decider, outcome: Any) -> None:
    number = put(engine)
    said = (Correction("pressure", 0, 10, "missing"),)
    asked = new(number, outcome, verdicts={"f-miracle": "dismissed"}, corrections=said, note="Says it of juice.")
    taken = ann.decide(asked)
    assert past(engine, number) == [taken]
    assert (taken.outcome, taken.who, taken.note, taken.corrections) == (outcome, "ann", "Says it of juice.", said)
    rest = "unsure" if outcome == "escalated" else outcome
    assert {(flag.id, flag.verdict) for flag in taken.flags} == {("f-miracle", "dismissed"), ("f-anecdote", rest)}
    assert {flag.confidence for flag in taken.flags} == {0.9}
    assert {flag.model for flag in taken.flags} == {"test-1 0000"}
    with engine.begin() as connection:  # read again by another model: what was decided stays that of the first
        connection.execute(POST_VERSIONS.update().values(model="test-2"))
    assert past(engine, number) == [taken]
    assert standing(engine, number) == (STATE_AFTER[outcome], outcome, 2)
    with engine.connect() as connection:
        (noted,) = connection.execute(sa.select(AUDIT)).all()
    assert (noted.actor, noted.action, noted.subject) == ("ann", "decide", f"post {number}")
    assert "juice" not in str(noted.detail)


def test_deciding_gives_the_claim_back(engine: sa.Engine, ann: Decider) -> None:
    number = put(engine)
    Claims(engine, 10).take(number, "ann")
    ann.decide(new(number))
    assert row_of(engine, number).claimed_by is None


def test_a_post_of_another_cannot_be_decided(engine: sa.Engine, ann: Decider) -> None:
    number = put(engine)
    claim = Claims(engine, 10).take(number, "bob")
    with pytest.raises(HeldError) as refused:
        ann.decide(new(number))
    assert refused.value.claim == claim
    assert refused.value.status == 409
    assert (past(engine, number), standing(engine, number)) == ([], ("open", None, 1))


def test_a_stale_view_decides_nothing(engine: sa.Engine, ann: Decider, bob: Decider) -> None:
    edited, deleted, decided = put(engine), put(engine), put(engine)
    edit(engine, edited, "I take it back.")
    erase(engine, deleted)
    bob.decide(new(decided))
    for number in (edited, deleted, decided):
        with pytest.raises(StaleViewError) as refused:
            ann.decide(new(number, "dismissed"))
        assert (refused.value.number, refused.value.seen) == (number, Seen(1, 1))
    assert [decision.who for decision in past(engine, decided)] == ["bob"]


def test_a_decided_post_is_first_reopened(engine: sa.Engine, ann: Decider, bob: Decider) -> None:
    number = put(engine)
    ann.decide(new(number))
    with pytest.raises(ApiError, match="decided already"):
        bob.decide(new(number, "dismissed", revision=2))
    bob.reopen(number, Seen(1, 2), "again")
    assert bob.reopen(number, Seen(1, 2), "again").kind == "reopen"
    assert standing(engine, number) == ("open", None, 3)
    bob.decide(new(number, "dismissed", revision=3))
    assert [(row.kind, row.outcome) for row in past(engine, number)] == [
        ("decide", "upheld"),
        ("reopen", None),
        ("decide", "dismissed"),
    ]
    with pytest.raises(StaleViewError):
        ann.reopen(number, Seen(1, 2), "late")


def test_an_open_post_is_not_reopened(engine: sa.Engine, ann: Decider) -> None:
    number = put(engine)
    with pytest.raises(ApiError):
        ann.reopen(number, Seen(1, 1), "open")
    assert past(engine, number) == []


def test_an_escalated_post_is_decided_by_another(engine: sa.Engine, ann: Decider, bob: Decider) -> None:
    number = put(engine)
    ann.decide(new(number, "escalated"))
    taken = bob.decide(new(number, "dismissed", revision=2))
    bob.undo(taken.id, "back")
    assert standing(engine, number) == ("escalated", "escalated", 4)


def test_a_second_look_lasts_over_an_edit(engine: sa.Engine, ann: Decider, bob: Decider) -> None:
    number = put(engine)
    ann.decide(new(number, "escalated"))
    edit(engine, number, "I say it otherwise.")
    taken = bob.decide(new(number, "upheld", revision=3, version=2))
    bob.undo(taken.id, "back")
    assert standing(engine, number) == ("escalated", "escalated", 5)


def test_a_form_sent_twice_is_one_decision(engine: sa.Engine, ann: Decider, bob: Decider) -> None:
    number, other = put(engine), put(engine)
    asked = new(number, request_id="once")
    taken = ann.decide(asked)
    assert ann.decide(asked) == taken
    assert len(past(engine, number)) == 1
    for decider, wrong in ((bob, asked), (ann, replace(asked, number=other))):
        with pytest.raises(ApiError, match="request id"):
            decider.decide(wrong)
    ann.undo(taken.id, "undo")
    with pytest.raises(StaleViewError):  # what it did is no longer so
        ann.decide(asked)


def test_the_last_decision_is_undone_by_its_maker_or_a_lead(engine: sa.Engine, ann: Decider, bob: Decider) -> None:
    number = put(engine)
    taken = ann.decide(new(number))
    with pytest.raises(ApiError, match="another moderator"):
        bob.undo(taken.id, "no")
    undone = replace(bob, is_lead=True).undo(taken.id, "yes")
    assert (undone.kind, undone.undoes, undone.who) == ("undo", taken.id, "bob")
    assert standing(engine, number) == ("open", None, 3)
    assert past(engine, number) == [taken, undone]
    with pytest.raises(ApiError, match="since"):
        ann.undo(taken.id, "again")
    with pytest.raises(ApiError, match="none of this number"):
        ann.undo(9999, "nothing")


def test_undoing_twice_with_one_form_is_one_undoing(engine: sa.Engine, ann: Decider) -> None:
    taken = ann.decide(new(put(engine)))
    assert ann.undo(taken.id, "once") == ann.undo(taken.id, "once")


def test_a_reopening_is_undone(engine: sa.Engine, ann: Decider) -> None:
    number = put(engine)
    ann.decide(new(number, "dismissed"))
    reopened = ann.reopen(number, Seen(1, 2), "open")
    ann.undo(reopened.id, "close")
    assert standing(engine, number) == ("decided", "dismissed", 4)


def test_nothing_is_undone_over_an_edit_or_a_deletion(engine: sa.Engine, ann: Decider) -> None:
    edited, deleted = put(engine), put(engine)
    takens = [ann.decide(new(number)) for number in (edited, deleted)]
    edit(engine, edited, "I take it back.")
    erase(engine, deleted)
    for taken in takens:
        with pytest.raises(ApiError):
            ann.undo(taken.id, f"undo {taken.id}")
    taken = ann.decide(new(edited, "dismissed", revision=3, version=2))
    ann.undo(taken.id, "new")
    assert standing(engine, edited) == ("open", None, 5)  # not upheld: that was said of the earlier text


@pytest.mark.parametrize(
    "said",
    [
        Correction("pressure", 5, 5, "missing"),
        Correction("pressure", -1, 5, "missing"),
        Correction("pressure", 0, 1000, "wrong"),
        Correction("falsehood", 0, 5, "missing"),
    ],
)
def test_corrections_that_point_at_nothing_are_refused(engine: sa.Engine, ann: Decider, said: Correction) -> None:
    number = put(engine)
    with pytest.raises(ApiError) as refused:
        ann.decide(new(number, corrections=(said,)))
    assert refused.value.status == 422
    assert (past(engine, number), standing(engine, number)) == ([], ("open", None, 1))


def test_a_verdict_on_a_flag_that_the_post_lacks_is_refused(engine: sa.Engine, ann: Decider) -> None:
    number = put(engine)
    with pytest.raises(StaleViewError):
        ann.decide(new(number, verdicts={"f-other": "upheld"}))
    assert standing(engine, number) == ("open", None, 1)


def test_a_post_that_never_was(ann: Decider) -> None:
    with pytest.raises(ApiError) as refused:
        ann.decide(new(4711))
    assert refused.value.status == 404


def test_several_are_decided_together_but_for_those_that_moved_on(engine: sa.Engine, ann: Decider) -> None:
    good, stale, held, also_good = (put(engine) for _ in range(4))
    edit(engine, stale, "I take it back.")
    Claims(engine, 10).take(held, "bob")
    asked = [new(number, "dismissed", request_id=f"batch.{number}") for number in (also_good, held, stale, good)]
    taken, refused = ann.decide_all(asked)
    assert [decision.number for decision in taken] == [good, also_good]
    assert {item.number: type(item.error) for item in refused} == {stale: StaleViewError, held: HeldError}
    assert ann.decide_all(asked)[0] == taken
    undone, left = ann.undo_batch("batch", "back")
    assert ([row.number for row in undone], left) == ([good, also_good], [])
    assert standing(engine, good) == ("open", None, 3)
    assert ann.undo_batch("batch", "back")[0] == undone


def test_nothing_is_ever_changed_or_taken_from_the_decisions(engine: sa.Engine, ann: Decider) -> None:
    said: list[str] = []
    sa.event.listen(engine, "before_cursor_execute", lambda *call: said.append(call[2]))
    taken = ann.decide(new(put(engine)))
    ann.undo(taken.id, "undo")
    table = DECISIONS.name
    assert any(line.startswith(f"INSERT INTO {table}") for line in said)
    assert not [line for line in said if line.startswith((f"UPDATE {table} ", f"DELETE FROM {table} "))]
