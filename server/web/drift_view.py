"""The weeks of a forum as the overview draws them: two small charts of shares, and tables of the same numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from classifier.drift import ANY, CONFIDENCE, UNKNOWN, Comparison, parts_of
from server.moderation.drift import ForumDrift, Period, Week
from server.moderation.drift_wording import index_told, measure_name, notice, percent, standing
from server.web.charts import HEIGHT, STEP, ceiling

SHOWN = 26  # weeks, the newest


@dataclass(frozen=True, slots=True)
class WeekMark:
    """One week in a chart: its share at ``y``, the interval from ``top`` over ``height``."""

    x: float
    y: float
    top: float
    height: float
    css: str
    told: str


@dataclass(frozen=True, slots=True)
class ShareChart:
    """A share by week. ``first`` and ``training`` are where lines stand for what it is held against."""

    measure: str
    weeks: tuple[Week, ...]
    first: float | None
    training: float | None

    @property
    def title(self) -> str:
        """What it shows."""
        return measure_name(self.measure)

    @property
    def begin(self) -> date:
        """The first week."""
        return self.weeks[0].monday

    @property
    def width(self) -> float:
        """Of the drawing: weeks without posts leave a gap."""
        return STEP * ((self.weeks[-1].monday - self.begin) // timedelta(weeks=1) + 1)

    @property
    def ceiling(self) -> float:
        """What the upper edge stands for, as a share."""
        highest = max(week.intervals[self.measure][1] for week in self.weeks)
        return ceiling(round(100 * max(highest, self.first or 0.0, self.training or 0.0) + 0.5)) / 100

    def height_of(self, share: float) -> float:
        """Where a share stands in the drawing."""
        return HEIGHT * (1 - share / self.ceiling)

    def marks(self) -> Iterator[WeekMark]:
        """All weeks."""
        for week in self.weeks:
            share, (low, high) = parts_of(week.period.tally)[self.measure].value, week.intervals[self.measure]
            moved = any(move.measure == self.measure for move in week.moves)
            css = "c-risk" if moved else "c-plain" if week.is_first else "c-accent"
            x = STEP * ((week.monday - self.begin) // timedelta(weeks=1))
            top, height = self.height_of(high), self.height_of(low) - self.height_of(high)
            yield WeekMark(x, self.height_of(share), top, height, css, f"{week.monday}: {percent(share)}")


@dataclass(frozen=True, slots=True)
class DriftView:
    """One forum. ``compared`` holds the newest week's measures: against the first weeks, and against the training."""

    forum: ForumDrift
    notice: str | None
    standing: str
    charts: tuple[ShareChart, ...]
    compared: tuple[tuple[str, Comparison, Comparison | None], ...]

    @classmethod
    def of(cls, forum: ForumDrift) -> DriftView:
        """The view of a forum. Charts show the weeks that the model of the last one read."""
        weeks = tuple(week for week in forum.weeks if week.model == forum.weeks[-1].model)[-SHOWN:]
        charts = tuple(_chart(measure, weeks, forum.first) for measure in (ANY, UNKNOWN)) if weeks else ()
        return cls(forum, notice(forum), standing(forum), charts, tuple(_compared(forum.newest)))

    @property
    def weeks(self) -> tuple[Week, ...]:
        """For the table, the newest first."""
        return self.forum.weeks[: -SHOWN - 1 : -1]


def _chart(measure: str, weeks: tuple[Week, ...], first: Period | None) -> ShareChart:
    trained = next((found.before for found in weeks[-1].against_training if found.measure == measure), None)
    return ShareChart(measure, weeks, parts_of(first.tally)[measure].value if first else None, trained)


def _compared(week: Week | None) -> Iterator[tuple[str, Comparison, Comparison | None]]:
    if week is None:
        return
    trained = {found.measure: found for found in week.against_training}
    for found in week.against_first:
        yield measure_name(found.measure), found, trained.get(found.measure)


def apart_told(found: Comparison) -> str:
    """How far two readings lie apart, by the measure that fits them."""
    if found.measure == CONFIDENCE:
        return f"index {found.apart:.2f}: {index_told(found.apart)}"
    return f"{found.apart:+.1f} standard errors".replace("-", "−")
