"""Dumps of Reddit: submissions and comments as they are written there, with invented words."""

from __future__ import annotations

import json
from typing import Any

import pytest

from server.forums.dumps.lines import LeftOut
from server.forums.dumps.reddit import reddit_post
from server.moderation.incoming import IncomingPost, read_post

COMMENT: dict[str, Any] = {
    "all_awardings": [],
    "archived": False,
    "author": "kettle_lid",
    "author_fullname": "t2_9x1kq",
    "body": "&gt; It rewires your brain &amp; heals the gut.\n\nI &lt;3 tea, but no.",
    "controversiality": 0,
    "created_utc": 1700000000,
    "distinguished": None,
    "edited": False,
    "gilded": 0,
    "id": "k9abc12",
    "is_submitter": False,
    "link_id": "t3_17xyz90",
    "parent_id": "t1_k9abb00",
    "permalink": "/r/teatalk/comments/17xyz90/evening_cups/k9abc12/",
    "retrieved_on": 1700009999,
    "score": 4,
    "stickied": False,
    "subreddit": "teatalk",
    "subreddit_id": "t5_2zzzz",
}
SUBMISSION: dict[str, Any] = {
    "author": "oldrunner",
    "created_utc": 1699990000,
    "domain": "self.teatalk",
    "edited": 1699993600.0,
    "id": "17xyz90",
    "is_self": True,
    "num_comments": 12,
    "over_18": False,
    "permalink": "/r/teatalk/comments/17xyz90/evening_cups/",
    "removed_by_category": None,
    "score": 31,
    "selftext": "A cup of *camomile* at nine, lights out at ten.",
    "subreddit": "teatalk",
    "title": "Evening cups &amp; sleep",
    "url": "https://www.reddit.com/r/teatalk/comments/17xyz90/evening_cups/",
}


def taken(row: dict[str, Any]) -> IncomingPost:
    """The post as the import takes it."""
    made = reddit_post(row)
    assert not isinstance(made, LeftOut), made
    return read_post({"source": "reddit", **made})


def test_reddit_comment() -> None:
    post = taken(COMMENT)
    assert (post.post_id, post.thread_id, post.reply_to) == ("t1_k9abc12", "t3_17xyz90", "t1_k9abb00")
    assert (post.author, post.board, post.version, post.format) == ("kettle_lid", "teatalk", 1, "markdown")
    assert post.posted_at
    assert post.posted_at.isoformat() == "2023-11-14T22:13:20+00:00"
    assert post.url == "https://www.reddit.com/r/teatalk/comments/17xyz90/evening_cups/k9abc12/"
    assert post.text == "Somebody wrote:\n\n> It rewires your brain & heals the gut.\n\nI <3 tea, but no."


def test_reddit_submission_is_read_with_its_title() -> None:
    post = taken(SUBMISSION)
    assert (post.post_id, post.thread_id, post.thread_title) == ("t3_17xyz90", "t3_17xyz90", "Evening cups & sleep")
    assert (post.version, post.replies) == (1699993600, 12)
    assert post.text == "# Evening cups \\& sleep\n\nA cup of *camomile* at nine, lights out at ten."
    link = taken({**SUBMISSION, "is_self": False, "selftext": "", "title": "This _one_ tea melts fat"})
    assert link.text == "# This \\_one\\_ tea melts fat"


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ({**COMMENT, "body": "[deleted]", "author": "[deleted]"}, "deleted"),
        ({**COMMENT, "body": "[removed]"}, "removed"),
        ({**SUBMISSION, "selftext": "[removed]"}, "removed"),
        ({**SUBMISSION, "selftext": "[ Removed by Reddit ]"}, "removed"),
        ({**SUBMISSION, "selftext": "", "removed_by_category": "moderator"}, "removed"),
        ({**SUBMISSION, "selftext": "", "removed_by_category": "deleted"}, "deleted"),
        ({**SUBMISSION, "selftext": "", "title": "[deleted by user]", "removed_by_category": "deleted"}, "deleted"),
        ({**COMMENT, "body": "  "}, "empty"),
    ],
)
def test_reddit_leaves_out_what_is_gone(row: dict[str, Any], why: str) -> None:
    assert reddit_post(row) == LeftOut(why)


def test_reddit_of_other_years() -> None:
    old = {**COMMENT, "created_utc": "1199145600", "name": "t1_c02s9s6", "edited": True, "parent_id": 120555}
    post = taken(old)
    assert (post.post_id, post.version, post.reply_to) == ("t1_c02s9s6", 2, None)
    assert post.posted_at
    assert post.posted_at.year == 2008
    assert taken({"kind": "t1", "data": COMMENT}) == taken(COMMENT), "a listing of Reddit's own API"
    assert taken({**COMMENT, "author": "[deleted]"}).author is None, "who left wrote it all the same"


def test_reddit_quotes_only_outside_code_and_spoilers() -> None:
    text = "```\n> a = b\n```\n>! the end !<\n> one\n> two\nmine\n> three"
    wanted = text.replace("> one", "Somebody wrote:\n\n> one").replace("> three", "Somebody wrote:\n\n> three")
    assert taken({**COMMENT, "body": text}).text == wanted


@pytest.mark.parametrize("key", [*COMMENT, "removed_by_category", "kind", "data", "name"])
@pytest.mark.parametrize("value", [None, [], {}, -1, 1e300, True, "", "x" * 9000, "\ud800\0"])
def test_reddit_rows_of_any_kind_never_raise(key: str, value: object) -> None:
    json.dumps(getattr(made := reddit_post({**COMMENT, key: value}), "why", made))
