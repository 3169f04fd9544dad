"""The trained model on the demo forum: calm as it comes, and a wave of posts about new wonder products is noticed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from classifier import Detector, load
from classifier.drift import UNKNOWN
from classifier.priority_weights import load_weights
from server.context import load_cards
from server.moderation.demo.seed import SOURCE, seed
from server.moderation.demo.threads import read_threads
from server.moderation.drift import ForumDrift, drift_by_forum
from server.moderation.incoming import IncomingPost
from server.moderation.intake import Intake
from server.moderation.scoring import Scorer
from server.settings import Settings
from server.store import open_store

WAVE = Path(__file__).parents[2] / "data" / "wave.txt"
# A Monday: the last week of the demo is whole.
MONDAY = datetime(2026, 11, 30, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def scorer() -> Scorer:
    detector: Detector = load()
    return Scorer(detector, load_cards(), load_weights())


@pytest.fixture
def demo(tmp_path: Path, scorer: Scorer) -> sa.Engine:
    """The whole demo forum, on SQLite."""
    engine = open_store(Settings(data_dir=tmp_path / "demo")).engine
    for _ in seed(engine, scorer, read_threads(), moment=MONDAY):
        pass
    return engine


def forum(engine: sa.Engine) -> ForumDrift:
    with engine.connect() as connection:
        (found,) = drift_by_forum(connection, at=MONDAY)
    return found


def test_the_demo_is_calm_and_a_wave_is_noticed(demo: sa.Engine, scorer: Scorer) -> None:
    calm = forum(demo)
    assert calm.newest is not None
    assert calm.newest.moves == ()
    assert calm.uncounted == 0
    texts = WAVE.read_text("utf-8").splitlines()
    wave = [
        IncomingPost(source=SOURCE, post_id=f"wave-{number}", version=1, text=texts[number % len(texts)],
                     thread_id=f"wave-{number % 8}", posted_at=MONDAY - timedelta(days=1, hours=number % 90))
        for number in range(150)
    ]  # fmt: skip
    Intake(demo, scorer, now=lambda: MONDAY).take(wave)
    stormy = forum(demo)
    assert stormy.newest is not None
    assert UNKNOWN in {move.measure for move in stormy.newest.moves}
    assert all(move.is_rising for move in stormy.newest.moves)
