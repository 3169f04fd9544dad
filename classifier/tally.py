"""What some sentences look like to the model, as sums: what is kept of a text so that weeks can be compared.

Only counts, no words: a tally of a post can stay when nobody may read its words any more.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# Equal parts of 0 to 1 that confidences are counted by.
BINS = 10
_PLAIN = ("sentences", "flagged", "words", "unknown", "sure")


@dataclass(frozen=True, slots=True)
class Tally:
    """Sums over sentences.

    ``flagged``: sentences with any flag raised. ``words`` and ``unknown``: words of letters alone, and those that the
    model never learned. ``sure``: the confidences that any flag fits, in thousandths, added up. ``bins``: sentences by
    that confidence, shape (BINS,). ``raised``: sentences by flag, in the taxonomy's order.
    """

    sentences: int
    flagged: int
    words: int
    unknown: int
    sure: int
    bins: tuple[int, ...]
    raised: tuple[int, ...]

    def row(self) -> list[int]:
        """All numbers in one row, as they are kept; :meth:`of_row` reads it."""
        return [*(getattr(self, name) for name in _PLAIN), *self.bins, *self.raised]

    @classmethod
    def of_row(cls, row: Sequence[int]) -> Tally:
        """What :meth:`row` wrote."""
        plain, bins = len(_PLAIN), len(_PLAIN) + BINS
        sentences, flagged, words, unknown, sure = row[:plain]
        return cls(sentences, flagged, words, unknown, sure, bins=tuple(row[plain:bins]), raised=tuple(row[bins:]))

    @classmethod
    def total(cls, rows: Iterable[Tally], *, flags: int) -> Tally:
        """The sums of some tallies of ``flags`` flags."""
        columns = zip(*(row.row() for row in rows), strict=True)
        return cls.of_row([sum(column) for column in columns] or [0] * width(flags))

    @property
    def mean_sure(self) -> float:
        """The mean confidence that any flag fits."""
        return self.sure / 1000 / self.sentences if self.sentences else 0.0


def width(flags: int) -> int:
    """How many numbers a row of so many flags has."""
    return len(_PLAIN) + BINS + flags
