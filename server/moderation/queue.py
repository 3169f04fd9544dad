"""The queue: posts in the order in which they should be looked at, a page at a time."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from server.moderation.choice import ORDER, REVERSED, Choice, Place
from server.moderation.claims import Claim, claim_of, is_free_for
from server.moderation.post_flags import PostFlag, flags_of
from server.moderation.states import WAITING, Outcome, State
from server.moderation.tables import POST_VERSIONS, POSTS
from server.store.times import now

MOST_COUNTED = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuedPost:
    """A post as it stands now, with its current text, flags and claim. A deleted one has neither text nor flags."""

    number: int
    source: str
    post_id: str
    thread_id: str | None
    thread_title: str | None
    board: str | None
    author: str | None
    url: str | None
    posted_at: datetime
    views: int
    replies: int
    version: int
    revision: int
    is_deleted: bool
    state: State
    outcome: Outcome | None
    needs_person: bool
    priority: float
    rank: float
    priority_parts: dict[str, Any]
    top: tuple[int, int] | None
    claim: Claim | None
    title: str | None
    text: str
    report: dict[str, Any]
    model: str
    flags: tuple[PostFlag, ...]

    @property
    def place(self) -> Place:
        """Where it stands in the order."""
        return Place(self.needs_person, self.rank, self.number)


@dataclass(frozen=True, slots=True)
class Queue:
    """Reads the queue."""

    engine: sa.Engine

    def page(self, choice: Choice, *, after: Place | None = None, limit: int) -> list[QueuedPost]:
        """The first that are chosen, from a place on."""
        at = now()
        wanted = _SELECTED.where(choice.condition(at)).order_by(*ORDER).limit(limit)
        if after is not None:
            wanted = wanted.where(after.after())
        with self.engine.connect() as connection:
            return _posts(connection, connection.execute(wanted).all(), at)

    def count(self, choice: Choice) -> int:
        """How many are chosen, counted no further than ``MOST_COUNTED``: nobody needs to know how many thousands."""
        chosen = sa.select(POSTS.c.number).where(choice.condition(now())).limit(MOST_COUNTED).subquery()
        with self.engine.connect() as connection:
            return connection.execute(sa.select(sa.func.count()).select_from(chosen)).scalar_one()

    def find(self, number: int) -> QueuedPost | None:
        """One post, also a deleted one."""
        found = self.find_all((number,))
        return found[0] if found else None

    def find_all(self, numbers: Collection[int]) -> list[QueuedPost]:
        """These posts in the order of the queue."""
        wanted = _SELECTED.where(POSTS.c.number.in_(numbers)).order_by(*ORDER)
        with self.engine.connect() as connection:
            return _posts(connection, connection.execute(wanted).all(), now())

    def next(self, choice: Choice, place: Place | None, who: str) -> int | None:
        """The number of the next post that waits and that nobody else holds; past the end, of the first."""
        at = now()
        free = sa.select(POSTS.c.number).where(choice.condition(at), WAITING, is_free_for(who, at))
        first = free.order_by(*ORDER).limit(1)
        with self.engine.connect() as connection:
            found = connection.execute(first.where(place.after())).scalar() if place else None
            if found is None:
                found = connection.execute(first).scalar()
        return found

    def neighbours(self, choice: Choice, place: Place) -> tuple[int | None, int | None]:
        """The numbers of the posts before and after this place."""
        chosen = sa.select(POSTS.c.number).where(choice.condition(now())).limit(1)
        with self.engine.connect() as connection:
            before = connection.execute(chosen.where(place.before()).order_by(*REVERSED)).scalar()
            after = connection.execute(chosen.where(place.after()).order_by(*ORDER)).scalar()
        return before, after

    def sources_and_boards(self) -> tuple[list[str], list[str]]:
        """What there is to choose from."""
        with self.engine.connect() as connection:
            return _names(connection, POSTS.c.source), _names(connection, POSTS.c.board)


_VERSION = POST_VERSIONS.c
_SELECTED = sa.select(POSTS, _VERSION.title, _VERSION.text, _VERSION.report, _VERSION.model).join_from(
    POSTS, POST_VERSIONS, (_VERSION.post == POSTS.c.number) & (_VERSION.version == POSTS.c.version), isouter=True
)
_PLAIN = (
    "number source post_id thread_id thread_title board author url posted_at views replies version revision state "
    "outcome needs_person priority rank priority_parts title"
).split()


def _names(connection: sa.Connection, column: sa.Column[str]) -> list[str]:
    # Of deleted posts too, so that an index alone answers.
    return list(connection.scalars(sa.select(column).where(column.is_not(None)).distinct().order_by(column)))


def _posts(connection: sa.Connection, rows: Sequence[sa.Row[Any]], at: datetime) -> list[QueuedPost]:
    flags = flags_of(connection, [row.number for row in rows])
    return [_post(row, flags.get(row.number, ()), at) for row in rows]


def _post(row: sa.Row[Any], flags: tuple[PostFlag, ...], at: datetime) -> QueuedPost:
    has_top = row.top_start is not None and row.top_end is not None
    return QueuedPost(
        **{name: getattr(row, name) for name in _PLAIN},
        is_deleted=row.deleted_at is not None,
        top=(row.top_start, row.top_end) if has_top else None,
        claim=claim_of(row, at),
        text=row.text or "",
        report=row.report or {},
        model=row.model or "",
        flags=flags,
    )
