"""What no delivery brought is fetched, once, and a forum that misbehaves does no harm."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from classifier.errors import InputError
from classifier.priority_weights import load_weights
from server.forums.background import BackgroundPulls
from server.forums.connections import DiscourseForum
from server.forums.discourse.client import DiscourseClient
from server.forums.leases import Leases
from server.forums.pulling import Pulled, Puller
from server.forums.receiving import Receiver
from server.moderation.intake import Intake
from server.moderation.scoring import Scorer
from server.parts import Parts
from tests.server.forums.double import SOURCE, Double

Pull = Callable[..., Pulled | None]


@pytest.fixture
def forum(parts: Parts) -> DiscourseForum:
    found = parts.connections.forums[SOURCE]
    assert isinstance(found, DiscourseForum)
    return found


@pytest.fixture
def slept() -> list[float]:
    return []


@pytest.fixture
def new_puller(parts: Parts, slept: list[float], intake: Intake) -> Callable[..., Puller]:
    """A puller as another process would have it. It notes what it would sleep."""

    def make(**more: Any) -> Puller:
        engine = parts.store.engine
        receiver = Receiver(engine, intake)
        return Puller(lambda: receiver, Leases(engine), lambda forum: DiscourseClient(forum, slept.append), **more)

    return make


@pytest.fixture
def intake(parts: Parts) -> Intake:

    return Intake(parts.store.engine, Scorer(parts.detector, parts.cards, load_weights()))


@pytest.fixture
def pull(new_puller: Callable[..., Puller], forum: DiscourseForum) -> Pull:
    puller = new_puller()
    return lambda **more: puller.pull(forum, **more)


def test_an_outage_is_caught_up_with(double: Double, deliver: Any, pull: Pull, rows: Any, versions: Any) -> None:
    kept, edited, deleted = (double.create(words) for words in ("Kept.", "Before the edit.", "Soon gone."))
    for number in (kept, edited, deleted):
        deliver(double.tell("post_created", number))
    double.edit(edited, "After the edit.")
    double.delete(deleted)
    missed = [double.create(f"Missed, number {number}.") for number in range(120)]
    double.create("Between us.", topic_archetype="private_message")
    pulled = pull()
    assert pulled is not None
    assert (pulled.error, dict(pulled.counts)) == (None, {"new": 120, "changed": 1, "known": 1, "deleted": 1})
    assert set(rows()) == {str(number) for number in (kept, edited, deleted, *missed)}
    assert rows()[str(edited)].text == "After the edit."
    assert (rows()[str(deleted)].state, rows()[str(deleted)].text) == ("deleted", "")
    assert versions() == 124
    double.asked.clear()
    again = pull()
    assert again is not None
    assert again.taken == 0


def test_the_oldest_post_of_all_may_be_the_deleted_one(double: Double, deliver: Any, pull: Pull, rows: Any) -> None:
    first, second = double.create("The first."), double.create("The second.")
    for number in (first, second):
        deliver(double.tell("post_created", number))
    double.delete(first)
    pull()
    assert [rows()[str(number)].state for number in (first, second)] == ["deleted", "open"]


def test_a_short_pull_reads_no_further_than_it_must(double: Double, pull: Pull) -> None:
    double.now = datetime.now(UTC) - timedelta(days=3)
    for number in range(180):
        double.create(f"Old, number {number}.")
    pull()
    deep = len(double.asked)
    double.now = datetime.now(UTC)
    double.create("New.")
    pulled = pull()
    assert pulled is not None
    assert pulled.counts["new"] == 1
    assert (deep, len(double.asked) - deep) == (5, 2)


def test_after_a_failure_it_goes_deep_and_far_enough(double: Double, pull: Pull, rows: Any) -> None:
    number = double.create("Before.")
    pull()
    double.edit(number, "While it was away.")
    double.faults = [(503, {}, b"")] * 4
    failed = pull()
    assert failed is not None
    assert failed.error is not None
    assert failed.error.code == "forum-away"
    pull()
    assert rows()[str(number)].text == "While it was away."


def test_a_forum_that_shows_nothing_erases_nothing(double: Double, deliver: Any, pull: Pull, rows: Any) -> None:
    number = double.create("Here.")
    deliver(double.tell("post_created", number))
    double.posts.clear()
    pull()
    assert rows()[str(number)].state == "open"


@pytest.mark.parametrize(
    "answer", [(404, {}, b"<html>"), (404, {}, b"{}"), (403, {}, b'{"error_type": "invalid_access"}')]
)
def test_only_the_forums_own_word_erases_a_post(
    double: Double, deliver: Any, pull: Pull, rows: Any, answer: Any
) -> None:
    number = double.create("Here.")
    deliver(double.tell("post_created", number))
    double.posts[number]["topic_archetype"] = "private_message"
    double.create("Listed.")
    listed = double.answer("/posts.json", "the-key-of-the-double-0123456")
    double.faults = [listed, answer]
    pull()
    assert rows()[str(number)].state == "open"


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ((403, {}, b'{"errors": [], "error_type": "invalid_access"}'), "forum-refuses"),
        ((200, {}, b'{"latest_posts": '), "forum-broken"),
        ((200, {}, b"[" * 100_000), "forum-broken"),
        ((200, {}, b"[]"), "forum-broken"),
        ((200, {}, b'{"latest_posts": [{"id": "hush"}]}'), "not-discourse"),
        ((302, {"Location": "http://169.254.169.254/latest/"}, b""), "forum-redirects"),
        ((301, {"Location": "/elsewhere"}, b""), "forum-redirects"),
        ((429, {"Retry-After": "3600"}, b"{}"), "forum-busy"),
    ],
)
def test_an_answer_that_is_none_is_told(double: Double, pull: Pull, rows: Any, answer: Any, code: str) -> None:
    double.create("Here.")
    double.faults = [answer]
    pulled = pull()
    assert pulled is not None
    assert pulled.error is not None
    assert pulled.error.code == code
    assert "hush" not in str(pulled.error)
    assert double.asked == ["/posts.json"]
    assert rows() == {}


def test_it_waits_as_long_as_it_is_told(double: Double, pull: Pull, slept: list[float], rows: Any) -> None:
    number = double.create("Here.")
    double.faults = [(429, {"Retry-After": "7"}, b"{}"), (500, {}, b"")]
    pull()
    assert slept == [7.0, 2.0]
    assert set(rows()) == {str(number)}


def test_a_list_without_an_end_is_left(double: Double, pull: Pull) -> None:
    double.create("Here.")
    page = double.answer("/posts.json", "the-key-of-the-double-0123456")
    double.faults = [page] * 10
    pulled = pull()
    assert pulled is not None
    assert pulled.error is not None
    assert pulled.error.code == "forum-endless"
    assert len(double.faults) == 8


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
