"""An author's record at one forum: what was decided about their posts. It counts decisions, never judges a person."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import sqlalchemy as sa

from classifier.taxonomy import flag_ids
from server.moderation.subject import LISTED, ListedPost, Subject, listed
from server.moderation.tables import POST_FLAGS, POSTS

LAST = 10
COUNTS = ("posts", "open", "upheld", "dismissed", "unsure", "escalated", "deleted")


@dataclass(frozen=True, slots=True)
class FlagTally:
    """How many of an author's posts carry a flag, and how many of those were upheld."""

    flag: str
    posts: int
    upheld: int


@dataclass(frozen=True, slots=True)
class Record:
    """All posts of ``author`` at one source, the one that is looked at among them; ``last`` are the newest others.

    A deleted post counts in ``posts`` and ``deleted``, and under what was decided about it before.
    """

    author: str
    posts: int
    open: int
    upheld: int
    dismissed: int
    unsure: int
    escalated: int
    deleted: int
    by_flag: tuple[FlagTally, ...]
    last: tuple[ListedPost, ...]


def record_of(connection: sa.Connection, subject: Subject) -> Record | None:
    """The record of the post's author; None when the forum did not say who that is."""
    author = subject.post.author
    if author is None:
        return None
    mine = sa.and_(POSTS.c.source == subject.source, POSTS.c.author == author)
    is_deleted = POSTS.c.deleted_at.is_not(None)
    counted = sa.select(POSTS.c.state, POSTS.c.outcome, is_deleted, sa.func.count()).where(mine)
    total: Counter[str] = Counter()
    for state, outcome, deleted, count in connection.execute(
        counted.group_by(POSTS.c.state, POSTS.c.outcome, is_deleted)
    ):
        total["posts"] += count
        total["deleted"] += count if deleted else 0
        # An open post is open whatever was decided before it was opened again.
        total["open" if state == "open" else outcome] += count
    newest = LISTED.where(mine, POSTS.c.number != subject.post.number)
    last = connection.execute(newest.order_by(POSTS.c.posted_at.desc(), POSTS.c.number.desc()).limit(LAST)).all()
    counts = {name: total[name] for name in COUNTS}
    return Record(author=author, **counts, by_flag=_by_flag(connection, mine), last=listed(connection, last))


def _by_flag(connection: sa.Connection, mine: sa.ColumnElement[bool]) -> tuple[FlagTally, ...]:
    """In the order of the taxonomy. A post counts once for a flag, however often it carries it."""
    is_upheld = sa.and_(POSTS.c.state != "open", POSTS.c.outcome == "upheld")
    upheld = sa.func.count(sa.distinct(sa.case((is_upheld, POSTS.c.number))))
    counted = sa.select(POST_FLAGS.c.flag, sa.func.count(sa.distinct(POSTS.c.number)), upheld)
    joined = counted.join_from(POST_FLAGS, POSTS, POST_FLAGS.c.post == POSTS.c.number).where(mine)
    found = {row[0]: FlagTally(*row) for row in connection.execute(joined.group_by(POST_FLAGS.c.flag))}
    return tuple(found[flag] for flag in flag_ids() if flag in found)
