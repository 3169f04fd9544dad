"""What a table of precision and recall does not show: contrast pairs, sober pages, and hype words that are denied."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from classifier.labels import LabelledPage, LabelledSentence, sentences_of
from classifier.taxonomy import flag_ids

SOBER_REGISTERS = frozenset({"authority", "abstract", "encyclopedia", "debunk", "hospital"})
WORKED_AGAINST = frozenset({"denied", "debunked"})


@dataclass(frozen=True, slots=True)
class Share:
    """``right`` of ``cases``, with Wilson's 95 % interval (Wilson 1927)."""

    name: str
    right: int
    cases: int

    @property
    def value(self) -> float:
        """The share, 0 where there is no case."""
        return self.right / self.cases if self.cases else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Lower and upper end."""
        if not self.cases:
            return 0.0, 1.0
        z, n, p = 1.96, self.cases, self.value
        centre = (p + z * z / (2 * n)) / (1 + z * z / n)
        half = z * float(np.sqrt(p * (1 - p) / n + z * z / (4 * n * n))) / (1 + z * z / n)
        return max(centre - half, 0.0), min(centre + half, 1.0)

    def __str__(self) -> str:
        low, high = self.interval
        return f"{self.name}: {self.right} of {self.cases} = {self.value:.1%} ({low:.1%}–{high:.1%})"


def contrasts(pages: Sequence[LabelledPage], raised: np.ndarray) -> tuple[Share, ...]:
    """Shares over labelled pages; ``raised`` says which flags were raised, shape (n_sentences, n_flags)."""
    rows = sentences_of(pages)
    return (
        _pairs(rows, raised),
        _share("sentences of sober pages flagged", rows, raised, is_sober),
        _near_misses("hype words denied or debunked, yet that flag raised", rows, raised),
    )


_Rows = Sequence[tuple[LabelledPage, LabelledSentence]]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sentences that differ in at least one flag: their rows, and the columns of these flags."""

    first: int
    second: int
    columns: list[int]

    def is_right(self, y: np.ndarray, raised: np.ndarray) -> bool:
        """Whether each flag is raised on the one that carries it, and not on the other."""
        rows = [self.first, self.second]
        return bool((raised[rows][:, self.columns] == y[rows][:, self.columns]).all())


def pairs_of(rows: _Rows) -> list[Pair]:
    """All contrast pairs of which both twins are here."""
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, (page, row) in enumerate(rows):
        if row.pair:
            found[page.source, row.pair].append(number)
    twins = [tuple(numbers) for numbers in found.values() if len(numbers) == 2]
    return [Pair(a, b, [flag_ids().index(flag) for flag in rows[a][1].flags ^ rows[b][1].flags]) for a, b in twins]


def _pairs(rows: _Rows, raised: np.ndarray) -> Share:
    y = np.array([[flag in row.flags for flag in flag_ids()] for _, row in rows])
    pairs = pairs_of(rows)
    right = sum(pair.is_right(y, raised) for pair in pairs)
    return Share("contrast pairs with both twins right", right, len(pairs))


def is_sober(page: LabelledPage, row: LabelledSentence) -> bool:
    """Whether a sentence stands on a sober page and carries nothing."""
    return page.register in SOBER_REGISTERS and not row.flags and not row.contested


def _share(
    name: str, rows: _Rows, raised: np.ndarray, wanted: Callable[[LabelledPage, LabelledSentence], bool]
) -> Share:
    chosen = [number for number, (page, row) in enumerate(rows) if wanted(page, row)]
    return Share(name, int(raised[chosen].any(axis=1).sum()) if chosen else 0, len(chosen))


def _near_misses(name: str, rows: _Rows, raised: np.ndarray) -> Share:
    cases = [
        (number, flag_ids().index(flag))
        for number, (_, row) in enumerate(rows)
        for flag, why in row.near_misses
        if why in WORKED_AGAINST
    ]
    return Share(name, sum(bool(raised[number, column]) for number, column in cases), len(cases))
