"""Posts in the database: edits reopen, races end well, the order of the queue stands still while time passes."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from classifier.document import Document, Report
from classifier.errors import InputError
from classifier.priority_weights import load_weights
from server.context import load_cards
from server.moderation.incoming import IncomingPost
from server.moderation.intake import Intake
from server.moderation.posts import Posts
from server.moderation.priority import age_factor
from server.moderation.scoring import Scorer
from server.moderation.tables import DECISIONS, POST_FLAGS, POST_VERSIONS, POSTS
from server.settings import Settings
from server.store import Store, open_store
from tests.server.fakes import FakeDetector
from tests.server.moderation.conftest import WHEN, post

NOW = datetime.fromisoformat("2026-11-27T12:00:00+00:00")
SCORER = Scorer(FakeDetector(), load_cards(), load_weights())


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    store = open_store(settings)
    yield store
    store.engine.dispose()


@pytest.fixture
def intake(store: Store) -> Intake:
    return Intake(store.engine, SCORER, now=lambda: NOW)


def results(intake: Intake, *posts: IncomingPost) -> list[str]:
    return [taken.result for taken in intake.take(posts)]


def rows(store: Store, table: sa.Table) -> list[Any]:
    with store.engine.connect() as connection:
        return list(connection.execute(sa.select(table)))


def decide(store: Store, outcome: str, state: str = "decided") -> None:
    with store.engine.begin() as connection:
        connection.execute(POSTS.update().values(state=state, outcome=outcome, revision=2))


def test_an_edit_opens_a_decided_post_again(store: Store, intake: Intake) -> None:
    intake.take([post()])
    decide(store, "upheld")
    assert results(intake, post(version=2, text="Quite other words.")) == ["changed"]
    (row,) = rows(store, POSTS)
    assert (row.state, row.outcome, row.revision) == ("open", None, 3)
    (noted,) = rows(store, DECISIONS)
    assert (noted.kind, noted.version, noted.revision, noted.outcome) == ("reopen", 2, 3, None)


def test_a_new_version_of_the_same_words_leaves_the_decision(store: Store, intake: Intake) -> None:
    intake.take([post()])
    decide(store, "dismissed")
    assert results(intake, post(version=2)) == ["changed"]
    (row,) = rows(store, POSTS)
    assert (row.state, row.outcome, row.revision, row.version) == ("decided", "dismissed", 2, 2)


def test_an_edit_leaves_an_escalated_post_with_the_lead(store: Store, intake: Intake) -> None:
    intake.take([post()])
    decide(store, "escalated", "escalated")
    intake.take([post(version=2, text="Quite other words.")])
    (row,) = rows(store, POSTS)
    assert (row.state, row.revision) == ("escalated", 3)


def test_flags_are_those_of_the_current_version(store: Store, intake: Intake) -> None:
    intake.take([post(), post(version=3, text="Detox, or poison."), post(version=2, text="A miracle. Order today!")])
    assert [row.flag for row in rows(store, POST_FLAGS)] == ["scare"]
    assert len(rows(store, POST_VERSIONS)) == 3


def test_posts_sent_at_once_are_kept_once(store: Store, intake: Intake) -> None:
    batches = [[post("a"), post("b"), post("c")], [post("c"), post("a"), post("b")]] * 8
    with ThreadPoolExecutor(8) as pool:
        taken = [one.result for answers in pool.map(intake.take, batches) for one in answers]
    assert sorted(taken) == ["known"] * 45 + ["new"] * 3
    assert len(rows(store, POSTS)) == len(rows(store, POST_VERSIONS)) == 3


def test_edits_sent_at_once_end_with_the_highest(store: Store, intake: Intake) -> None:
    edits = [post(version=version, text=f"Text number {version}.") for version in range(24)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda edit: intake.take([edit]), edits))
    found = Posts(store.engine).find("sleep-forum", "p1")
    assert found is not None
    assert (found.version, found.text) == (23, "Text number 23.")
    assert len(rows(store, POST_VERSIONS)) == 24


def test_a_post_deleted_while_it_is_read_stays_away(store: Store) -> None:
    posts = Posts(store.engine)

    class DeletingDetector(FakeDetector):
        def analyze(self, source: str | Document, **options: Any) -> Report:
            posts.erase("sleep-forum", "p1", who="ann", at=NOW)
            return super().analyze(source, **options)

    Intake(store.engine, SCORER).take([post()])
    slow = Intake(store.engine, replace(SCORER, detector=DeletingDetector()))
    assert results(slow, post(version=2, text="Other words.")) == ["deleted"]
    assert {row.text for row in rows(store, POST_VERSIONS)} == {""}


def test_a_batch_is_kept_whole_or_not_at_all(store: Store, intake: Intake, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise sa.exc.OperationalError("", {}, Exception())

    monkeypatch.setattr("server.moderation.post_rows.insert_version", fail)
    with pytest.raises(sa.exc.OperationalError):
        intake.take([post("a"), post("b")])
    assert rows(store, POSTS) == []


def test_the_queue_has_people_in_need_first(store: Store, intake: Intake) -> None:
    intake.take(
        [
            post("calm", text="Slept well."),
            post("hype", text="A miracle that reverses it, order today."),
            post("cry", text="I want to die."),
        ]
    )
    assert [row.post_id for row in Posts(store.engine).first(10)] == ["cry", "hype", "calm"]


def test_what_was_learned_of_posts_orders_them_too(store: Store, intake: Intake) -> None:
    intake.take(
        [
            post("hype", text="A miracle that reverses it, order today."),
            post("quiet", text="The jamjar stays in the drawer."),
            post("alone", text="Only the lighthouse is awake."),
        ]
    )
    first, second, third = Posts(store.engine).first(10)
    assert [(row.post_id, row.needs_person) for row in (first, second, third)] == [
        ("alone", True),
        ("quiet", False),
        ("hype", False),
    ]
    kept = {row.post_id: row for row in rows(store, POSTS)}["quiet"]
    assert kept.priority_parts["signs"][0] == {
        "name": "danger",
        "confidence": 0.84,
        "weight": 1.0,
        "origin": "model",
    }
    assert (kept.top_start, kept.top_end) == (0, 31)


def test_a_cry_that_only_the_model_hears_carries_no_mark(store: Store, intake: Intake) -> None:
    intake.take([post("alone", text="Only the lighthouse is awake. A miracle would help.")])
    (row,) = Posts(store.engine).first(1)
    assert (row.needs_person, row.report["flags"]) == (True, [])


def test_reach_lifts_and_age_lowers(store: Store, intake: Intake) -> None:
    words = "This powder is a miracle."
    intake.take(
        [
            post("old", text=words, posted_at=WHEN - timedelta(days=20)),
            post("new", text=words),
            post("seen", text=words, views=4_000),
        ]
    )
    assert [row.post_id for row in Posts(store.engine).first(10)] == ["seen", "new", "old"]


def test_the_stored_order_is_that_of_every_day(store: Store, intake: Intake) -> None:
    words = ("A miracle.", "Poison.", "A miracle, says Dr Who. It reverses age.", "Order today.", "Rain again.")
    intake.take(
        [post(str(n), text=words[n % 5], views=7**n % 999, posted_at=WHEN - timedelta(days=n * 3)) for n in range(20)]
    )
    found = Posts(store.engine).first(50)
    for day in (NOW, NOW + timedelta(days=100)):
        by_hand = [max(row.priority, 1e-6) * age_factor(load_weights(), row.posted_at, day) for row in found]
        assert by_hand == sorted(by_hand, reverse=True)


def test_a_time_to_come_counts_as_now(store: Store, intake: Intake) -> None:
    intake.take([post(posted_at=NOW + timedelta(days=900))])
    assert rows(store, POSTS)[0].posted_at == NOW


def test_rescoring_reads_again_what_another_model_read(store: Store, intake: Intake) -> None:
    intake.take([post("a"), post("b"), post("c", text="refused later"), post("gone")])
    Posts(store.engine).erase("sleep-forum", "gone", who="ann", at=NOW)

    class NewDetector(FakeDetector):
        model = replace(FakeDetector.model, version="test-2")

        def analyze(self, source: str | Document, **options: Any) -> Report:
            report = super().analyze(source, **options)
            if "refused later" in report.document.blocks[0].text:
                raise InputError("Not now.")
            return replace(report, flags=())

    newer = Intake(store.engine, replace(SCORER, detector=NewDetector()), now=lambda: NOW)
    assert list(newer.rescore()) == [2]
    assert rows(store, POST_FLAGS) == []
    assert {row.revision for row in rows(store, POSTS) if row.state == "open"} == {1}
    assert sum(newer.rescore()) == 0
    assert list(newer.rescore(everything=True)) == [2]


def test_a_teams_own_weights_count(tmp_path: Path, store: Store, intake: Intake) -> None:
    intake.take([post("a")])
    file = tmp_path / "own.toml"
    file.write_text("[severity]\nhigh = 0.0\n")
    Intake(store.engine, replace(SCORER, weights=load_weights(file))).take([post("b")])
    first, second = rows(store, POSTS)
    assert first.priority > 0
    assert second.priority == 0
