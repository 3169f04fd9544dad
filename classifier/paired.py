"""Two models on the same sentences: how much a figure changed, and how far chance alone would have moved it.

The bootstrap is paired and over page files (Efron 1979): each resample draws files, and both models are measured on the
same draw, so that a hard page is hard for both. Counts per file are all that is drawn, which makes it quick.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

RESAMPLES = 4000
SEED = 11
# Of fewer page files a bootstrap over them says nothing: then there is a difference, and no interval.
LEAST_FILES = 8
_Figure = Callable[[np.ndarray], np.ndarray]


@dataclass(frozen=True, slots=True)
class Change:
    """A figure of both models, and their difference with an interval; None where a figure is not defined."""

    before: float | None
    after: float | None
    low: float | None = None
    high: float | None = None

    @property
    def difference(self) -> float | None:
        """How much more the second model has."""
        return None if self.before is None or self.after is None else self.after - self.before

    @property
    def is_lower(self) -> bool:
        """Whether the whole interval lies below nothing changed."""
        return self.high is not None and self.high < 0

    @property
    def is_higher(self) -> bool:
        """Whether the whole interval lies above nothing changed."""
        return self.low is not None and self.low > 0


class Resamples:
    """How often each page file is drawn, the same for every figure; shape (RESAMPLES, n_files)."""

    def __init__(self, groups: np.ndarray) -> None:
        names, self._file_of = np.unique(groups, return_inverse=True)
        self.files = len(names)
        random = np.random.default_rng(SEED)
        self._drawn = random.multinomial(self.files, np.full(self.files, 1 / self.files), size=RESAMPLES)

    def change(self, before: np.ndarray, after: np.ndarray, figure: _Figure, *, level: float) -> Change:
        """A figure of counts. ``before`` and ``after`` count per sentence, shape (n_sentences, n_counts).

        ``figure`` makes the figure from sums of the counts, (n, n_counts) to (n,), nan where it is not defined.
        """
        sums = [self._by_file(counts) for counts in (before, after)]
        now = [figure(counts.sum(axis=0)[None, :])[0] for counts in sums]
        if np.isnan(now).any() or self.files < LEAST_FILES:
            return Change(*(None if np.isnan(value) else float(value) for value in now))
        first, second = (figure(self._drawn @ counts) for counts in sums)
        drawn = (second - first)[~np.isnan(second - first)]
        tail = 100 * (1 - level) / 2
        low, high = np.percentile(drawn, [tail, 100 - tail])
        return Change(float(now[0]), float(now[1]), float(low), float(high))

    def _by_file(self, counts: np.ndarray) -> np.ndarray:
        summed = np.zeros((self.files, counts.shape[1]))
        np.add.at(summed, self._file_of, counts)
        return summed


def hits(y: np.ndarray, raised: np.ndarray, known: np.ndarray) -> np.ndarray:
    """Per sentence whether it was rightly raised, raised, and a case; shape (n_sentences, 3)."""
    return np.column_stack([y & raised & known, raised & known, y & known]).astype(float)


def precision(counts: np.ndarray) -> np.ndarray:
    """Of :func:`hits`."""
    return share(counts[:, :2])


def recall(counts: np.ndarray) -> np.ndarray:
    """Of :func:`hits`."""
    return share(counts[:, [0, 2]])


def f1(counts: np.ndarray) -> np.ndarray:
    """Of :func:`hits`."""
    return share(np.column_stack([2 * counts[:, 0], counts[:, 1] + counts[:, 2]]))


def share(counts: np.ndarray) -> np.ndarray:
    """The first of the second column; nan where that is nothing."""
    whole = np.where(counts[:, 1] > 0, counts[:, 1], np.nan)
    return np.asarray(counts[:, 0] / whole)
