"""Which decisions count as labels: each person's last word on the text that a post has now.

What was taken back does not count, nor what was said of an earlier version, nor a decision against which an appeal was
upheld, nor anything about a post that was deleted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from server.moderation.decisions import Decision, read_decisions
from server.moderation.overview import is_standing
from server.moderation.posts import CURRENT
from server.moderation.tables import DECISIONS, DISPUTES, POSTS

AT_ONCE = 200  # posts in one batch


@dataclass(frozen=True, slots=True)
class DecidedPost:
    """A post as it stands, with the last word of each person on it."""

    post: sa.Row[Any]
    decisions: tuple[Decision, ...]


def decided_posts(engine: sa.Engine) -> Iterator[DecidedPost]:
    """All posts of which something was decided that counts, by number, some at a time."""
    after = -1
    while found := _batch(engine, after):
        yield from (one for one in found if one.decisions)
        after = found[-1].post.number


def _batch(engine: sa.Engine, after: int) -> list[DecidedPost]:
    is_decided = sa.exists().where(DECISIONS.c.post == POSTS.c.number, _counts())
    wanted = CURRENT.where(POSTS.c.number > after, POSTS.c.deleted_at.is_(None), is_decided)
    with engine.connect() as connection, connection.begin():
        posts = connection.execute(wanted.order_by(POSTS.c.number).limit(AT_ONCE)).all()
        said = read_decisions(connection, DECISIONS.c.post.in_([post.number for post in posts]) & _counts())
    return [DecidedPost(post, _last_words(post, said)) for post in posts]


def _counts() -> sa.ColumnElement[bool]:
    overturned = sa.select(DISPUTES.c.decision).where(
        DISPUTES.c.decision.is_not(None), DISPUTES.c.kind == "appeal", DISPUTES.c.outcome.in_(("upheld", "changed"))
    )
    return is_standing() & DECISIONS.c.id.not_in(overturned)


def _last_words(post: sa.Row[Any], said: Sequence[Decision]) -> tuple[Decision, ...]:
    """Of each person the newest on the current version, in the order of decisions."""
    mine = [one for one in said if one.number == post.number and one.seen.version == post.version]
    newest = {one.who: one for one in mine}
    return tuple(sorted(newest.values(), key=lambda one: one.id))
