"""The first stage: for every flag a logistic regression over all features of a sentence (one-vs-rest)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from joblib import Parallel, delayed
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from classifier.errors import LabelError
from classifier.features import build_features
from classifier.training_set import TrainingSet
from classifier.views import SentenceView

SEED = 20261120
# Of liblinear's coordinate descent on the dual (Hsieh 2008). A tighter one takes twice the time and ranks no sentence
# better; its primal solver takes four times as long for the same ranking.
TOLERANCE = 1.0
# With fewer sentences no word would stand in enough of them to be known.
FEWEST_SENTENCES = 6
# Inverse strength of the L2 penalty, chosen by grouped cross-validation (docs/model-choice.md).
PENALTY_C = 12.0


@dataclass(frozen=True)
class Linear:
    """Features with uncalibrated weights, as one fold or the whole set gives them."""

    features: Any
    weights: np.ndarray
    intercepts: np.ndarray

    def scores(self, views: Sequence[SentenceView]) -> np.ndarray:
        """Raw log-odds, shape (n_sentences, n_flags)."""
        return np.asarray(self.features.transform(views) @ self.weights + self.intercepts)


def fit_linear(data: TrainingSet, *, jobs: int = 2) -> Linear:
    """Fit features and one logistic regression per flag."""
    features = build_features()
    if len(data.views) < FEWEST_SENTENCES:
        raise LabelError(
            f"{len(data.views)} sentences are too few to learn from.", hint=f"{FEWEST_SENTENCES} are the least."
        )
    matrix = sparse.vstack([features.fit_transform(data.views), features.transform(data.alone)]).tocsr()
    y, known = np.vstack([data.y, data.y]), np.vstack([data.known, data.known])
    weights = None if data.weights is None else np.vstack([data.weights, data.weights])
    columns = Parallel(n_jobs=jobs)(
        delayed(_fit_flag)(matrix, y[:, column], known[:, column], None if weights is None else weights[:, column])
        for column in range(y.shape[1])
    )
    return Linear(features, np.column_stack([weights for weights, _ in columns]), np.array([b for _, b in columns]))


def _fit_flag(
    matrix: sparse.csr_matrix, y: np.ndarray, known: np.ndarray, weights: np.ndarray | None
) -> tuple[np.ndarray, float]:
    rows = np.flatnonzero(known if weights is None else known & (weights > 0))
    if not y[rows].any():
        return np.zeros(matrix.shape[1]), -20.0
    model = LogisticRegression(
        C=PENALTY_C, solver="liblinear", dual=True, tol=TOLERANCE, random_state=SEED, max_iter=300
    )
    model.fit(matrix[rows], y[rows], sample_weight=None if weights is None else weights[rows])
    return model.coef_[0], float(model.intercept_[0])
