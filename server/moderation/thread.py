"""The thread around a post: what was said before and after it, in the order of time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from server.moderation.subject import LISTED, ListedPost, Subject, listed
from server.moderation.tables import POSTS

AROUND = 6  # posts shown before and after; of a longer thread also its first, and the one that is answered


@dataclass(frozen=True, slots=True)
class Thread:
    """A stretch of a thread. ``far`` are the first post and the one that is answered, where they stand further up.

    ``left_out_before`` counts what is not shown between the beginning and ``posts``; ``left_out_after`` what follows.
    """

    title: str | None
    far: tuple[ListedPost, ...]
    left_out_before: int
    posts: tuple[ListedPost, ...]
    left_out_after: int

    @property
    def total(self) -> int:
        """All posts of the thread."""
        return len(self.far) + self.left_out_before + len(self.posts) + self.left_out_after


def thread_around(connection: sa.Connection, subject: Subject) -> Thread | None:
    """The thread that the post stands in; None when it belongs to none. Work is bounded, however long the thread."""
    if subject.thread_id is None:
        return None
    mine = sa.and_(POSTS.c.source == subject.source, POSTS.c.thread_id == subject.thread_id)
    place = (subject.post.posted_at, subject.post.number)
    before = _rows(connection, mine, _beyond(place, earlier=True), newest_first=True)[::-1]
    after = _rows(connection, mine, _beyond(place, earlier=False))
    this = connection.execute(LISTED.where(POSTS.c.number == subject.post.number)).all()
    far = _far(connection, mine, subject, before) if len(before) == AROUND else []
    posts = listed(connection, [*far, *before, *this, *after])
    edge = len(far)
    return Thread(
        subject.thread_title,
        posts[:edge],
        _count(connection, mine, _beyond(place, earlier=True)) - len(before) - edge,
        posts[edge:],
        _count(connection, mine, _beyond(place, earlier=False)) - len(after),
    )


def _beyond(place: tuple[Any, int], *, earlier: bool) -> sa.ColumnElement[bool]:
    """Earlier or later than a place in the order of time; of posts of one moment the one that came first is first."""
    at, number = place
    if earlier:
        return sa.or_(POSTS.c.posted_at < at, sa.and_(POSTS.c.posted_at == at, POSTS.c.number < number))
    return sa.or_(POSTS.c.posted_at > at, sa.and_(POSTS.c.posted_at == at, POSTS.c.number > number))


def _rows(
    connection: sa.Connection,
    mine: sa.ColumnElement[bool],
    wanted: sa.ColumnElement[bool],
    *,
    newest_first: bool = False,
    limit: int = AROUND,
) -> Sequence[Any]:
    order = (POSTS.c.posted_at, POSTS.c.number)
    by = [column.desc() for column in order] if newest_first else list(order)
    return connection.execute(LISTED.where(mine, wanted).order_by(*by).limit(limit)).all()


def _far(connection: sa.Connection, mine: sa.ColumnElement[bool], subject: Subject, before: Sequence[Any]) -> list[Any]:
    """What belongs to the post but stands further up than what is shown before it."""
    further = _beyond((before[0].posted_at, before[0].number), earlier=True)
    found = list(_rows(connection, mine, further, limit=1))
    if found and subject.reply_to is not None:
        answered = sa.and_(POSTS.c.post_id == subject.reply_to, POSTS.c.number != found[0].number)
        found += _rows(connection, mine, sa.and_(further, answered), limit=1)
    return found


def _count(connection: sa.Connection, mine: sa.ColumnElement[bool], wanted: sa.ColumnElement[bool]) -> int:
    return connection.execute(sa.select(sa.func.count()).select_from(POSTS).where(mine, wanted)).scalar_one()
