"""Several processes tell of decisions, die over it, start at once, and throw old rows away."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import sqlalchemy as sa

from server.forums.connections import Connections
from server.forums.courier import Brought, Courier, NotBrought
from server.forums.couriers import couriers_of, note_who_is_told
from server.forums.outbox import BRINGING, Letter, want_told
from server.forums.outbox_tables import OUTBOX
from server.store.times import now
from tests.server.forums.listening import Listener
from tests.server.forums.telling import Clock, connected, decide, put, rows, undo


def test_two_couriers_take_each_try_once(engine: sa.Engine, courier: Courier, listener: Listener) -> None:
    put(engine, *range(1, 41))
    for number in range(1, 41):
        decide(engine, number)
    others = [couriers_of(engine, connected(listener))[0] for _ in range(3)]
    threads = [threading.Thread(target=other.make_round) for other in others]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    courier.make_round()
    assert sorted(told["post_id"] for told in listener.came) == sorted(f"p{number}" for number in range(1, 41))


def test_a_slow_try_is_not_made_by_another_process_meanwhile(
    engine: sa.Engine, courier: Courier, listener: Listener, clock: Clock
) -> None:
    put(engine, 1)
    undo(engine, decide(engine, 1))
    [other] = couriers_of(engine, connected(listener))
    other.now = clock
    bring, meanwhile = courier.bring, []

    def slow(letter: Letter, /) -> Brought | NotBrought:
        clock.passed += timedelta(minutes=2)
        meanwhile.append(other.make_round())
        return bring(letter)

    courier.bring = slow
    courier.make_round()
    assert meanwhile[0] == (0, 0)
    assert [told["event"] for told in listener.came] == ["decision.made", "decision.undone"]


def test_servers_that_start_at_once_note_who_is_told(engine: sa.Engine) -> None:
    both, start = {"boards", "sleep-forum"}, threading.Barrier(6)

    def note(_: int) -> None:
        start.wait()
        want_told(engine, both, at=now())

    for _ in range(10):
        with ThreadPoolExecutor(6) as servers:
            list(servers.map(note, range(6)))
        want_told(engine, (), at=now())


def test_a_death_between_sending_and_noting_sends_it_twice_under_one_name(
    engine: sa.Engine, listener: Listener, courier: Courier, clock: Clock
) -> None:
    put(engine, 1)
    undo(engine, decide(engine, 1))
    bring = courier.bring

    def dies(letter: Letter, /) -> Brought | NotBrought:
        bring(letter)
        raise SystemExit(9)

    courier.bring = dies
    with pytest.raises(SystemExit):
        courier.make_round()
    courier.bring = bring
    assert courier.make_round() == (0, 0), "the order stays: the second waits for the first"
    clock.passed += BRINGING + timedelta(seconds=1)
    assert courier.make_round() == (2, 0)
    assert [told["event"] for told in listener.came] == ["decision.made", "decision.made", "decision.undone"]
    assert listener.came[0] == listener.came[1]


def test_a_forum_that_is_no_longer_connected_ends_what_waits(engine: sa.Engine, courier: Courier) -> None:
    put(engine, 1, 2)
    decide(engine, 1)
    note_who_is_told(engine, Connections(None, {}))
    decide(engine, 2)
    assert [(row.state, row.told) for row in rows(engine)] == [("failed", "the forum is not connected any more")]


def test_old_rows_go(engine: sa.Engine, courier: Courier, clock: Clock) -> None:
    put(engine, 1)
    decide(engine, 1)
    courier.make_round()
    clock.passed += timedelta(days=31)
    courier.make_round()
    assert rows(engine) == []


def test_old_rows_of_a_forum_that_is_connected_no_more_go_with_a_start(engine: sa.Engine, courier: Courier) -> None:
    put(engine, 1)
    decide(engine, 1)
    note_who_is_told(engine, Connections(None, {}))
    with engine.begin() as connection:
        connection.execute(OUTBOX.update().values(ended_at=now() - timedelta(days=31)))
    note_who_is_told(engine, Connections(None, {}))
    assert rows(engine) == []
