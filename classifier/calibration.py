"""From raw scores to confidences and thresholds, both learned from out-of-fold scores."""

from __future__ import annotations

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from classifier.document import Setting
from classifier.model import ANY_RANKS, ranked_log_odds
from classifier.quote_form import is_judged
from classifier.quote_stage import QuoteStage
from classifier.taxonomy import QUOTE_FLAG, flag_ids
from classifier.training_set import TrainingSet

# The precision asked of each flag on out-of-fold scores; "few" is for readers who want to be stopped only when it is
# clear.
PRECISION_GOALS: dict[Setting, float] = {"few": 0.95, "balanced": 0.87, "more": 0.70}
# No threshold is set lower than this, however precise the training pages make a flag look.
LOWEST_THRESHOLD: dict[Setting, float] = {"few": 0.6, "balanced": 0.4, "more": 0.25}
# Quotations are known by their marks and are judged among themselves, so the precision asked for decides sooner.
LOWEST_QUOTE_THRESHOLD: dict[Setting, float] = {"few": 0.4, "balanced": 0.15, "more": 0.08}
_QUOTE_COLUMN = flag_ids().index(QUOTE_FLAG)
# Added to hits and alarms alike, so that a handful of lucky sentences does not set a threshold.
PRIOR_ALARMS = 2.0
QUOTE_FOLDS = 5


def fit_calibration(scores: np.ndarray, y: np.ndarray, known: np.ndarray) -> np.ndarray:
    """Platt's slope and offset per flag, shape (n_flags, 2). A flag that never occurs keeps its score."""
    rows = []
    for column in range(scores.shape[1]):
        mask = known[:, column]
        target = y[mask, column]
        if target.all() or not target.any():
            rows.append((1.0, 0.0))
            continue
        model = LogisticRegression(C=1e4, solver="lbfgs").fit(scores[mask, column, None], target)
        rows.append((float(model.coef_[0, 0]), float(model.intercept_[0])))
    return np.array(rows)


def fit_quotes(data: TrainingSet, confidences: np.ndarray) -> tuple[QuoteStage, np.ndarray]:
    """The quote stage, and ``confidences`` (n_sentences, n_flags) with what stages that never saw the page file say.

    ``confidences`` must be out-of-fold.
    """
    column = _QUOTE_COLUMN
    known = data.known[:, column]
    rows = np.array([row for row, view in enumerate(data.views) if known[row] and is_judged(view)], dtype=int)
    confidences = confidences.copy()
    before, y = confidences[:, column].copy(), data.y[:, column]

    def fit(chosen: np.ndarray) -> QuoteStage:
        return QuoteStage.fit([data.views[row] for row in chosen], before[chosen], y[chosen])

    for train, test in GroupKFold(min(QUOTE_FOLDS, len(np.unique(data.groups)))).split(before, groups=data.groups):
        stage = fit(rows[np.isin(rows, train)])
        confidences[test, column] = stage.confidence([data.views[row] for row in test], before[test])
    return fit(rows), confidences


def fit_any(confidences: np.ndarray, y: np.ndarray, known: np.ndarray) -> np.ndarray:
    """Weights of :func:`~classifier.model.any_confidence`, intercept first; shape (1 + ANY_RANKS,)."""
    target = np.asarray(y.any(axis=1))
    rows = np.flatnonzero(np.asarray(known.all(axis=1)) | target)
    if target[rows].all() or not target[rows].any():
        return np.array([0.0, 1.0, *[0.0] * (ANY_RANKS - 1)])
    model = LogisticRegression(C=1e4, solver="lbfgs").fit(ranked_log_odds(confidences[rows]), target[rows])
    return np.concatenate([model.intercept_, model.coef_[0]])


def choose_thresholds(confidences: np.ndarray, y: np.ndarray, known: np.ndarray, *, setting: Setting) -> np.ndarray:
    """For each flag the lowest confidence from which on the precision asked for is reached; shape (n_flags,)."""
    goal = PRECISION_GOALS[setting]
    lowest = [LOWEST_THRESHOLD[setting]] * y.shape[1]
    if y.shape[1] > _QUOTE_COLUMN:
        lowest[_QUOTE_COLUMN] = LOWEST_QUOTE_THRESHOLD[setting]
    return np.array(
        [
            max(lowest[column], _threshold(confidences[known[:, column], column], y[known[:, column], column], goal))
            for column in range(y.shape[1])
        ]
    )


def _threshold(confidence: np.ndarray, y: np.ndarray, goal: float) -> float:
    order = np.argsort(-confidence, kind="stable")
    hits = np.cumsum(y[order])
    alarms = np.arange(1, len(order) + 1)
    smoothed = (hits + PRIOR_ALARMS * 0.5) / (alarms + PRIOR_ALARMS)
    reached = np.flatnonzero(smoothed >= goal)
    return float(confidence[order[reached[-1]]]) if reached.size else 0.9
