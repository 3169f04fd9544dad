"""From labelled pages to a bundle.

A page file is the unit of every split. The second stage, calibration and thresholds learn from out-of-fold scores, so
no sentence helps to judge itself or a neighbour. What is ``taught`` beside the pages (moderators' decisions) is learned
by every first stage and judged by none: see :mod:`classifier.lessons`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from joblib import Parallel, delayed
from sklearn.model_selection import GroupKFold

from classifier.calibration import choose_thresholds, fit_any, fit_calibration, fit_quotes
from classifier.document import SETTINGS
from classifier.errors import LabelError
from classifier.features import dense_rows
from classifier.first_stage import Linear, fit_linear
from classifier.labels import PAGES
from classifier.model import FlagModel, calibrate
from classifier.second_stage import SecondStage
from classifier.training_set import TrainingSet
from classifier.views import page_bounds

# Half of the pages is enough to judge the other half by: three folds give the same on unseen writers
# (docs/model-choice.md) and take a quarter more time.
FOLDS = 2
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


def out_of_fold_scores(data: TrainingSet, *, jobs: int = 2) -> OutOfFold:
    """Every sentence judged by a first stage that never saw its page file. Raises :class:`LabelError`."""
    splits = list(_splits(data))
    judged = Parallel(n_jobs=jobs)(delayed(_judge)(data.take(train), data.take(test)) for train, test in splits)
    return _put_together(data, splits, judged)


def fit_first(data: TrainingSet, *, taught: TrainingSet | None = None, jobs: int = 2) -> tuple[Linear, OutOfFold]:
    """The first stage of all sentences beside :func:`out_of_fold_scores`, side by side in ``jobs`` processes.

    Each learns what is ``taught`` too.
    """
    splits = list(_splits(data))
    folds = [(data.take(train).beside(taught), data.take(test)) for train, test in splits]
    linear, *judged = Parallel(n_jobs=jobs)(
        [delayed(fit_linear)(data.beside(taught), jobs=1), *(delayed(_judge)(*fold) for fold in folds)]
    )
    return linear, _put_together(data, splits, judged)


def _judge(seen: TrainingSet, unseen: TrainingSet) -> tuple[np.ndarray, np.ndarray]:
    linear = fit_linear(seen, jobs=1)
    return linear.scores(unseen.views), linear.scores(unseen.alone)


def _put_together(
    data: TrainingSet,
    splits: Sequence[tuple[np.ndarray, np.ndarray]],
    judged: Sequence[tuple[np.ndarray, np.ndarray]],
) -> OutOfFold:
    scores = OutOfFold(np.zeros(data.y.shape), np.zeros(data.y.shape))
    for (_, test), (on_page, alone) in zip(splits, judged, strict=True):
        scores.on_page[test], scores.alone[test] = on_page, alone
    return scores


def _examples(data: TrainingSet, scores: OutOfFold) -> dict[str, Any]:
    """What a second stage learns from: all sentences on their pages, and some as texts of their own.

    Sentences with a contested label are left out as examples, but stay as neighbours.
    """
    alone = np.arange(0, len(data.views), ALONE_STEP)
    bounds = page_bounds(data.views)
    every = np.concatenate([np.arange(len(data.views)), alone])
    return {
        "scores": np.vstack([scores.on_page, scores.alone[alone]]),
        "dense": np.vstack([dense_rows(data.views), dense_rows([data.alone[i] for i in alone])]),
        "bounds": bounds + [bounds[-1] + 1 + number for number in range(len(alone))],
        "y": data.y[every],
        "wanted": data.known[every].all(axis=1),
    }


def fit_second(data: TrainingSet, scores: OutOfFold, *, jobs: int = 2) -> tuple[SecondStage, np.ndarray]:
    """A second stage, and every sentence's scores from one that never saw its page file, (n_sentences, n_flags).

    The first stages below the latter did see other files of the fold: the usual small leak of stacking.
    """
    splits = list(_splits(data))
    parts = [(data.take(train), OutOfFold(scores.on_page[train], scores.alone[train])) for train, _ in splits]
    stages = Parallel(n_jobs=jobs)(
        delayed(SecondStage.fit)(**_examples(part, seen)) for part, seen in [(data, scores), *parts]
    )
    again = np.zeros(data.y.shape)
    for stage, (_, test) in zip(stages[1:], splits, strict=True):
        views = [data.views[i] for i in test]
        again[test] = stage.scores(scores.on_page[test], dense_rows(views), page_bounds(views))
    return stages[0], again


def train(
    data: TrainingSet, *, taught: TrainingSet | None = None, jobs: int = 2, tell: Progress | None = None
) -> tuple[FlagModel, np.ndarray]:
    """A calibrated model and the out-of-fold confidences that its calibration and thresholds rest on."""
    if tell:
        tell("first stage")
    linear, first = fit_first(data, taught=taught, jobs=jobs)
    if tell:
        tell("second stage")
    second, scores = fit_second(data, first, jobs=jobs)
    calibration = fit_calibration(scores, data.y, data.known)
    quotes, confidences = fit_quotes(data, calibrate(scores, calibration))
    any_weights = fit_any(confidences, data.y, data.known)
    thresholds = {s: choose_thresholds(confidences, data.y, data.known, any_weights, setting=s) for s in SETTINGS}
    return FlagModel(
        linear.features, linear.weights, linear.intercepts, second, calibration, thresholds, any_weights, quotes
    ), confidences


def data_digest(folder: Path = PAGES, pattern: str = "*.page") -> str:
    """SHA-256 over all page files, or others of a pattern, by name and content."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob(pattern)):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
