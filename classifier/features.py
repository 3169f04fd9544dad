"""A sentence in its block, as numbers.

Three kinds of features, each a scikit-learn transformer over :class:`~classifier.views.SentenceView` rows: word
n-grams whose words
carry a mark when they stand under negation (the tagging of Pang and others, EMNLP 2002), character
n-grams, and a
short dense row of cues, scope, sources and form (:mod:`classifier.dense`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Self

import numpy as np
from scipy import sparse
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import FeatureUnion, make_pipeline
from sklearn.preprocessing import MaxAbsScaler

from classifier.char_ngrams import CharNgrams
from classifier.dense import DENSE_NAMES, dense_row
from classifier.views import SentenceView, page_bounds
from classifier.words import words_of

# How many sentences of an average page a page's mean starts from.
PRIOR_SENTENCES = 10.0


def word_ngrams(view: SentenceView) -> list[str]:
    """Words and pairs of neighbouring words, with marks for the sentence's ends."""
    words = ["<", *(word for word, _, _ in words_of(view)), ">"]
    return [*words[1:-1], *(f"{a} {b}" for a, b in pairwise(words))]


def context_words(view: SentenceView) -> list[str]:
    """Words of the introducing line, the nearest heading and the kind of block, marked as context."""
    above = " ".join((*view.around.trail[-1:], view.around.intro)).lower()
    return [f"^{word}" for word in re.findall(r"[^\W\d_]{3,}", above)] + [f"^kind={view.around.block.kind}"]


def dense_rows(views: Sequence[SentenceView]) -> np.ndarray:
    """The dense rows of some sentences; shape (n_sentences, len(DENSE_NAMES))."""
    return np.array([dense_row(view) for view in views], dtype=np.float64).reshape(len(views), len(DENSE_NAMES))


class DenseFeatures(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Cues, scope, sources and form as a dense row, with the same of the neighbours and the mean of the page.

    ``transform`` gives an array of shape (n_sentences, 3 * len(DENSE_NAMES)); rows of one page must stand together,
    in order. A page's mean is drawn to that of all pages by ``PRIOR_SENTENCES`` (a shrunken mean), so that a post of
    one sentence is not taken for a page full of what that sentence holds. Learned: ``mean_`` of shape
    (len(DENSE_NAMES),).
    """

    def fit(self, X: Sequence[SentenceView], y: Any = None) -> Self:
        """Learn the mean of all sentences."""
        self.mean_ = dense_rows(X).mean(axis=0)
        return self

    def transform(self, X: Sequence[SentenceView]) -> sparse.csr_matrix:
        """Rows in the order of ``X``."""
        own = dense_rows(X)
        near, page = np.zeros_like(own), np.zeros_like(own)
        for start, end in pairwise(page_bounds(X)):
            rows = own[start:end]
            page[start:end] = (rows.sum(axis=0) + PRIOR_SENTENCES * self.mean_) / (len(rows) + PRIOR_SENTENCES)
            near[start + 1 : end] += rows[:-1] / 2
            near[start : end - 1] += rows[1:] / 2
        return sparse.csr_matrix(np.hstack([own, near, page]))

    def get_feature_names_out(self, input_features: Any = None) -> np.ndarray:
        """Names of the columns."""
        return np.array([f"{prefix}{name}" for prefix in ("", "near:", "page:") for name in DENSE_NAMES], dtype=object)


def transformed(features: FeatureUnion, views: Sequence[SentenceView]) -> sparse.csr_matrix:
    """What ``features.transform`` gives, without its scheduling, which costs more than a short post's features."""
    weights = features.transformer_weights
    return sparse.hstack([step.transform(views) * weights[name] for name, step in features.transformer_list], "csr")


def build_features(*, min_count: int = 2) -> FeatureUnion:
    """All features of the model. ``min_count``: in how many sentences an n-gram must stand to be known."""
    return FeatureUnion(
        [
            ("words", TfidfVectorizer(analyzer=word_ngrams, min_df=min_count, sublinear_tf=True)),
            ("chars", CharNgrams(min_df=min_count + 1)),
            ("context", TfidfVectorizer(analyzer=context_words, min_df=min_count + 1, sublinear_tf=True)),
            ("dense", make_pipeline(DenseFeatures(), MaxAbsScaler())),
        ],
        transformer_weights={"words": 1.0, "chars": 1.0, "context": 0.5, "dense": 1.0},
    )
