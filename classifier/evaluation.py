"""How well confidences agree with what was labelled: per flag, and for "any flag".

Intervals are 95 % percentile bootstrap intervals over pages (Efron 1979), because sentences of one page are not
independent. The expected calibration error uses ten bins of equal width (Naeini and others, AAAI 2015).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from sklearn.metrics import average_precision_score, roc_auc_score

from classifier.decision import Thresholds, any_confidence, raised
from classifier.taxonomy import flag_ids

RESAMPLES = 400
SEED = 7
CALIBRATION_BINS = 10
# A macro average over rarer flags would mostly measure chance.
ENOUGH_CASES = 10


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure with its 95 % interval; None where it is not defined."""

    value: float | None
    low: float | None = None
    high: float | None = None

    def __str__(self) -> str:
        if self.value is None:
            return "–"
        return f"{self.value:.2f}" if self.low is None else f"{self.value:.2f} ({self.low:.2f}–{self.high:.2f})"


@dataclass(frozen=True, slots=True)
class Scores:
    """Figures of one flag, or of any flag."""

    name: str
    cases: int
    found: int
    alarms: int
    precision: Interval
    recall: Interval
    f1: Interval
    auroc: Interval
    average_precision: Interval
    calibration_error: Interval


@dataclass(frozen=True)
class Judged:
    """Confidences beside labels. Arrays of shape (n_sentences, n_flags); ``groups`` has one page name per sentence."""

    confidences: np.ndarray
    thresholds: Thresholds
    y: np.ndarray
    known: np.ndarray
    groups: np.ndarray
    any_weights: np.ndarray | None = None

    @property
    def any_confidences(self) -> np.ndarray:
        """Confidence that a sentence carries any flag; that of its surest one where no weights are given."""
        if self.any_weights is None:
            return np.asarray(self.confidences.max(axis=1))
        return any_confidence(self.confidences, self.any_weights)

    @property
    def raised(self) -> np.ndarray:
        """Where a flag was raised."""
        return raised(self.confidences, self.thresholds, self.any_weights)


@dataclass(frozen=True)
class Evaluation:
    """All figures of one set of pages."""

    sentences: int
    pages: int
    flags: tuple[Scores, ...]
    any_flag: Scores
    macro_f1: float | None
    macro_flags: int
    judged: Judged = field(repr=False)


def evaluate(judged: Judged) -> Evaluation:
    """All figures for a set of judged sentences. A contested flag is left out of that flag's figures.

    For "any flag" a sentence is left out when it carries no flag for sure, but a contested one.
    """
    resamples = _resamples(judged.groups)
    flags = []
    for column, flag in enumerate(flag_ids()):
        mask = judged.known[:, column]
        flags.append(
            _scores(flag, judged.y[:, column], judged.raised[:, column], judged.confidences[:, column], mask, resamples)
        )
    y_any = np.asarray(judged.y.any(axis=1))
    known_any = np.asarray(judged.known.all(axis=1)) | y_any
    raised = np.asarray((judged.raised & judged.known).any(axis=1))
    any_flag = _scores("any flag", y_any, raised, judged.any_confidences, known_any, resamples)
    enough = [scores.f1.value or 0.0 for scores in flags if scores.cases >= ENOUGH_CASES]
    macro = float(np.mean(enough)) if enough else None
    return Evaluation(len(y_any), len(np.unique(judged.groups)), tuple(flags), any_flag, macro, len(enough), judged)


def _resamples(groups: np.ndarray) -> list[np.ndarray]:
    """Indices of sentences for each bootstrap resample of the pages."""
    random = np.random.default_rng(SEED)
    names, inverse = np.unique(groups, return_inverse=True)
    rows = [np.flatnonzero(inverse == number) for number in range(len(names))]
    return [np.concatenate([rows[i] for i in random.integers(0, len(names), len(names))]) for _ in range(RESAMPLES)]


def _scores(
    name: str,
    y: np.ndarray,
    raised: np.ndarray,
    confidence: np.ndarray,
    mask: np.ndarray,
    resamples: Sequence[np.ndarray],
) -> Scores:
    def measure(figure: Callable[[np.ndarray, np.ndarray, np.ndarray], float | None]) -> Interval:
        value = figure(y[mask], raised[mask], confidence[mask])
        if value is None:
            return Interval(None)
        drawn = []
        for rows in resamples:
            kept = rows[mask[rows]]
            again = figure(y[kept], raised[kept], confidence[kept])
            if again is not None:
                drawn.append(again)
        low, high = np.percentile(drawn, [2.5, 97.5])
        return Interval(value, float(low), float(high))

    return Scores(
        name=name,
        cases=int(y[mask].sum()),
        found=int((y & raised)[mask].sum()),
        alarms=int(raised[mask].sum()),
        precision=measure(_precision),
        recall=measure(_recall),
        f1=measure(_f1),
        auroc=measure(_auroc),
        average_precision=measure(_average_precision),
        calibration_error=measure(_calibration_error),
    )


def _precision(y: np.ndarray, raised: np.ndarray, _: np.ndarray) -> float | None:
    return float((y & raised).sum() / raised.sum()) if raised.any() else None


def _recall(y: np.ndarray, raised: np.ndarray, _: np.ndarray) -> float | None:
    return float((y & raised).sum() / y.sum()) if y.any() else None


def _f1(y: np.ndarray, raised: np.ndarray, _: np.ndarray) -> float | None:
    return float(2 * (y & raised).sum() / (y.sum() + raised.sum())) if y.any() else None


def _auroc(y: np.ndarray, _: np.ndarray, confidence: np.ndarray) -> float | None:
    return float(roc_auc_score(y, confidence)) if y.any() and not y.all() else None


def _average_precision(y: np.ndarray, _: np.ndarray, confidence: np.ndarray) -> float | None:
    return float(average_precision_score(y, confidence)) if y.any() else None


def _calibration_error(y: np.ndarray, _: np.ndarray, confidence: np.ndarray) -> float | None:
    if not len(y):
        return None
    bins = np.minimum((confidence * CALIBRATION_BINS).astype(int), CALIBRATION_BINS - 1)
    error = 0.0
    for number in range(CALIBRATION_BINS):
        inside = bins == number
        if inside.any():
            error += abs(y[inside].mean() - confidence[inside].mean()) * inside.mean()
    return float(error)
