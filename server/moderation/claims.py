"""Claims: who works on a post. A claim runs out by itself, so that nobody's lunch holds up the queue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from server.moderation.states import WAITING
from server.moderation.tables import POSTS
from server.store.times import now
from server.store.writing import writing


@dataclass(frozen=True, slots=True)
class Claim:
    """Who holds a post, and until when unless they decide or renew it before."""

    by: str
    until: datetime

    def is_of_another(self, who: str, at: datetime) -> bool:
        """Whether it keeps ``who`` out at this moment."""
        return self.by != who and self.until > at


@dataclass(frozen=True, slots=True)
class Claims:
    """Takes and gives back claims. ``minutes`` is how long one lasts."""

    engine: sa.Engine
    minutes: int

    def take(self, number: int, who: str) -> Claim | None:
        """Claim a post that waits, or renew one's own claim. Returns whose claim stands now.

        One conditional UPDATE: of any number of moderators at once exactly one is given the post, and the others see
        who that is. None when there is no such post that waits.
        """
        at = now()
        mine = Claim(who, at + timedelta(minutes=self.minutes))
        wanted = POSTS.update().where(POSTS.c.number == number, WAITING, is_free_for(who, at))
        with writing(self.engine) as connection:
            taken = connection.execute(wanted.values(claimed_by=mine.by, claimed_until=mine.until)).rowcount
            return mine if taken else _standing(connection, number)

    def release(self, number: int, who: str) -> bool:
        """Give back one's own claim. False when there was none."""
        held = POSTS.update().where(POSTS.c.number == number, POSTS.c.claimed_by == who)
        with writing(self.engine) as connection:
            return connection.execute(held.values(claimed_by=None, claimed_until=None)).rowcount == 1


def is_free_for(who: str, at: datetime) -> sa.ColumnElement[bool]:
    """Posts that nobody else holds at this moment."""
    holder = POSTS.c.claimed_by
    return sa.or_(holder.is_(None), holder == who, POSTS.c.claimed_until <= at)


def claim_of(row: sa.Row[tuple[object, ...]], at: datetime) -> Claim | None:
    """The claim on a post, unless it ran out."""
    by, until = row._mapping["claimed_by"], row._mapping["claimed_until"]
    return Claim(by, until) if by is not None and until is not None and until > at else None


def _standing(connection: sa.Connection, number: int) -> Claim | None:
    wanted = sa.select(POSTS.c.claimed_by, POSTS.c.claimed_until).where(POSTS.c.number == number, WAITING)
    row = connection.execute(wanted).one_or_none()
    return Claim(row.claimed_by, row.claimed_until) if row and row.claimed_by else None
