"""Moderators who decide the same posts in the same moment."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import sqlalchemy as sa

from server.errors import ApiError
from server.moderation.deciding import Decider
from server.moderation.decisions import Decision, NewDecision, history
from server.moderation.refusals import Seen
from tests.server.moderation.filled import edit, put, row_of

RACES, RACERS = 40, 4


def run(posts: list[int], act: Callable[[int, int], Any]) -> list[tuple[Any, ...]]:
    """Let all racers act on each post at once. What each got, post by post; an error's code where it was refused."""
    barrier = Barrier(RACERS)

    def one(racer: int) -> list[Any]:
        found: list[Any] = []
        for number in posts:
            barrier.wait(30)
            try:
                found.append(act(racer, number))
            except ApiError as error:
                found.append(error.code)
        return found

    with ThreadPoolExecutor(RACERS) as pool:
        return list(zip(*pool.map(one, range(RACERS)), strict=True))


def decision(number: int, request_id: str) -> NewDecision:
    return NewDecision(number=number, seen=Seen(1, 1), outcome="upheld", request_id=request_id)


def past(engine: sa.Engine, number: int) -> list[Decision]:
    with engine.connect() as connection:
        return history(connection, number)


def test_of_many_decisions_at_once_one_is_taken(engine: sa.Engine) -> None:
    posts = [put(engine) for _ in range(RACES)]

    def act(racer: int, number: int) -> Decision:
        return Decider(engine, f"racer {racer}", is_lead=False).decide(decision(number, f"{racer}.{number}"))

    for number, said in zip(posts, run(posts, act), strict=True):
        assert sorted(str(answer) for answer in said)[-RACERS + 1 :] == ["stale-view"] * (RACERS - 1)
        (kept,) = past(engine, number)
        assert kept in said
        assert row_of(engine, number).revision == 2


def test_one_form_sent_many_times_at_once_is_one_decision(engine: sa.Engine) -> None:
    posts = [put(engine) for _ in range(RACES)]
    ann = Decider(engine, "ann", is_lead=False)
    for number, said in zip(
        posts, run(posts, lambda _racer, number: ann.decide(decision(number, f"once.{number}"))), strict=True
    ):
        (kept,) = past(engine, number)
        assert said == (kept,) * RACERS


def test_a_decision_and_an_edit_at_once_never_mix(engine: sa.Engine) -> None:
    posts = [put(engine) for _ in range(RACES)]
    ann = Decider(engine, "ann", is_lead=False)

    def act(racer: int, number: int) -> Decision | None:
        if racer == 0:
            edit(engine, number, "I take it back.")
            return None
        return ann.decide(decision(number, f"{racer}.{number}"))

    for number, said in zip(posts, run(posts, act), strict=True):
        taken = past(engine, number)
        assert row_of(engine, number).revision == 2 + len(taken)
        assert [answer for answer in said if isinstance(answer, Decision)] == taken


def test_batches_that_share_posts_do_not_block_each_other(engine: sa.Engine) -> None:
    posts = [put(engine) for _ in range(12)]

    def act(racer: int, _number: int) -> int:
        order = posts if racer % 2 else posts[::-1]
        asked = [decision(number, f"{racer}.{number}") for number in order]
        return len(Decider(engine, f"racer {racer}", is_lead=False).decide_all(asked)[0])

    (said,) = run(posts[:1], act)
    assert sum(said) == len(posts)
    assert all(len(past(engine, number)) == 1 for number in posts)
