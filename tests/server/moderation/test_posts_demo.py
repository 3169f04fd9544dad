"""The demo forum holds what it promises."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from classifier.errors import InputError
from classifier.need_posts import THREADS
from server.moderation.demo.threads import read_thread, read_threads


def test_it_is_a_forum_of_thirty_days() -> None:
    posts = read_threads()
    assert len(posts) >= 400
    assert {post.day for post in posts} == set(range(1, 31))
    assert len({post.author for post in posts}) > 100
    assert len({post.board for post in posts}) >= 12
    needs = Counter(post.need for post in posts)
    assert needs["none"] > 300
    assert min(needs[need] for need in ("look", "danger", "care")) >= 10


def test_replies_answer_an_earlier_post_of_their_thread() -> None:
    posts = {post.id: post for post in read_threads()}
    for post in posts.values():
        if post.reply_to:
            asked = posts[post.reply_to]
            assert asked.thread == post.thread
            assert (asked.day, asked.time) <= (post.day, post.time)
            assert asked.replies > 0


def test_half_of_it_is_held_out() -> None:
    assert len(read_threads(THREADS / "heldout")) == len(read_threads(THREADS / "tuned")) == 225


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("thread = 1", "KeyError"),
        ("thread = [", "TOMLDecodeError"),
        ('thread = "a"\nboard = "b"\n[[posts]]\nid = "x"', "lacks"),
        (
            'thread = "a"\nboard = "b"\n[[posts]]\nid = "x"\nauthor = "a"\nday = 31\ntime = "10:00"\nviews = 1\n'
            'text = "t"\nneed = "none"\nflags = []\nwhy = "w"',
            "a day outside 1 to 30",
        ),
    ],
)
def test_a_file_that_is_no_thread_is_refused_by_name(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "odd.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(InputError, match=r"odd\.toml") as refused:
        read_thread(path)
    assert told in str(refused.value)
