"""What of the queue is shown: filters, and the place from which a page goes on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from server.moderation.states import PRESENT, Outcome, State
from server.moderation.tables import POST_FLAGS, POST_VERSIONS, POSTS

# Posts that a person in need may have written come first; then by rank; the number makes the order total.
ORDER = (POSTS.c.needs_person.desc(), POSTS.c.rank.desc(), POSTS.c.number)
REVERSED = (POSTS.c.needs_person, POSTS.c.rank, POSTS.c.number.desc())


@dataclass(frozen=True, slots=True)
class Place:
    """Where a post stands in the order."""

    needs_person: bool
    rank: float
    number: int

    def after(self) -> sa.ColumnElement[bool]:
        """Posts that come later."""
        needy, rank = POSTS.c.needs_person, POSTS.c.rank
        later = sa.or_(rank < self.rank, sa.and_(rank == self.rank, POSTS.c.number > self.number))
        same = sa.and_(needy.is_(self.needs_person), rank <= self.rank, later)
        return sa.or_(needy.is_(False), same) if self.needs_person else same

    def before(self) -> sa.ColumnElement[bool]:
        """Posts that come earlier."""
        needy, rank = POSTS.c.needs_person, POSTS.c.rank
        earlier = sa.or_(rank > self.rank, sa.and_(rank == self.rank, POSTS.c.number < self.number))
        same = sa.and_(needy.is_(self.needs_person), rank >= self.rank, earlier)
        return same if self.needs_person else sa.or_(needy.is_(True), same)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which posts are meant; what is None does not matter. ``words`` are looked for in titles."""

    state: State | None = "open"
    source: str | None = None
    board: str | None = None
    flag: str | None = None
    author: str | None = None
    thread: str | None = None
    words: str | None = None
    outcome: Outcome | None = None
    held_by: str | None = None

    def condition(self, at: datetime) -> sa.ColumnElement[bool]:
        """The choice in SQL. ``at`` tells which claims still hold."""
        posts = POSTS.c
        wanted = (
            (posts.state, self.state),
            (posts.source, self.source),
            (posts.board, self.board),
            (posts.author, self.author),
            (posts.thread_id, self.thread),
            (posts.outcome, self.outcome),
        )
        conditions = [PRESENT, *(column == value for column, value in wanted if value is not None)]
        if self.flag is not None:
            flagged = sa.select(1).where(POST_FLAGS.c.post == posts.number, POST_FLAGS.c.flag == self.flag)
            conditions.append(flagged.correlate(POSTS).exists())
        if self.words is not None:
            conditions.append(_holds(self.words))
        if self.held_by is not None:
            conditions.append(sa.and_(posts.claimed_by == self.held_by, posts.claimed_until > at))
        return sa.and_(*conditions)


def _holds(words: str) -> sa.ColumnElement[bool]:
    """Posts whose own title or whose thread's title holds the words, in any case."""
    own = sa.select(1).where(
        POST_VERSIONS.c.post == POSTS.c.number,
        POST_VERSIONS.c.version == POSTS.c.version,
        POST_VERSIONS.c.title.icontains(words, autoescape=True),
    )
    return sa.or_(POSTS.c.thread_title.icontains(words, autoescape=True), own.correlate(POSTS).exists())
