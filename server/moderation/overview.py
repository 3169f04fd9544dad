"""The numbers of the overview: what waits and for how long, what came and was decided by day, which models scored it.

The database counts; only sums come back, so that the page is quick on many posts. Days are days in UTC. Nothing is
counted by moderator: this page is about the queue, not about who works how fast.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa

from server.moderation.tables import DECISIONS, POST_FLAGS, POST_VERSIONS, POSTS

OUTCOMES = ("upheld", "dismissed", "unsure", "escalated")
WAITING = ("open", "escalated")
SPANS = (7, 30, 90)  # days that the charts may show
_MODELS = 20  # versions of the model that are listed, those that scored last
BANDS: tuple[tuple[str, timedelta], ...] = (
    ("under an hour", timedelta(hours=1)),
    ("1 to 4 hours", timedelta(hours=4)),
    ("4 to 24 hours", timedelta(days=1)),
    ("1 to 3 days", timedelta(days=3)),
    ("3 to 7 days", timedelta(days=7)),
    ("1 to 4 weeks", timedelta(weeks=4)),
)
OLDER = "over 4 weeks"


@dataclass(frozen=True, slots=True)
class AgeBand:
    """How many posts of one age wait, and how many of them for a lead."""

    name: str
    waiting: int
    escalated: int


@dataclass(frozen=True, slots=True)
class QueueAge:
    """The posts that wait, by the time since they were posted. ``oldest`` is None when nothing waits."""

    bands: tuple[AgeBand, ...]
    oldest: datetime | None

    @property
    def waiting(self) -> int:
        """All that wait."""
        return sum(band.waiting for band in self.bands)


@dataclass(frozen=True, slots=True)
class ByDay:
    """Counts by name, one for each of ``days``; a day without any is 0."""

    days: tuple[date, ...]
    counts: Mapping[str, tuple[int, ...]]

    def total(self, name: str) -> int:
        """Of all days."""
        return sum(self.counts[name])


@dataclass(frozen=True, slots=True)
class ModelUse:
    """A version of the model, how many texts it scored, and when the first and the last of them came."""

    model: str
    texts: int
    first: datetime
    last: datetime


def queue_age(connection: sa.Connection, *, at: datetime) -> QueueAge:
    """How long posts have been waiting at this moment."""
    bands = [(POSTS.c.posted_at > at - age, number) for number, (_, age) in enumerate(BANDS)]
    band = sa.case(*bands, else_=len(BANDS)).label("band")
    is_waiting = POSTS.c.state.in_(WAITING) & POSTS.c.deleted_at.is_(None)
    counted = sa.select(band, POSTS.c.state, sa.func.count().label("posts"), sa.func.min(POSTS.c.posted_at))
    rows = connection.execute(counted.where(is_waiting).group_by(band, POSTS.c.state)).all()
    names = (*(name for name, _ in BANDS), OLDER)
    return QueueAge(
        tuple(
            AgeBand(
                name,
                sum(row.posts for row in rows if row.band == number),
                sum(row.posts for row in rows if row.band == number and row.state == "escalated"),
            )
            for number, name in enumerate(names)
        ),
        min((row[3] for row in rows), default=None),
    )


def last_days(until: date, count: int) -> tuple[date, ...]:
    """``count`` days, the last of them ``until``."""
    return tuple(until - timedelta(days=back) for back in reversed(range(count)))


def posts_by_day(connection: sa.Connection, days: Sequence[date]) -> ByDay:
    """Posts by the day they were posted: ``flagged`` and ``plain``. Those deleted since count as plain."""
    day = sa.func.date(POSTS.c.posted_at)
    is_flagged = sa.exists().where(POST_FLAGS.c.post == POSTS.c.number)
    kind = sa.case((is_flagged, "flagged"), else_="plain")
    counted = sa.select(day, kind, sa.func.count()).where(_within(POSTS.c.posted_at, days)).group_by(day, kind)
    return _by_day(days, ("flagged", "plain"), connection.execute(counted))


def flags_by_day(connection: sa.Connection, days: Sequence[date], flags: Sequence[str]) -> ByDay:
    """Flags on posts by the day these were posted."""
    day = sa.func.date(POSTS.c.posted_at)
    joined = sa.join(POSTS, POST_FLAGS, POST_FLAGS.c.post == POSTS.c.number)
    counted = sa.select(day, POST_FLAGS.c.flag, sa.func.count()).select_from(joined)
    chosen = counted.where(_within(POSTS.c.posted_at, days)).group_by(day, POST_FLAGS.c.flag)
    return _by_day(days, flags, connection.execute(chosen))


def decisions_by_day(connection: sa.Connection, days: Sequence[date]) -> ByDay:
    """Decisions that were not taken back, by outcome and the day they were made."""
    day = sa.func.date(DECISIONS.c.at)
    counted = sa.select(day, DECISIONS.c.outcome, sa.func.count())
    chosen = counted.where(is_standing(), _within(DECISIONS.c.at, days)).group_by(day, DECISIONS.c.outcome)
    return _by_day(days, OUTCOMES, connection.execute(chosen))


def models_in_use(connection: sa.Connection) -> list[ModelUse]:
    """The versions of the model that scored texts, the one of the newest text first."""
    times, last = POST_VERSIONS.c.received_at, sa.func.max(POST_VERSIONS.c.received_at)
    counted = sa.select(POST_VERSIONS.c.model, sa.func.count(), sa.func.min(times), last)
    ordered = counted.group_by(POST_VERSIONS.c.model).order_by(last.desc(), POST_VERSIONS.c.model).limit(_MODELS)
    return [ModelUse(*row) for row in connection.execute(ordered)]


def is_standing() -> sa.ColumnElement[bool]:
    """Whether a row of decisions is one that nobody took back."""
    undone = sa.select(DECISIONS.c.undoes).where(DECISIONS.c.undoes.is_not(None))
    return (DECISIONS.c.kind == "decide") & DECISIONS.c.id.not_in(undone)


def _within(column: sa.Column[Any], days: Sequence[date]) -> sa.ColumnElement[bool]:
    first = datetime.combine(days[0], time(), UTC)
    return (column >= first) & (column < datetime.combine(days[-1], time(), UTC) + timedelta(days=1))


def _by_day(days: Sequence[date], names: Sequence[str], rows: Iterable[sa.Row[Any]]) -> ByDay:
    """SQLite writes a day as text, PostgreSQL as a date."""
    found: dict[tuple[date, str], int] = {}
    for row in rows:
        day, name, count = tuple(row)
        found[date.fromisoformat(str(day)), name] = count
    return ByDay(tuple(days), {name: tuple(found.get((day, name), 0) for day in days) for name in names})
