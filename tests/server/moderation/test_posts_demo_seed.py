"""The demo forum as it lies in the database: a month of posts, the first days decided."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from classifier.priority_weights import load_weights
from server.context import load_cards
from server.moderation.decisions import history
from server.moderation.demo.seed import DECIDED_DAYS, MODERATORS, count_seeded, seed
from server.moderation.demo.threads import DemoPost, read_threads
from server.moderation.scoring import Scorer
from server.moderation.tables import POST_VERSIONS, POSTS
from tests.server.fakes import FakeDetector

NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)
# Whole threads of the demo: small enough for a test, with posts of the decided days and of later ones.
THREADS = 12


@pytest.fixture(scope="module")
def few() -> tuple[DemoPost, ...]:
    posts = read_threads()
    names = sorted({post.thread for post in posts})[:THREADS]
    return tuple(post for post in posts if post.thread in names)


@pytest.fixture
def seeded(engine: sa.Engine, few: tuple[DemoPost, ...]) -> sa.Engine:
    assert count_seeded(engine) == 0
    scorer = Scorer(FakeDetector(), load_cards(), load_weights())
    assert sum(seed(engine, scorer, few, moment=NOON)) == len(few)
    return engine


def test_every_post_is_there_on_its_day_and_its_label_is_not(seeded: sa.Engine, few: tuple[DemoPost, ...]) -> None:
    assert count_seeded(seeded) == len(few)
    with seeded.connect() as connection:
        rows = {row.post_id: row for row in connection.execute(sa.select(POSTS))}
        texts = set(connection.execute(sa.select(POST_VERSIONS.c.text)).scalars())
    assert rows.keys() == {post.id for post in few}
    for post in few:
        row = rows[post.id]
        assert (NOON - row.posted_at).days == 30 - post.day or (NOON - row.posted_at).days == 31 - post.day
        assert (row.posted_at.hour, row.posted_at.minute) == (post.time.hour, post.time.minute)
        assert (row.author, row.views, row.replies, row.reply_to) == (
            post.author,
            post.views,
            post.replies,
            post.reply_to,
        )
        assert post.why not in repr(row)
    assert texts == {post.text for post in few}


def test_the_first_days_are_decided_as_the_labels_say(seeded: sa.Engine, few: tuple[DemoPost, ...]) -> None:
    with seeded.connect() as connection:
        rows = {row.post_id: row for row in connection.execute(sa.select(POSTS))}
        for post in few:
            row = rows[post.id]
            if post.day > DECIDED_DAYS:
                assert row.state == "open"
                continue
            past = [decision for decision in history(connection, row.number) if decision.kind == "decide"]
            wanted = {"none": "dismissed", "care": "escalated"}.get(post.need, "upheld")
            assert past[0].outcome == wanted
            assert {decision.who for decision in past} <= set(MODERATORS)
            assert row.state == ("escalated" if post.need == "care" else "decided")
