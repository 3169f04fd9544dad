"""The long runs of moderation, short: decisions and posts under load, under SIGKILL and in races."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from server.moderation.tables import AUDIT, DECISIONS, POST_VERSIONS, POSTS
from tests.soak.moderation.checking import problems, unsound
from tests.soak.moderation.crew import started_crew
from tests.soak.moderation.installation import DATABASES, Installation, installation
from tests.soak.moderation.kill import kill
from tests.soak.moderation.load import Load, load
from tests.soak.moderation.race import race

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no process groups and no SIGKILL.")


# PostgreSQL has races enough in a test; its kills and loads are left to the long runs, as they take long.
LONG = ("sqlite", pytest.param("postgresql", marks=pytest.mark.soak))


@pytest.fixture
def made(request: pytest.FixtureRequest) -> Iterator[Installation]:
    with installation(request.param, is_quick=True) as made:
        yield made


@pytest.mark.parametrize("made", DATABASES, indirect=True)
def test_two_moderators_race_for_posts_and_one_wins(made: Installation) -> None:
    assert race(made, races=12) == []


@pytest.mark.parametrize("made", LONG, indirect=True)
def test_no_acknowledged_decision_is_lost_to_a_kill(made: Installation) -> None:
    assert kill(made, kills=2) == []


@pytest.mark.parametrize("made", LONG, indirect=True)
def test_posts_arrive_while_decisions_are_taken(made: Installation) -> None:
    # How quick it is, make soak measures: a machine that runs tests is busy with other things.
    asked = Load(minutes=0.05, rate=20, pause=0.2, most_milliseconds=60_000, least_share=0.1)
    assert load(made, asked) == []


_LOSSES = {
    "decision lost": DECISIONS.delete(),
    "audit log lost": AUDIT.delete().where(AUDIT.c.action == "decide"),
    "post lost or changed": POST_VERSIONS.update().values(text="Other words."),
    "posts do not stand": POSTS.update().values(revision=POSTS.c.revision + 1),
}


def test_lost_decisions_and_posts_are_found_out() -> None:
    with installation("sqlite", is_quick=True) as made:
        crew = started_crew(made, size=1)
        crew.forum.send()
        while not crew.book.acts:
            crew.moderators[0].work_once()
        made.kill()
        with made.engine() as engine, engine.connect() as connection:
            assert problems(connection, crew.book) == []
            connection.rollback()
            for words, loss in _LOSSES.items():
                with connection.begin() as lost:
                    connection.execute(loss)
                    assert any(words in found for found in problems(connection, crew.book)), words
                    lost.rollback()
        assert unsound(made) == []
        file = made.settings.data_dir / "pinch.sqlite3"
        pages = bytearray(file.read_bytes())
        pages[3 * 4096 : 3 * 4096 + 200] = b"\xff" * 200
        file.write_bytes(pages)
        assert unsound(made)
