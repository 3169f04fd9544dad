"""The order of the queue, its filters and its pages."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from server.moderation.choice import Choice
from server.moderation.claims import Claims
from server.moderation.queue import Queue
from server.moderation.tables import POSTS
from server.store.times import now
from tests.server.moderation.filled import FLAGS, PARTS, TEXT, TOP, erase, put


def numbers(queue: Queue, **chosen: Any) -> list[int]:
    return [post.number for post in queue.page(Choice(**chosen), limit=100)]


def test_queue_puts_people_in_need_first_then_rank_then_the_older(engine: sa.Engine) -> None:
    low, high = put(engine, rank=0.1), put(engine, rank=9.5)
    needy = put(engine, rank=-3.0, needs_person=True)
    also_low = put(engine, rank=0.1)
    assert numbers(Queue(engine)) == [needy, high, low, also_low]


def test_queued_posts_carry_what_a_moderator_needs(engine: sa.Engine) -> None:
    put(engine, title="It helped")
    (post,) = Queue(engine).page(Choice(), limit=1)
    assert (post.text, post.title, post.top, post.priority_parts) == (TEXT, "It helped", TOP, PARTS)
    assert post.text[slice(*TOP)] == "It is a miracle!"
    assert [(flag.id, flag.start, flag.end) for flag in post.flags] == [
        (name, start, end) for name, _, start, end in FLAGS[::-1]
    ]
    assert (post.model, post.claim, post.is_deleted) == ("test-1 0000", None, False)


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({}, [0, 1, 2, 3]),
        ({"state": "decided"}, [4]),
        ({"state": None}, [0, 1, 2, 3, 4]),
        ({"source": "pond"}, [1]),
        ({"board": "Sleep"}, [2]),
        ({"author": "Ann % O'Hare"}, [3]),
        ({"thread": "t9"}, [0]),
        ({"flag": "pressure"}, [1]),
        ({"flag": "scare"}, []),
        ({"words": "CELERY"}, [1, 2, 3]),
        ({"words": "100 %_\\"}, [0]),
        ({"words": "own title"}, [2]),
        ({"state": None, "outcome": "dismissed"}, [4]),
        ({"held_by": "ann"}, [1]),
        ({"held_by": "bob"}, []),
    ],
)
def test_queue_is_filtered(engine: sa.Engine, chosen: dict[str, Any], expected: list[int]) -> None:
    later = now() + timedelta(minutes=5)
    made = [
        put(engine, rank=9, thread_id="t9", thread_title="100 %_\\ sure"),
        put(engine, rank=8, source="pond", flags=[("x", "pressure", 0, 5)], claimed_by="ann", claimed_until=later),
        put(engine, rank=7, board="Sleep", title="My own title"),
        put(engine, rank=6, author="Ann % O'Hare", claimed_by="bob", claimed_until=now() - timedelta(seconds=1)),
        put(engine, rank=5, state="decided", outcome="dismissed", thread_title=None, board=None),
    ]
    assert numbers(Queue(engine), **chosen) == [made[place] for place in expected]
    assert Queue(engine).count(Choice(**chosen)) == len(expected)
    assert Queue(engine).sources_and_boards() == (["garden", "pond"], ["Joints", "Sleep"])


def test_deleted_posts_stand_in_no_queue_but_are_found(engine: sa.Engine) -> None:
    number = put(engine)
    erase(engine, number)
    assert numbers(Queue(engine), state=None) == []
    found = Queue(engine).find(number)
    assert found is not None
    assert (found.is_deleted, found.text, found.flags) == (True, "", ())
    assert Queue(engine).find(number + 1) is None


def test_pages_of_the_queue_hold_each_post_once_also_while_posts_arrive(engine: sa.Engine) -> None:
    made = {put(engine, rank=rank / 3, needs_person=needy) for rank in range(7) for needy in (True, False, False)}
    queue, seen, place = Queue(engine), [], None
    while found := queue.page(Choice(), after=place, limit=4):
        seen += [post.number for post in found]
        place = found[-1].place
        put(engine, rank=99, needs_person=True)  # comes before all: no page may move for it
    assert len(seen) == len(set(seen)) == 21
    assert set(seen) == made


def test_neighbours_follow_the_order(engine: sa.Engine) -> None:
    for rank in range(5):
        for needy in (False, True):
            put(engine, rank=rank % 3, needs_person=needy)
    queue = Queue(engine)
    posts = queue.page(Choice(), limit=100)
    for place, post in enumerate(posts):
        before = posts[place - 1].number if place else None
        after = posts[place + 1].number if place + 1 < len(posts) else None
        assert queue.neighbours(Choice(), post.place) == (before, after)


def test_next_post_is_free_and_waits(engine: sa.Engine) -> None:
    first, held, free = put(engine, rank=3), put(engine, rank=2), put(engine, rank=1)
    queue, claims = Queue(engine), Claims(engine, 10)
    claims.take(held, "bob")
    post = queue.find(first)
    assert post is not None
    assert queue.next(Choice(), None, "ann") == first
    assert queue.next(Choice(), post.place, "ann") == free
    assert queue.next(Choice(), post.place, "bob") == held
    last = queue.find(free)
    assert last is not None
    assert queue.next(Choice(), last.place, "ann") == first  # round to the top again
    with engine.begin() as connection:
        connection.execute(POSTS.update().values(state="decided"))
    assert queue.next(Choice(state=None), None, "ann") is None
