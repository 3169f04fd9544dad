"""The overview's numbers, each against posts and decisions counted by hand, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from server.moderation.overview import (
    BANDS,
    decisions_by_day,
    flags_by_day,
    last_days,
    models_in_use,
    posts_by_day,
    queue_age,
)
from server.moderation.precision import agreement, precision_by_flag
from server.moderation.precision_by_model import precision_by_model
from server.settings import Settings
from server.store import open_store
from tests.server.moderation.placed import NOON, put_decision, put_post, put_undo

WEEK = last_days(date(2026, 11, 20), 7)


@pytest.fixture
def connection(both_settings: Settings) -> Iterator[sa.Connection]:
    engine = open_store(both_settings).engine
    with engine.begin() as connection:
        yield connection
    engine.dispose()


def test_moderation_overview_of_nothing(connection: sa.Connection) -> None:
    age = queue_age(connection, at=NOON)
    assert (age.waiting, age.oldest, len(age.bands)) == (0, None, len(BANDS) + 1)
    assert posts_by_day(connection, WEEK).total("plain") == 0
    assert precision_by_flag(connection, ["scare"])[0].share.cases == 0
    assert agreement(connection).kappa is None
    assert models_in_use(connection) == []


def test_moderation_overview_of_the_queue_by_age(connection: sa.Connection) -> None:
    ages = [timedelta(minutes=5), timedelta(hours=5), timedelta(hours=6), timedelta(days=2), timedelta(days=400)]
    for number, age in enumerate(ages):
        put_post(connection, number, age=age, state="escalated" if number == 3 else "open")
    put_post(connection, 10, state="decided")
    put_post(connection, 11, deleted_at=NOON)
    found = queue_age(connection, at=NOON)
    assert [band.waiting for band in found.bands] == [1, 0, 2, 1, 0, 0, 1]
    assert [band.escalated for band in found.bands] == [0, 0, 0, 1, 0, 0, 0]
    assert found.oldest == NOON - timedelta(days=400)


def test_moderation_overview_by_day(connection: sa.Connection) -> None:
    for number, (days, flags) in enumerate([(0, ["scare", "miracle"]), (0, []), (6, ["scare"]), (7, ["scare"])]):
        put_post(connection, number, age=timedelta(days=days), flags=flags)
    # A minute before midnight in UTC, and a minute after.
    put_post(connection, 8, age=timedelta(hours=12, minutes=1))
    put_post(connection, 9, age=timedelta(hours=11, minutes=59))
    posts = posts_by_day(connection, WEEK)
    assert posts.counts == {"flagged": (1, 0, 0, 0, 0, 0, 1), "plain": (0, 0, 0, 0, 0, 1, 2)}
    flags = flags_by_day(connection, WEEK, ["scare", "miracle", "pressure"])
    assert flags.counts["scare"] == (1, 0, 0, 0, 0, 0, 1)
    assert (flags.total("miracle"), flags.total("pressure")) == (1, 0)


def test_moderation_overview_leaves_out_decisions_taken_back(connection: sa.Connection) -> None:
    for number in range(3):
        put_post(connection, number)
    put_decision(connection, 0, "upheld")
    put_decision(connection, 1, "unsure", at=NOON - timedelta(days=1))
    put_undo(connection, 2, put_decision(connection, 2, "dismissed"))
    put_decision(connection, 2, "upheld", at=NOON - timedelta(days=7))
    counts = decisions_by_day(connection, WEEK).counts
    assert counts["upheld"] == (0, 0, 0, 0, 0, 0, 1)
    assert counts["unsure"] == (0, 0, 0, 0, 0, 1, 0)
    assert sum(counts["dismissed"]) == 0


def test_precision_counts_the_last_verdict_on_each_flag(connection: sa.Connection) -> None:
    for number in range(5):
        put_post(connection, number, flags=["scare", "miracle"])
    put_decision(connection, 0, "upheld", verdicts={"scare": "upheld", "miracle": "dismissed"})
    put_decision(connection, 1, "upheld", verdicts={"scare": "upheld"})
    put_decision(connection, 1, "dismissed", verdicts={"scare": "dismissed"})
    put_decision(connection, 2, "unsure", verdicts={"scare": "unsure"})
    put_undo(connection, 3, put_decision(connection, 3, "dismissed", verdicts={"scare": "dismissed"}))
    put_decision(connection, 4, "upheld", verdicts={"scare": "upheld"})
    scare, miracle, pressure = precision_by_flag(connection, ["scare", "miracle", "pressure"])
    assert (scare.share.right, scare.share.cases, scare.unsure) == (2, 3, 1)
    assert (miracle.share.right, miracle.share.cases) == (0, 1)
    assert pressure.share.cases == 0
    # Wilson's interval for 2 of 3, from his formula by hand.
    assert scare.share.interval == pytest.approx((0.2077, 0.9385), abs=1e-4)


def test_precision_is_told_for_the_model_that_raised_the_flag(connection: sa.Connection) -> None:
    for number in range(4):
        put_post(connection, number, flags=["scare", "miracle"], model="new 2")
    for number, verdict in enumerate(("upheld", "upheld", "dismissed")):
        put_decision(connection, number, verdict, verdicts={"scare": verdict}, model="old 1")
    put_decision(connection, 0, "dismissed", verdicts={"scare": "dismissed"}, model="new 2")
    put_decision(connection, 3, "upheld", verdicts={"scare": "upheld", "miracle": "unsure"})  # kept before models were
    put_undo(connection, 1, put_decision(connection, 1, "dismissed", verdicts={"scare": "dismissed"}, model="new 2"))
    new, old = precision_by_model(connection, ["scare", "miracle"])
    assert (new.model, new.version, old.version) == ("new 2", "new", "old")
    scare, miracle = new.flags
    assert (scare.share.right, scare.share.cases) == (1, 2)
    assert (miracle.share.cases, miracle.unsure) == (0, 1)
    (scare,) = old.flags
    assert (scare.share.right, scare.share.cases) == (2, 3)
    assert scare.share.interval == pytest.approx((0.2077, 0.9385), abs=1e-4)


def test_agreement_is_of_two_people_on_one_text(connection: sa.Connection) -> None:
    said = [("upheld", "upheld")] * 20 + [("upheld", "dismissed")] * 5
    said += [("dismissed", "upheld")] * 10 + [("dismissed", "dismissed")] * 15
    for number, (anne, bo) in enumerate(said):
        put_post(connection, number)
        put_decision(connection, number, anne)
        put_decision(connection, number, bo, who="bo")
    put_post(connection, 90)
    put_decision(connection, 90, "upheld")
    put_decision(connection, 90, "dismissed")  # the same person
    put_decision(connection, 90, "escalated", who="bo")  # handed on
    put_post(connection, 91)
    put_decision(connection, 91, "upheld")
    put_decision(connection, 91, "dismissed", who="bo", version=2)  # another text
    found = agreement(connection)
    assert (found.share.right, found.share.cases) == (35, 50)
    assert found.pairs[("dismissed", "upheld")] == 10
    assert found.kappa == pytest.approx(0.4)  # Cohen's own way: (0.7 - 0.5) / (1 - 0.5)


def test_agreement_counts_what_another_took_back(connection: sa.Connection) -> None:
    for number in range(2):
        put_post(connection, number)
    put_undo(connection, 0, put_decision(connection, 0, "upheld"), who="bo")
    put_decision(connection, 0, "dismissed", who="bo")
    put_undo(connection, 1, put_decision(connection, 1, "upheld"))
    put_decision(connection, 1, "dismissed", who="bo")
    assert agreement(connection).pairs == {("upheld", "dismissed"): 1}


def test_models_that_scored_texts(connection: sa.Connection) -> None:
    put_post(connection, 0, model="old", age=timedelta(days=9))
    put_post(connection, 1, model="old", age=timedelta(days=8))
    put_post(connection, 2, model="new")
    new, old = models_in_use(connection)
    assert (new.model, new.texts, old.model, old.texts) == ("new", 1, "old", 2)
    assert (old.first, old.last) == (NOON - timedelta(days=9), NOON - timedelta(days=8))
