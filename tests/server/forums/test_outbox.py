"""Decisions on a connected forum's posts go out once each, signed, in order, and through every outage."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
import sqlalchemy as sa
from pydantic import SecretStr

from classifier.priority_weights import load_weights
from server.context import load_cards
from server.errors import ApiError
from server.forums.callbacks import Callbacks
from server.forums.courier import Courier
from server.forums.couriers import couriers_of, note_who_is_told
from server.forums.outbox import GIVEN_UP, WAITS, Outbox
from server.forums.wire import Wire
from server.moderation.deciding import Decider
from server.moderation.incoming import IncomingPost
from server.moderation.intake import Intake
from server.moderation.refusals import Seen
from server.moderation.scoring import Scorer
from server.store.times import now
from tests.server.fakes import FakeDetector
from tests.server.forums.listening import SECRET, Listener, listening
from tests.server.forums.telling import Clock, connected, decide, put, rows, undo
from tests.server.moderation.placed import TEXT


def test_a_decision_is_told_with_its_flags_and_without_words(
    engine: sa.Engine, courier: Courier, listener: Listener
) -> None:
    put(engine, 1)
    decision = decide(engine, 1)
    assert courier.make_round() == (1, 0)
    [told] = listener.taken
    assert {key: told[key] for key in told.keys() - {"delivery", "at"}} == {
        "event": "decision.made", "source": "boards", "post_id": "p1", "version": 1, "decision": decision,
        "undoes": None, "outcome": "upheld", "state": "decided", "standing": "upheld",
        "flags": [{"flag": "miracle", "verdict": "upheld"}],
    }  # fmt: skip
    assert "ann" not in json.dumps(told), "who decided is not told"
    assert not set(TEXT.split()) & set(json.dumps(told).split())
    assert courier.make_round() == (0, 0), "once"


def test_undoing_and_reopening_are_told_in_order(engine: sa.Engine, courier: Courier, listener: Listener) -> None:
    put(engine, 1)
    undo(engine, decide(engine, 1))
    decide(engine, 1, "dismissed", revision=3)
    Decider(engine, "ann", is_lead=True).reopen(1, Seen(1, 4), "again")
    assert courier.make_round() == (4, 0)
    assert listener.decisions == [
        ("p1", "decision.made", "upheld"),
        ("p1", "decision.undone", None),
        ("p1", "decision.made", "dismissed"),
        ("p1", "post.reopened", None),
    ]
    assert listener.taken[1]["undoes"] == listener.taken[0]["decision"]


def test_an_edit_that_reopens_is_told(engine: sa.Engine, courier: Courier, listener: Listener) -> None:
    intake = Intake(engine, Scorer(FakeDetector(), load_cards(), load_weights()))
    intake.take([IncomingPost(source="boards", post_id="p1", version=1, text="A miracle for sleep.")])
    decide(engine, 1)
    intake.take([IncomingPost(source="boards", post_id="p1", version=2, text="Tea before bed, nothing more.")])
    courier.make_round()
    assert listener.decisions[1:] == [("p1", "post.reopened", None)]
    assert (listener.taken[1]["version"], listener.taken[1]["state"]) == (2, "open")


def test_other_sources_and_refused_decisions_write_nothing(engine: sa.Engine, courier: Courier) -> None:
    put(engine, 1, source="elsewhere")
    put(engine, 2)
    decide(engine, 1)
    with pytest.raises(ApiError):
        decide(engine, 2, revision=9)
    assert rows(engine) == []


def test_an_outage_of_the_forum_loses_nothing_and_keeps_the_order(
    engine: sa.Engine, courier: Courier, listener: Listener, clock: Clock
) -> None:
    put(engine, 1, 2)
    undo(engine, decide(engine, 1))
    decide(engine, 2)
    listener.answers = [503] * 5
    for _ in range(40):
        courier.make_round()
        clock.passed += timedelta(minutes=2)
    assert [told for told in listener.decisions if told[0] == "p1"] == [
        ("p1", "decision.made", "upheld"),
        ("p1", "decision.undone", None),
    ]
    assert len(listener.taken) == 3
    assert len({told["delivery"] for told in listener.came}) == 3, "every try of a message has the same name"
    assert len(listener.came) == 8


def test_tries_come_apart_further_and_end_after_three_days(
    engine: sa.Engine, listener: Listener, courier: Courier, clock: Clock
) -> None:
    put(engine, 1, 2)
    decide(engine, 1)
    listener.answers = [404] * 99
    waits = []
    while not (row := rows(engine)[0]).ended_at:
        courier.make_round()
        due = rows(engine)[0].due_at
        waits.append(round((due - clock()) / timedelta(minutes=1)))
        clock.passed = due - now() + timedelta(seconds=1)
    assert waits[:9] == [1, 2, 5, 15, 30, 60, 120, 240, 360]
    assert set(waits[9:-1]) == {360}
    assert (row.state, row.told, len(listener.came)) == ("failed", "answered 404", 20)
    assert timedelta() <= row.ended_at - row.made_at - GIVEN_UP < WAITS[-1]
    [state] = Outbox(engine).late(at=clock())
    assert (state.source, state.waiting, state.failed, state.told) == ("boards", 0, 1, "answered 404")
    listener.answers = []
    decide(engine, 2)
    assert courier.make_round() == (1, 0), "what comes after is told"


def test_one_message_that_is_refused_keeps_no_other_post_waiting(
    engine: sa.Engine, listener: Listener, courier: Courier
) -> None:
    put(engine, 1, 2, 3)
    for number in (1, 2, 3):
        decide(engine, number)
    listener.answers = [422]
    assert courier.make_round() == (2, 1)
    assert [told["post_id"] for told in listener.taken] == ["p2", "p3"]


def test_a_forum_that_is_away_is_left_alone(
    engine: sa.Engine, listener: Listener, courier: Courier, clock: Clock
) -> None:
    put(engine, *range(1, 9))
    for number in range(1, 9):
        decide(engine, number)
    listener.answers, listener.headers = [429], {"Retry-After": "600"}
    assert courier.make_round() == (0, 1)
    clock.passed += timedelta(minutes=9)
    assert courier.make_round() == (0, 0), "as long as it asked"
    clock.passed += timedelta(minutes=2)
    assert courier.make_round() == (8, 0)


def test_redirects_are_not_followed(engine: sa.Engine, listener: Listener, courier: Courier) -> None:
    put(engine, 1)
    decide(engine, 1)
    with listening(Listener()) as other:
        listener.answers, listener.headers = [302, 307], {"Location": other.address}
        assert courier.make_round() == (0, 1)
        assert other.came == []
    assert rows(engine)[0].told == "answered 302"


def test_nobody_listens(engine: sa.Engine, clock: Clock) -> None:
    put(engine, 1)
    silent = Listener(address="http://127.0.0.1:9/pinch")
    note_who_is_told(engine, connected(silent))
    decide(engine, 1)
    [courier] = couriers_of(engine, connected(silent))
    assert courier.make_round() == (0, 1)
    assert rows(engine)[0].told == "no answer in time"


def test_a_slow_answer_is_not_waited_for(
    engine: sa.Engine, listener: Listener, courier: Courier, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.forums.wire.ANSWER_WAIT", 0.2)
    put(engine, 1)
    decide(engine, 1)
    listener.pause = 1.0
    courier.bring = Callbacks(listener.address, SecretStr(SECRET), Wire())
    assert courier.make_round() == (0, 1)
