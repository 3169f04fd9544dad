"""In a Discourse a post is flagged or hidden when it was upheld, and let go when that no longer stands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import SecretStr

from server.forums.connections import DiscourseForum
from server.forums.courier import Brought, NotBrought
from server.forums.discourse.actions import Actions
from server.forums.outbox import Letter
from server.forums.wire import Wire
from tests.server.forums.acting import KEY, Acting, acting


@pytest.fixture
def forum() -> Iterator[Acting]:
    with acting(Acting()) as forum:
        forum.create(7)
        yield forum


def do(forum: Acting, standing: str | None, *, act: Any = "flag", post_id: str = "7", key: str = KEY) -> str:
    connected = DiscourseForum(
        source="sleep", kind="discourse", url=forum.address, api_key=SecretStr(key), api_user="pinch", act=act
    )
    body = {"post_id": post_id, "standing": standing, "decision": 1}
    letter = Letter(1, "d", "sleep", 1, body, datetime(2026, 11, 20, tzinfo=UTC), 0)
    result = Actions(connected, Wire())(letter)
    if isinstance(result, NotBrought):
        return f"not: {result.told}{' (away)' if result.is_away else ''}"
    assert isinstance(result, Brought)
    assert len(result.told) <= 120
    return result.told


def test_upheld_is_flagged_once(forum: Acting) -> None:
    assert do(forum, "upheld") == "flagged"
    assert forum.flags == {7: False}
    assert not forum.posts[7]["hidden"]
    assert do(forum, "upheld") == "nothing done: it carries our flag already"
    assert forum.asked.count("POST /post_actions.json") == 1


def test_upheld_is_hidden_by_staff_alone(forum: Acting) -> None:
    assert do(forum, "upheld", act="hide") == "flagged and hidden"
    assert forum.posts[7]["hidden"]
    forum.create(8)
    forum.is_staff = False
    assert do(forum, "upheld", act="hide", post_id="8") == "flagged, not hidden: api_user is no moderator there"


@pytest.mark.parametrize("standing", ["dismissed", "unsure", "escalated", None])
def test_what_no_longer_stands_is_let_go(forum: Acting, standing: str | None) -> None:
    do(forum, "upheld", act="hide")
    assert do(forum, standing, act="hide") == "shown again; our flag was taken back"
    assert (forum.flags, forum.posts[7]["hidden"]) == ({}, False)
    assert do(forum, standing, act="hide") == "nothing done: it carries no flag of ours"


def test_too_late_to_take_a_flag_back(forum: Acting) -> None:
    do(forum, "upheld", act="hide")
    forum.is_late = True
    assert do(forum, "dismissed", act="hide") == "shown again; our flag stays: too late to take it back there"
    assert not forum.posts[7]["hidden"]
    assert do(forum, "dismissed") == "our flag stays: too late to take it back there"
    told = do(forum, "upheld", act="hide")
    assert told == "nothing done: it carries our flag already, and is shown: hide it there by hand"


def test_a_post_that_others_hid_stays_hidden(forum: Acting) -> None:
    forum.posts[7]["hidden"] = True
    assert do(forum, None, act="hide") == "nothing done: it carries no flag of ours"
    assert forum.posts[7]["hidden"]


def test_a_death_between_showing_and_taking_back_is_made_good(forum: Acting) -> None:
    do(forum, "upheld", act="hide")
    forum.posts[7]["hidden"] = False  # as far as the first try came
    assert do(forum, None, act="hide") == "our flag was taken back"


@pytest.mark.parametrize("post_id", ["8", "t640.7", "7/../9", "٧"])
def test_posts_that_the_forum_does_not_know(forum: Acting, post_id: str) -> None:
    assert do(forum, "upheld", post_id=post_id).startswith("nothing done")
    assert "POST /post_actions.json" not in forum.asked


@pytest.mark.parametrize(
    ("fault", "told"),
    [(500, "not: answered 500 (away)"), (429, "not: answered 429 (away)"), (403, "not: answered 403")],
)
def test_what_fails_is_tried_again_later(forum: Acting, fault: int, told: str) -> None:
    forum.faults = [fault]
    assert do(forum, "upheld") == told
    forum.faults = [404]
    assert do(forum, "upheld") == "not: answered 404", "a proxy's own page is no word of the forum"
    assert do(forum, "upheld", key="another-key-of-16-letters") == "not: answered 403"
    assert do(forum, "upheld") == "flagged"
