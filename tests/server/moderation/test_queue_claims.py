"""Claims: one moderator a post, and none for ever."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest
import sqlalchemy as sa

from server.moderation import claims as claims_module
from server.moderation.claims import Claim, Claims
from server.moderation.queue import Queue
from server.store.times import now
from tests.server.moderation.filled import erase, put, row_of

RACES, RACERS = 60, 4


def test_the_first_claims_and_the_second_sees_who(engine: sa.Engine) -> None:
    number, claims = put(engine), Claims(engine, 10)
    mine = claims.take(number, "ann")
    assert mine is not None
    assert mine.by == "ann"
    assert timedelta(minutes=9) < mine.until - now() <= timedelta(minutes=10)
    assert claims.take(number, "bob") == mine
    assert row_of(engine, number).revision == 1  # a claim makes nobody's view stale
    renewed = claims.take(number, "ann")
    assert renewed is not None
    assert renewed.until >= mine.until


def test_a_claim_runs_out(engine: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    number, claims, start = put(engine), Claims(engine, 10), now()
    claims.take(number, "ann")
    monkeypatch.setattr(claims_module, "now", lambda: start + timedelta(minutes=11))
    taken = claims.take(number, "bob")
    assert taken is not None
    assert taken.by == "bob"


def test_one_gives_back_only_ones_own(engine: sa.Engine) -> None:
    number, claims = put(engine), Claims(engine, 10)
    claims.take(number, "ann")
    assert not claims.release(number, "bob")
    assert claims.release(number, "ann")
    assert not claims.release(number, "ann")
    post = Queue(engine).find(number)
    assert post is not None
    assert post.claim is None


def test_only_posts_that_wait_are_claimed(engine: sa.Engine) -> None:
    done, gone, second = put(engine, state="decided"), put(engine), put(engine, state="escalated")
    erase(engine, gone)
    claims = Claims(engine, 10)
    assert claims.take(done, "ann") is None
    assert claims.take(gone, "ann") is None
    assert claims.take(9999, "ann") is None
    assert claims.take(second, "ann") is not None


def test_of_many_at_once_exactly_one_wins(engine: sa.Engine) -> None:
    claims, barrier = Claims(engine, 10), Barrier(RACERS)
    posts = [put(engine) for _ in range(RACES)]

    def race(who: str) -> list[Claim | None]:
        found = []
        for number in posts:
            barrier.wait(30)
            found.append(claims.take(number, who))
        return found

    names = [f"racer {number}" for number in range(RACERS)]
    with ThreadPoolExecutor(RACERS) as pool:
        answers = list(pool.map(race, names))
    for said in zip(*answers, strict=True):
        (winner,) = {claim.by for claim in said if claim}  # all were told the same
        assert Counter(claim == said[names.index(winner)] for claim in said)[True] == RACERS
    assert {row_of(engine, number).claimed_by for number in posts} <= set(names)


def test_a_claim_of_another_keeps_out_until_it_ends() -> None:
    at = datetime.fromisoformat("2026-11-20T08:00:00+00:00")
    claim = Claim("ann", at)
    assert claim.is_of_another("bob", at - timedelta(seconds=1))
    assert not claim.is_of_another("bob", at)
    assert not claim.is_of_another("ann", at - timedelta(seconds=1))
