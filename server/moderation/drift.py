"""What comes in, by ISO week: each week of a forum held against its own first weeks, and against the model's training.

Weeks are those that posts were written in (UTC, from Monday), posts those that are here now, in their current version.
A forum differs from the training pages from the first day: that is told, but only a change against its own first weeks
counts as moved. Each version of the model has first weeks of its own, since another model reads everything otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import numpy as np
import sqlalchemy as sa

from classifier.drift import ANY, UNKNOWN, Comparison, Spread, compare, is_enough, parts_of, spread_of, wilson
from classifier.tally import Tally, width
from classifier.taxonomy import flag_ids
from server.moderation.tables import POST_VERSIONS, POSTS

FIRST_WEEKS = 4
MOST_WEEKS = 53  # that are looked at, so that the first weeks are those of the last year
MOST_SOURCES = 10  # those with the most posts
_WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class Period:
    """Some weeks of one forum, or one week, read by one model."""

    posts: int
    tally: Tally

    @property
    def is_enough(self) -> bool:
        """Whether it can be compared."""
        return is_enough(self.posts, self.tally)


@dataclass(frozen=True, slots=True)
class Week:
    """One week, read by one model. ``against_first`` is empty for the first weeks, and where either side is too small.

    ``intervals`` are of the share of sentences with any flag and of unknown words, by the measure's name.
    """

    monday: date
    model: str
    period: Period
    is_first: bool
    intervals: Mapping[str, tuple[float, float]]
    against_first: tuple[Comparison, ...] = ()
    against_training: tuple[Comparison, ...] = ()

    @property
    def moves(self) -> tuple[Comparison, ...]:
        """What moved against the forum's own first weeks."""
        return tuple(found for found in self.against_first if found.has_moved)


@dataclass(frozen=True, slots=True)
class ForumDrift:
    """The weeks of one forum, the oldest first. ``first`` are the first weeks of the model that read the last one.

    ``newest`` is the last week that could be compared, if it is this week or the one before. ``uncounted``: posts that
    were read before there was a count.
    """

    source: str
    weeks: tuple[Week, ...]
    first: Period | None
    newest: Week | None
    uncounted: int

    @property
    def first_weeks(self) -> int:
        """How many first weeks there are of the model that read the last one."""
        return sum(week.is_first and week.model == self.weeks[-1].model for week in self.weeks)


@dataclass(frozen=True, slots=True)
class Training:
    """A model by its name in the tables, and what it saw in training."""

    model: str
    tally: Tally


@dataclass(slots=True)
class _Gathered:
    """The rows of one forum: places in the table of tallies by model and week, and the thread of each place."""

    places: dict[str, dict[date, list[int]]] = field(default_factory=dict)
    uncounted: int = 0

    @property
    def posts(self) -> int:
        return self.uncounted + sum(len(found) for weeks in self.places.values() for found in weeks.values())


def drift_by_forum(connection: sa.Connection, *, at: datetime, training: Training | None = None) -> list[ForumDrift]:
    """The weeks of each forum, that with the most posts first."""
    this_week = monday_of(at.date())
    since = datetime.combine(this_week - (MOST_WEEKS - 1) * _WEEK, at.timetz().replace(hour=0, minute=0, second=0))
    forums, tallies, threads = _gather(connection, since)
    chosen = sorted(forums.items(), key=lambda item: (-item[1].posts, item[0]))[:MOST_SOURCES]
    reader = _Reader(tallies, threads, training)
    return [reader.forum(source, found, this_week) for source, found in chosen]


def monday_of(day: date) -> date:
    """The first day of its ISO week."""
    return day - timedelta(days=day.weekday())


