"""The post that a moderator looks at, with its current words; and other posts as they are listed beside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from server.moderation.hard import Hard, signs_of, why_hard
from server.moderation.post_flags import PostFlag, flags_of
from server.moderation.tables import POST_VERSIONS, POSTS

EXCERPT = 280  # characters of another post that are shown beside this one


@dataclass(frozen=True, slots=True)
class ListedPost:
    """A post in a list. ``text`` is None once it was deleted; ``flags`` stand in the order of the text."""

    number: int
    post_id: str
    author: str | None
    title: str | None
    text: str | None
    posted_at: datetime
    state: str
    outcome: str | None
    hard: Hard | None
    flags: tuple[PostFlag, ...]

    @property
    def is_deleted(self) -> bool:
        """Whether its words are gone."""
        return self.text is None

    @property
    def kinds(self) -> tuple[str, ...]:
        """Each kind of flag once."""
        return tuple(dict.fromkeys(flag.flag for flag in self.flags))

    @property
    def excerpt(self) -> str:
        """How the post begins, blanks and line ends taken together."""
        words = " ".join((self.text or "")[: 4 * EXCERPT].split())
        return words if len(words) <= EXCERPT else f"{words[: EXCERPT - 1].rstrip()}…"


@dataclass(frozen=True, slots=True)
class Subject:
    """The post that is looked at.

    ``is_cry``: somebody in need wrote it. ``signs`` are the names of the signs and topics that weighed in its priority.
    """

    post: ListedPost
    source: str
    thread_id: str | None
    thread_title: str | None
    reply_to: str | None
    version: int
    digest: str | None
    is_cry: bool
    signs: frozenset[str]
    report: dict[str, Any]


def find_subject(connection: sa.Connection, number: int) -> Subject | None:
    """The post of this number, deleted or not; None when there never was one."""
    more = (
        POSTS.c.source,
        POSTS.c.thread_id,
        POSTS.c.thread_title,
        POSTS.c.reply_to,
        POSTS.c.version,
        POST_VERSIONS.c.digest,
        POST_VERSIONS.c.report,
    )
    row = connection.execute(LISTED.add_columns(*more).where(POSTS.c.number == number)).one_or_none()
    if row is None:
        return None
    (post,) = listed(connection, [row])
    about = (row.source, row.thread_id, row.thread_title, row.reply_to, row.version, row.digest, row.needs_person)
    return Subject(post, *about, signs=signs_of(row.priority_parts), report=row.report or {})


# Outer, because a deleted post may have lost its versions.
CURRENT = sa.and_(POST_VERSIONS.c.post == POSTS.c.number, POST_VERSIONS.c.version == POSTS.c.version)
WITH_WORDS = POSTS.outerjoin(POST_VERSIONS, CURRENT)
LISTED = sa.select(
    POSTS.c.number,
    POSTS.c.post_id,
    POSTS.c.author,
    POSTS.c.posted_at,
    POSTS.c.deleted_at,
    POSTS.c.state,
    POSTS.c.outcome,
    POSTS.c.needs_person,
    POSTS.c.priority_parts,
    POST_VERSIONS.c.title,
    POST_VERSIONS.c.text,
).select_from(WITH_WORDS)


def listed(connection: sa.Connection, rows: Iterable[Any]) -> tuple[ListedPost, ...]:
    """The rows of a query made of ``LISTED``, with their flags."""
    rows = list(rows)
    flags = flags_of(connection, [row.number for row in rows])
    return tuple(_listed(row, flags.get(row.number, ())) for row in rows)


def _listed(row: Any, flags: tuple[PostFlag, ...]) -> ListedPost:
    is_deleted = row.deleted_at is not None
    return ListedPost(
        row.number,
        row.post_id,
        row.author,
        None if is_deleted else row.title,
        None if is_deleted else row.text or "",
        row.posted_at,
        row.state,
        row.outcome,
        why_hard(needs_person=row.needs_person, signs=signs_of(row.priority_parts)),
        () if is_deleted else flags,
    )
