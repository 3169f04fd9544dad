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
        _share("sentences of sober pages flagged", rows, raised, _is_sober),
        _near_misses("hype words denied or debunked, yet that flag raised", rows, raised),
    )


_Rows = Sequence[tuple[LabelledPage, LabelledSentence]]


def _pairs(rows: _Rows, raised: np.ndarray) -> Share:
    """Twins differ in at least one flag; a pair is right when that flag is raised on the one and not on the other."""
    pairs: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, (page, row) in enumerate(rows):
        if row.pair:
            pairs[page.source, row.pair].append(number)
    right = 0
    for first, second in pairs.values():
        differ = rows[first][1].flags ^ rows[second][1].flags
        columns = [flag_ids().index(flag) for flag in differ]
        wanted = np.array([[flag in rows[n][1].flags for flag in differ] for n in (first, second)])
        right += bool((raised[[first, second]][:, columns] == wanted).all())
    return Share("contrast pairs with both twins right", right, len(pairs))


def _is_sober(page: LabelledPage, row: LabelledSentence) -> bool:
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
