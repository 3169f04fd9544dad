"""From labelled pages to a bundle.

A page file is the unit of every split. The second stage, calibration and thresholds learn from out-of-fold scores, so
no sentence helps to judge itself or a neighbour.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.model_selection import GroupKFold

from classifier.calibration import choose_thresholds, fit_any, fit_calibration
from classifier.document import SETTINGS
from classifier.errors import LabelError
from classifier.features import dense_rows
from classifier.first_stage import fit_linear
from classifier.labels import PAGES
from classifier.model import FlagModel, calibrate
from classifier.second_stage import SecondStage
from classifier.training_set import TrainingSet
from classifier.views import page_bounds

FOLDS = 3
# Of the sentences read as texts of their own the second stage sees one in so many: it has far fewer weights to learn.
ALONE_STEP = 3
Progress = Callable[[str], None]


@dataclass(frozen=True)
class OutOfFold:
    """Raw scores from first stages that never saw the sentence's page file: as on its page, and alone.

    Both have shape (n_sentences, n_flags).
    """

    on_page: np.ndarray
    alone: np.ndarray


def _splits(data: TrainingSet) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    folds = min(FOLDS, len(np.unique(data.groups)))
    if folds < 2:
        raise LabelError("Labels from at least two page files are needed, to judge one by the other.")
    yield from GroupKFold(folds).split(data.views, groups=data.groups)


def out_of_fold_scores(data: TrainingSet, *, jobs: int = 2, tell: Progress | None = None) -> OutOfFold:
    """Every sentence judged by a first stage that never saw its page file. Raises :class:`LabelError`."""
    scores = OutOfFold(np.zeros(data.y.shape), np.zeros(data.y.shape))
    for number, (train, test) in enumerate(_splits(data), start=1):
        if tell:
            tell(f"part {number}")
        linear = fit_linear(data.take(train), jobs=jobs)
        scores.on_page[test] = linear.scores([data.views[i] for i in test])
        scores.alone[test] = linear.scores([data.alone[i] for i in test])
    return scores


def fit_second(data: TrainingSet, scores: OutOfFold) -> SecondStage:
    """A second stage that learned from all sentences on their pages, and from some as texts of their own.

    Sentences with a contested label are left out as examples, but stay as neighbours.
    """
    alone = np.arange(0, len(data.views), ALONE_STEP)
    dense = np.vstack([dense_rows(data.views), dense_rows([data.alone[i] for i in alone])])
    bounds = page_bounds(data.views)
    bounds += [bounds[-1] + 1 + number for number in range(len(alone))]
    every = np.concatenate([np.arange(len(data.views)), alone])
    raw = np.vstack([scores.on_page, scores.alone[alone]])
    return SecondStage.fit(raw, dense, bounds, data.y[every], wanted=data.known[every].all(axis=1))


def second_out_of_fold(data: TrainingSet, scores: OutOfFold) -> np.ndarray:
    """The second stage's scores of every sentence, from one that never saw its page file.

    The first stages below it did see other files of the fold: the usual small leak of stacking, which calibration
    does not feel. Shape (n_sentences, n_flags).
    """
    again = np.zeros(data.y.shape)
    for train, test in _splits(data):
        second = fit_second(data.take(train), OutOfFold(scores.on_page[train], scores.alone[train]))
        views = [data.views[i] for i in test]
        again[test] = second.scores(scores.on_page[test], dense_rows(views), page_bounds(views))
    return again


def train(data: TrainingSet, *, jobs: int = 2, tell: Progress | None = None) -> tuple[FlagModel, np.ndarray]:
    """A calibrated model and the out-of-fold confidences that its calibration and thresholds rest on."""
    first = out_of_fold_scores(data, jobs=jobs, tell=tell)
    if tell:
        tell("second stage")
    scores, second = second_out_of_fold(data, first), fit_second(data, first)
    if tell:
        tell("all pages")
    linear = fit_linear(data, jobs=jobs)
    calibration = fit_calibration(scores, data.y, data.known)
    confidences = calibrate(scores, calibration)
    any_weights = fit_any(confidences, data.y, data.known)
    thresholds = {s: choose_thresholds(confidences, data.y, data.known, setting=s) for s in SETTINGS}
    return FlagModel(
        linear.features, linear.weights, linear.intercepts, second, calibration, thresholds, any_weights
    ), confidences


def data_digest(folder: Path = PAGES) -> str:
    """SHA-256 over all page files, by name and content."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.page")):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