def _gather(connection: sa.Connection, since: datetime) -> tuple[dict[str, _Gathered], np.ndarray, list[str]]:
    """All posts since then by forum, model and week; their tallies, shape (n_posts, width); and their threads."""
    kept, is_current = POST_VERSIONS.c, (POST_VERSIONS.c.post == POSTS.c.number)
    is_current &= POST_VERSIONS.c.version == POSTS.c.version
    day, told = sa.func.date(POSTS.c.posted_at), kept.report["tally"].as_string()
    thread = sa.func.coalesce(POSTS.c.thread_id, "")
    wanted = sa.select(POSTS.c.source, kept.model, day, thread, POSTS.c.number, told)
    wanted = wanted.join_from(POSTS, POST_VERSIONS, is_current)
    wanted = wanted.where(POSTS.c.posted_at >= since, POSTS.c.deleted_at.is_(None))
    forums: dict[str, _Gathered] = {}
    weeks: dict[object, date] = {}
    rows: list[str] = []
    threads: list[str] = []
    columns = width(len(flag_ids()))
    for source, model, day_, thread_, number, row in connection.execute(wanted):
        found = forums.setdefault(source, _Gathered())
        if row is None or row.count(",") + 1 != columns:
            found.uncounted += 1
            continue
        week = weeks.get(day_) or weeks.setdefault(day_, monday_of(date.fromisoformat(str(day_))))
        found.places.setdefault(model, {}).setdefault(week, []).append(len(rows))
        rows.append(row[1:-1])
        threads.append(thread_ or f"post {number}")
    numbers = np.fromstring(",".join(rows), dtype=np.int64, sep=",") if rows else np.zeros(0, dtype=np.int64)
    return forums, numbers.reshape(-1, columns), threads


@dataclass(frozen=True, slots=True)
class _Reader:
    """Sums what was gathered, and compares."""

    tallies: np.ndarray
    threads: Sequence[str]
    training: Training | None

    def forum(self, source: str, found: _Gathered, this_week: date) -> ForumDrift:
        """All weeks of one forum."""
        read = {model: self._first(weeks) for model, weeks in found.places.items()}
        weeks = [week for model, places in found.places.items() for week in self._weeks(model, places, read[model])]
        # Of one week that two models read, that of the model in use is the last.
        weeks.sort(key=lambda week: (week.monday, week.model == self._in_use, week.model))
        compared = [week for week in weeks if week.against_first and week.monday >= this_week - _WEEK]
        last = weeks[-1].model if weeks else None
        first = read[last][0] if last else None
        return ForumDrift(source, tuple(weeks), first, compared[-1] if compared else None, found.uncounted)

    @property
    def _in_use(self) -> str | None:
        return self.training.model if self.training else None

    def _first(self, weeks: Mapping[date, list[int]]) -> tuple[Period, Spread]:
        """A model's first weeks in one, and how alike posts of one thread were in them."""
        places = [place for week in sorted(weeks)[:FIRST_WEEKS] for place in weeks[week]]
        by_thread: dict[str, list[int]] = {}
        for place in places:
            by_thread.setdefault(self.threads[place], []).append(place)
        return self._period(places), spread_of([self._period(found).tally for found in by_thread.values()])

    def _weeks(self, model: str, weeks: Mapping[date, list[int]], first: tuple[Period, Spread]) -> Iterator[Week]:
        before, spread = first
        for number, monday in enumerate(sorted(weeks)):
            now, is_first = self._period(weeks[monday]), number < FIRST_WEEKS
            against_first = () if is_first else _compared(now, before, spread)
            trained = self.training if self.training and self.training.model == model else None
            against_training = tuple(compare(now.tally, trained.tally, spread)) if trained and now.is_enough else ()
            intervals = {name: wilson(parts_of(now.tally)[name], spread[name]) for name in (ANY, UNKNOWN)}
            yield Week(monday, model, now, is_first, intervals, against_first, against_training)

    def _period(self, places: Sequence[int]) -> Period:
        return Period(len(places), Tally.of_row(self.tallies[places].sum(axis=0).tolist()))


def _compared(now: Period, before: Period, spread: Spread) -> tuple[Comparison, ...]:
    return tuple(compare(now.tally, before.tally, spread)) if now.is_enough and before.is_enough else ()
