"""What no delivery brought is fetched, once, and a forum that misbehaves does no harm."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.server.forums.connecting import Pull
from tests.server.forums.double import Double


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
