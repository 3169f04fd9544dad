"""Weeks of a forum against its first weeks and the training; each test on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from classifier.drift import ANY, UNKNOWN
from server.models import OneModel
from server.moderation.drift import FIRST_WEEKS, MOST_WEEKS, ForumDrift, Training, drift_by_forum, monday_of
from server.moderation.drift_watch import FOR_PEOPLE, DriftWatch
from server.moderation.drift_wording import forum_json, notice, standing
from server.moderation.tables import POST_VERSIONS, POSTS
from tests.server.fakes import FakeDetector
from tests.server.moderation.weeks import AT, MODEL, THIS_MONDAY, put_week, tally


def forums(engine: sa.Engine, training: Training | None = None) -> list[ForumDrift]:
    with engine.connect() as connection:
        return drift_by_forum(connection, at=AT, training=training)


@pytest.fixture
def four_weeks(engine: sa.Engine) -> sa.Engine:
    for back in (4, 3, 2, 1):
        put_week(engine, back)
    return engine


def test_no_posts_no_forum(engine: sa.Engine) -> None:
    assert forums(engine) == []


def test_four_first_weeks_are_waited_for(four_weeks: sa.Engine) -> None:
    (found,) = forums(four_weeks)
    assert (found.source, found.newest, found.first_weeks) == ("forum", None, FIRST_WEEKS)
    assert found.first is not None
    assert (found.first.posts, found.first.tally.sentences) == (240, 1200)
    assert [week.is_first for week in found.weeks] == [True] * 4
    assert notice(found) is None


def test_a_week_like_the_first_ones_is_no_news(four_weeks: sa.Engine) -> None:
    put_week(four_weeks, 0)
    (found,) = forums(four_weeks)
    assert found.newest is not None
    assert (found.newest.monday, found.newest.period.posts, found.newest.moves) == (THIS_MONDAY, 60, ())
    assert notice(found) is None
    assert standing(found) == "The newest week reads like the first weeks."


def test_unknown_words_that_double_are_told(four_weeks: sa.Engine) -> None:
    put_week(four_weeks, 0, unknown=3)
    (found,) = forums(four_weeks)
    assert found.newest is not None
    (move,) = found.newest.moves
    assert (move.measure, move.now, move.before) == (UNKNOWN, 0.075, 0.025)
    assert notice(found) == (
        "What forum wrote in the week from 23 November reads unlike its first weeks: "
        "words the model never learned 7.5 %, 2.5 % in the first weeks."
    )
    told = forum_json(found)
    assert (told["moved"], told["weeks"][-1]["week"]) == ([UNKNOWN], "2026-W48")
    assert [week["is_first"] for week in told["weeks"]] == [True] * 4 + [False]


def test_flags_that_double_are_told_by_kind_too(four_weeks: sa.Engine) -> None:
    put_week(four_weeks, 0, flagged=4)
    (found,) = forums(four_weeks)
    assert found.newest is not None
    assert {move.measure for move in found.newest.moves} == {ANY, "miracle"}


def test_too_few_posts_say_nothing(four_weeks: sa.Engine) -> None:
    put_week(four_weeks, 0, 30, unknown=20)
    (found,) = forums(four_weeks)
    assert (found.newest, found.weeks[-1].against_first) == (None, ())
    assert standing(found).startswith("Too few posts came")


def test_a_move_of_long_ago_is_no_notice(engine: sa.Engine) -> None:
    for back in (9, 8, 7, 6):
        put_week(engine, back)
    put_week(engine, 4, unknown=5)
    (found,) = forums(engine)
    assert found.weeks[-1].moves
    assert found.newest is None


def test_each_forum_has_first_weeks_of_its_own(four_weeks: sa.Engine) -> None:
    put_week(four_weeks, 0)
    for back in (4, 3, 2, 1, 0):
        put_week(four_weeks, back, 50, unknown=6, source="other")
    one, two = forums(four_weeks)
    assert (one.source, two.source) == ("forum", "other")
    assert one.newest
    assert two.newest
    assert one.newest.moves == two.newest.moves == ()


def test_each_model_has_first_weeks_of_its_own(four_weeks: sa.Engine) -> None:
    put_week(four_weeks, 0, unknown=6, model="other-2 11")
    (found,) = forums(four_weeks)
    assert (found.newest, found.first_weeks) == (None, 1)
    assert standing(found) == "1 of 4 first weeks are here; later ones will be held against them."


@pytest.mark.parametrize("model", ["a-model 11", "z-model 11"])
def test_in_the_week_of_a_promotion_the_model_in_use_comes_last(four_weeks: sa.Engine, model: str) -> None:
    put_week(four_weeks, 0)
    put_week(four_weeks, 0, model=model)
    (found,) = forums(four_weeks, Training(model, tally()))
    assert (found.weeks[-1].model, found.first_weeks) == (model, 1)


def test_only_the_current_version_of_a_post_that_is_here_counts(four_weeks: sa.Engine) -> None:
    first, second, *_ = put_week(four_weeks, 0)
    with four_weeks.begin() as connection:
        new = {"post": first, "version": 2, "text": "", "format": "text", "received_at": AT, "model": MODEL}
        connection.execute(POST_VERSIONS.insert(), {**new, "report": {"tally": tally(unknown=40).row()}})
        connection.execute(POSTS.update().where(POSTS.c.number == first).values(version=2))
        connection.execute(POSTS.update().where(POSTS.c.number == second).values(deleted_at=AT, state="deleted"))
    (found,) = forums(four_weeks)
    assert (found.weeks[-1].period.posts, found.weeks[-1].period.tally.unknown) == (59, 58 + 40)


def test_posts_read_before_there_was_a_count_are_told(engine: sa.Engine) -> None:
    put_week(engine, 1, 7, is_counted=False)
    (found,) = forums(engine)
    assert (found.uncounted, found.weeks, found.first) == (7, (), None)
    assert "No post was counted yet" in standing(found)
    with engine.begin() as connection:  # by a version of Pinch with other flags
        connection.execute(POST_VERSIONS.update().values(report={"tally": [1, 2, 3]}))
    assert forums(engine)[0].uncounted == 7


def test_weeks_of_more_than_a_year_ago_are_left(engine: sa.Engine) -> None:
    put_week(engine, MOST_WEEKS - 1, 3)
    put_week(engine, MOST_WEEKS, 5)
    assert [week.period.posts for week in forums(engine)[0].weeks] == [3]


def test_the_training_is_held_against_its_own_model_alone(four_weeks: sa.Engine) -> None:
    put_week(four_weeks, 0)
    trained = tally(flagged=2, unknown=1)
    (found,) = forums(four_weeks, Training(MODEL, trained))
    assert found.newest is not None
    (flagged,) = (one for one in found.newest.against_training if one.measure == ANY)
    assert (flagged.before, round(flagged.now, 3)) == (0.4, 0.04)
    assert notice(found) is None  # a forum differs from the training from the first day
    (other,) = forums(four_weeks, Training("other-2 11", trained))
    assert other.weeks[-1].against_training == ()


def test_weeks_are_counted_again_after_a_while(four_weeks: sa.Engine) -> None:
    at = AT
    watch = DriftWatch(four_weeks, OneModel(FakeDetector()), now=lambda: at)
    assert watch.forums(no_older=FOR_PEOPLE)[0].newest is None
    put_week(four_weeks, 0)
    assert watch.forums(no_older=FOR_PEOPLE)[0].newest is None
    at += FOR_PEOPLE + timedelta(seconds=1)
    assert watch.forums(no_older=FOR_PEOPLE)[0].newest is not None


def test_a_week_begins_on_monday() -> None:
    assert {monday_of(THIS_MONDAY + timedelta(days=day)) for day in range(7)} == {THIS_MONDAY}
