"""From labelled pages to a bundle.

One-vs-rest logistic regression; a page file is the unit of every split. Calibration and thresholds come from
out-of-fold scores,
so no sentence helps to judge itself or a neighbour.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from joblib import Parallel, delayed
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from classifier.document import SETTINGS, Block, Document, Sentence, Setting
from classifier.errors import LabelError
from classifier.features import build_features
from classifier.labels import PAGES, LabelledPage
from classifier.model import ANY_RANKS, FlagModel, calibrate, ranked_log_odds
from classifier.taxonomy import flag_ids
from classifier.views import SentenceView, view_document

SEED = 20261120
FOLDS = 5
# A tighter one takes twice the time and ranks no sentence better.
TOLERANCE = 0.01
# With fewer sentences no word would stand in enough of them to be known.
FEWEST_SENTENCES = 6
# Inverse strength of the L2 penalty, chosen by grouped cross-validation (docs/model-choice.md).
PENALTY_C = 12.0
# The precision asked of each flag on out-of-fold scores; "few" is for readers who want to be stopped only when it is
# clear.
PRECISION_GOALS: dict[Setting, float] = {"few": 0.95, "balanced": 0.87, "more": 0.70}
# No threshold is set lower than this, however precise the training pages make a flag look.
LOWEST_THRESHOLD: dict[Setting, float] = {"few": 0.6, "balanced": 0.4, "more": 0.25}
# Added to hits and alarms alike, so that a handful of lucky sentences does not set a threshold.
PRIOR_ALARMS = 2.0

Progress = Callable[[str], None]


@dataclass(frozen=True)
class TrainingSet:
    """Labelled sentences as arrays; all of length n_sentences along the first axis.

    ``alone`` holds each sentence once more as a text of its own: posts and captions come without headings and
    neighbours, and a model that only ever saw whole pages leans on them too much.
    ``y`` and ``known`` have shape (n_sentences, n_flags); ``known`` is false where a label is contested. ``groups``
    names the source.
    """

    views: list[SentenceView]
    alone: list[SentenceView]
    y: np.ndarray
    known: np.ndarray
    groups: np.ndarray

    @classmethod
    def of(cls, pages: Iterable[LabelledPage]) -> TrainingSet:
        """All sentences of the pages, in order."""
        views: list[SentenceView] = []
        alone: list[SentenceView] = []
        rows, known, groups = [], [], []
        for page in pages:
            views += view_document(page.document, [row.sentence for row in page.sentences])
            alone += [_view_alone(page.document, row.sentence) for row in page.sentences]
            for row in page.sentences:
                rows.append([flag in row.flags for flag in flag_ids()])
                known.append([flag not in row.contested for flag in flag_ids()])
                groups.append(page.source)
        if not views:
            raise LabelError("There are no labelled sentences to learn from.", hint="Point to a folder of .page files.")
        return cls(views, alone, np.array(rows, dtype=bool), np.array(known, dtype=bool), np.array(groups))

    def take(self, index: np.ndarray) -> TrainingSet:
        """A part of the set."""
        views, alone = [self.views[i] for i in index], [self.alone[i] for i in index]
        return TrainingSet(views, alone, self.y[index], self.known[index], self.groups[index])


def _view_alone(document: Document, sentence: Sentence) -> SentenceView:
    """A sentence with the links on its own words, without block, headings and page."""
    block = document.blocks[sentence.block]
    links = tuple(
        replace(link, start=link.start - sentence.start, end=link.end - sentence.start)
        for link in block.links
        if sentence.start <= link.start and link.end <= sentence.end
    )
    kind = "p" if block.kind == "li" else block.kind
    lone = Document((Block("b0", kind, sentence.text, links=links),), document.url)
    return view_document(lone, [Sentence(0, 0, len(sentence.text), sentence.text)])[0]


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
    columns = Parallel(n_jobs=jobs)(
        delayed(_fit_flag)(matrix, y[:, column], known[:, column]) for column in range(y.shape[1])
    )
    return Linear(features, np.column_stack([weights for weights, _ in columns]), np.array([b for _, b in columns]))


def _fit_flag(matrix: sparse.csr_matrix, y: np.ndarray, known: np.ndarray) -> tuple[np.ndarray, float]:
    rows = np.flatnonzero(known)
    if not y[rows].any():
        return np.zeros(matrix.shape[1]), -20.0
    model = LogisticRegression(C=PENALTY_C, solver="liblinear", tol=TOLERANCE, random_state=SEED, max_iter=300)
    model.fit(matrix[rows], y[rows])
    return model.coef_[0], float(model.intercept_[0])


def out_of_fold_scores(data: TrainingSet, *, jobs: int = 2, tell: Progress | None = None) -> np.ndarray:
    """Raw scores of every sentence from a model that never saw its page file; shape (n_sentences, n_flags)."""
    folds = min(FOLDS, len(np.unique(data.groups)))
    if folds < 2:
        raise LabelError("Labels from at least two page files are needed, to judge one by the other.")
    scores = np.zeros(data.y.shape)
    for number, (train, test) in enumerate(GroupKFold(folds).split(data.views, groups=data.groups), start=1):
        if tell:
            tell(f"fold {number} of {folds}")
        linear = fit_linear(data.take(train), jobs=jobs)
        scores[test] = linear.scores([data.views[i] for i in test])
    return scores


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
    goal, lowest = PRECISION_GOALS[setting], LOWEST_THRESHOLD[setting]
    return np.array(
        [
            max(lowest, _threshold(confidences[known[:, column], column], y[known[:, column], column], goal))
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


def train(data: TrainingSet, *, jobs: int = 2, tell: Progress | None = None) -> tuple[FlagModel, np.ndarray]:
    """A calibrated model and the out-of-fold confidences that its calibration and thresholds rest on."""
    scores = out_of_fold_scores(data, jobs=jobs, tell=tell)
    if tell:
        tell("all pages")
    linear = fit_linear(data, jobs=jobs)
    calibration = fit_calibration(scores, data.y, data.known)
    confidences = calibrate(scores, calibration)
    any_weights = fit_any(confidences, data.y, data.known)
    thresholds = {s: choose_thresholds(confidences, data.y, data.known, setting=s) for s in SETTINGS}
    return FlagModel(
        linear.features, linear.weights, linear.intercepts, calibration, thresholds, any_weights
    ), confidences


def data_digest(folder: Path = PAGES) -> str:
    """SHA-256 over all page files, by name and content."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.page")):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
