"""Pulls of several processes, and what breaks meanwhile: one reads at a time, and the next goes on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from classifier.errors import InputError
from server.forums.background import BackgroundPulls
from server.forums.connections import DiscourseForum
from server.forums.leases import Leases
from server.forums.pulling import Puller
from server.forums.receiving import Receiver
from server.moderation.intake import Intake
from server.parts import Parts
from tests.server.forums.connecting import Pull
from tests.server.forums.double import SOURCE, Double


def test_one_process_reads_at_a_time(new_puller: Any, forum: DiscourseForum, parts: Parts, double: Double) -> None:
    double.create("Here.")
    later = datetime.now(UTC) + timedelta(minutes=11)
    assert Leases(parts.store.engine).take(SOURCE, at=datetime.now(UTC))
    assert new_puller().pull(forum) is None
    assert double.asked == []
    assert new_puller(now=lambda: later).pull(forum) is not None
    assert Leases(parts.store.engine).take(SOURCE, at=later)


def test_the_server_reads_at_the_start_and_then_in_time(
    new_puller: Any, forum: DiscourseForum, double: Double, rows: Any
) -> None:
    double.create("At the start.")
    clock = [100.0]
    pulls = BackgroundPulls(new_puller(), [forum], clock=lambda: clock[0])
    pulls.step()
    assert len(rows()) == 1
    double.create("Later.")
    pulls.step()
    assert len(rows()) == 1
    clock[0] += 600
    pulls.step()
    assert len(rows()) == 2


def test_a_topic_that_was_deleted_meanwhile_takes_its_posts_along(
    double: Double, deliver: Any, pull: Pull, rows: Any
) -> None:
    gone = [double.create(words, topic=11) for words in ("A question.", "An answer.")]
    moved, kept = double.create("Where the list does not show it.", topic=12), double.create("Elsewhere.", topic=13)
    for number in (*gone, moved, kept):
        deliver(double.tell("post_created", number))
    double.unlisted = {11, 12}
    double.denied = {"/t/12.json"}
    double.deleted_topics.add(11)
    pull()
    assert [rows()[str(number)].state for number in (*gone, moved, kept)] == ["deleted", "deleted", "open", "open"]
    assert double.asked.count("/t/11.json") == 1, "once for all its posts"


def test_a_new_title_is_learnt_though_the_post_itself_did_not_change(
    double: Double, deliver: Any, pull: Pull, rows: Any
) -> None:
    """Discourse leaves ``updated_at`` when one moderator renames a topic twice within minutes."""
    first, second = double.create("A question."), double.create("An answer.")
    for number in (first, second):
        deliver(double.tell("post_created", number))
    for number in (first, second):
        double.posts[number]["topic_title"] = "Long nights"
    pulled = pull()
    assert pulled is not None
    assert dict(pulled.counts) == {"known": 2}
    assert {row.thread_title for row in rows().values()} == {"Long nights"}


def test_a_file_that_breaks_meanwhile_is_told_and_the_next_pull_goes_on(
    parts: Parts, forum: DiscourseForum, intake: Intake, double: Double, rows: Any
) -> None:
    double.create("Here.")
    receivers: list[Receiver] = []

    def receiver_of() -> Receiver:
        if not receivers:
            raise InputError("The file of weights cannot be read.")
        return receivers[0]

    clock = [100.0]
    pulls = BackgroundPulls(Puller(receiver_of, Leases(parts.store.engine)), [forum], clock=lambda: clock[0])
    pulls.step()
    assert Leases(parts.store.engine).reached(SOURCE).result == "bad-input"
    receivers.append(Receiver(parts.store.engine, intake))
    clock[0] += 600
    pulls.step()
    assert len(rows()) == 1


def test_a_pull_that_dies_gives_the_forum_back(
    parts: Parts, forum: DiscourseForum, new_puller: Any, double: Double
) -> None:
    def dies() -> Receiver:
        raise SystemExit(9)

    with pytest.raises(SystemExit):
        Puller(dies, Leases(parts.store.engine)).pull(forum)
    assert Leases(parts.store.engine).reached(SOURCE).result == "broken-off"
    assert new_puller().pull(forum) is not None


def test_each_page_is_read_by_the_model_and_lists_of_its_moment(
    parts: Parts, forum: DiscourseForum, intake: Intake, double: Double
) -> None:
    for number in range(120):
        double.create(f"Here, number {number}.")
    asked: list[int] = []

    def receiver_of() -> Receiver:
        asked.append(len(double.asked))
        return Receiver(parts.store.engine, intake)

    Puller(receiver_of, Leases(parts.store.engine)).pull(forum)
    assert asked == [1, 2, 3, 4]


def test_one_that_lost_the_forum_to_another_stops(
    parts: Parts, forum: DiscourseForum, intake: Intake, double: Double, slept: list[float]
) -> None:
    for number in range(120):
        double.create(f"Here, number {number}.")
    later = datetime.now(UTC) + timedelta(minutes=30)

    def receiver_of() -> Receiver:
        Leases(parts.store.engine).take(SOURCE, at=later)  # as if it had slept, and another began
        return Receiver(parts.store.engine, intake)

    pulled = Puller(receiver_of, Leases(parts.store.engine)).pull(forum)
    assert pulled is not None
    assert pulled.error is not None
    assert pulled.error.code == "forum-read-elsewhere"
    assert len(double.asked) == 1
