"""Marks of charts, placed here and drawn by templates/charts.html as SVG.

Drawings hold no words: they stretch with their place, and words beside them are HTML, which stays readable on a narrow
screen. Each chart stands with a table of the same numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from server.moderation.overview import ByDay

HEIGHT = 100.0  # of the drawing, in its own units; a day is STEP wide
STEP = 10.0
_GAP = 2.0
_NICE = (1, 2, 4, 5, 10)


@dataclass(frozen=True, slots=True)
class Layer:
    """One kind of count in stacked columns: its name among the counts, for people, and its class in the style sheet."""

    name: str
    title: str
    css: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A rectangle, from its upper left corner."""

    x: float
    y: float
    width: float
    height: float
    css: str
    told: str


@dataclass(frozen=True, slots=True)
class Columns:
    """A column for each day, with the layers one on the other, the first at the bottom."""

    counts: ByDay
    layers: tuple[Layer, ...]

    @property
    def days(self) -> tuple[date, ...]:
        """From the left."""
        return self.counts.days

    @property
    def width(self) -> float:
        """Of the drawing."""
        return STEP * len(self.days)

    @property
    def ceiling(self) -> int:
        """What the upper edge stands for: a round number that no day exceeds."""
        return ceiling(max((sum(values) for values in self._values()), default=0))

    @property
    def total(self) -> int:
        """Of all days and layers."""
        return sum(map(sum, self._values()))

    @property
    def rows(self) -> list[tuple[date, tuple[int, ...]]]:
        """The table: a row for each day, the newest first."""
        return list(zip(self.days, self._values(), strict=True))[::-1]

    def marks(self) -> Iterator[Mark]:
        """All rectangles."""
        unit = HEIGHT / self.ceiling
        for place, values in enumerate(self._values()):
            top = HEIGHT
            for layer, value in zip(self.layers, values, strict=True):
                if value:
                    top -= value * unit
                    told = f"{self.days[place].day} {self.days[place]:%B}: {value} {layer.title.lower()}"
                    yield Mark(place * STEP + _GAP / 2, top, STEP - _GAP, value * unit, layer.css, told)

    def _values(self) -> Sequence[tuple[int, ...]]:
        return list(zip(*(self.counts.counts[layer.name] for layer in self.layers), strict=True))


def ceiling(most: int) -> int:
    """The next round number: 1, 2, 4 or 5 times a power of ten.

    >>> [ceiling(most) for most in (0, 1, 3, 11, 48, 230)]
    [1, 1, 4, 20, 50, 400]
    """
    power = 1
    while 10 * power < most:
        power *= 10
    return next(nice * power for nice in _NICE if nice * power >= most)
