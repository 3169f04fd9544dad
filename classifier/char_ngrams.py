"""Character n-grams within words, as TF-IDF, computed once per word instead of once per occurrence.

A page repeats its words, and so do pages: each known word keeps the columns of its n-grams. The figures are those of
scikit-learn's
``TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True)`` on our words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, Protocol, Self

import numpy as np
from scipy import sparse
from sklearn.base import BaseEstimator, TransformerMixin

from classifier.words import WORD

SIZES = (3, 4, 5)
# Words whose columns are kept in memory; about 30 MB when full.
MOST_KEPT_WORDS = 50_000


class Worded(Protocol):
    """A text as the model reads it: in lower case, with plain apostrophes."""

    @property
    def plain(self) -> str:
        """Its words."""


class CharNgrams(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """TF-IDF over runs of three to five characters of each word between blanks.

    ``min_df``: in how many sentences a run must stand to be known. Learned: ``vocabulary_`` (run to column, in
    alphabetical order)
    and ``idf_`` of shape (n_runs,), smoothed as scikit-learn does.
    """

    def __init__(self, *, min_df: int = 1) -> None:
        self.min_df = min_df

    def fit(self, X: Sequence[Worded], y: Any = None) -> Self:
        """Learn which runs there are and how rare each is."""
        found: Counter[str] = Counter()
        for view in X:
            found.update({run for word in WORD.findall(view.plain) for run in _runs(word)})
        known = sorted(run for run, count in found.items() if count >= self.min_df)
        self.vocabulary_ = {run: column for column, run in enumerate(known)}
        counts = np.array([found[run] for run in known], dtype=np.float64)
        self.idf_ = np.log((1 + len(X)) / (1 + counts)) + 1
        self._kept: dict[str, np.ndarray] = {}
        return self

    def transform(self, X: Sequence[Worded]) -> sparse.csr_matrix:
        """One row of unit length for each sentence, shape (n_sentences, n_runs)."""
        indices, data, ends = [], [], [0]
        for view in X:
            words = [self.columns_of(word) for word in WORD.findall(view.plain)]
            columns, counts = np.unique(np.concatenate(words), return_counts=True) if words else (_NONE, _NONE)
            values = (1.0 + np.log(counts)) * self.idf_[columns]
            indices.append(columns)
            data.append(values / np.sqrt((values * values).sum()) if len(values) else values)
            ends.append(ends[-1] + len(columns))
        shape = (len(X), len(self.vocabulary_))
        if not indices:
            return sparse.csr_matrix(shape)
        return sparse.csr_matrix((np.concatenate(data), np.concatenate(indices), np.array(ends)), shape=shape)

    def columns_of(self, word: str) -> np.ndarray:
        """The columns of a word's known runs, one entry per occurrence in the word."""
        columns = self._kept.get(word)
        if columns is None:
            known = (self.vocabulary_.get(run) for run in _runs(word))
            columns = np.array([column for column in known if column is not None], dtype=np.int64)
            if len(self._kept) >= MOST_KEPT_WORDS:
                self._kept.clear()
            self._kept[word] = columns
        return columns

    def get_feature_names_out(self, input_features: Any = None) -> np.ndarray:
        """The runs, in the order of their columns."""
        return np.array(list(self.vocabulary_), dtype=object)

    def __getstate__(self) -> dict[str, Any]:
        """Without the words that were met: a bundle holds nothing of what was read."""
        return {**super().__getstate__(), "_kept": {}}


_NONE = np.array([], dtype=np.int64)


def _runs(word: str) -> list[str]:
    padded = f" {word} "
    return [padded[i : i + size] for size in SIZES for i in range(len(padded) - size + 1)]
