"""Designs of the model under the same grouped cross-validation: ``make designs`` writes docs/model-choice.md anew."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import matplotlib
import numpy as np
from joblib import Parallel, delayed
from scipy import sparse
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, precision_recall_curve, roc_auc_score
from sklearn.model_selection import GroupKFold
from sklearn.svm import LinearSVC

from classifier.features import build_features
from classifier.first_stage import PENALTY_C, SEED, TOLERANCE
from classifier.labels import read_pages
from classifier.taxonomy import flag_ids
from classifier.training import fit_second, out_of_fold_scores
from classifier.training_set import TrainingSet

FOLDS = 3
DOCS = Path(__file__).parents[2] / "docs"
PAGE, CURVE = DOCS / "model-choice.md", DOCS / "model" / "learning-curve.svg"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
Score = Callable[[np.ndarray, np.ndarray, np.ndarray], np.ndarray]


def logistic(train: sparse.csr_matrix, y: np.ndarray, test: sparse.csr_matrix) -> np.ndarray:
    """The shipped learner."""
    model = LogisticRegression(
        C=PENALTY_C, solver="liblinear", dual=True, tol=TOLERANCE, random_state=SEED, max_iter=300
    )
    return model.fit(train, y).decision_function(test)


def svm(train: sparse.csr_matrix, y: np.ndarray, test: sparse.csr_matrix) -> np.ndarray:
    """A linear support vector machine."""
    return LinearSVC(C=0.5, tol=0.01, random_state=SEED).fit(train, y).decision_function(test)


def boosting(train: sparse.csr_matrix, y: np.ndarray, test: sparse.csr_matrix) -> np.ndarray:
    """Gradient boosting; wants dense columns."""
    model = HistGradientBoostingClassifier(max_iter=150, learning_rate=0.1, random_state=SEED)
    return model.fit(train.toarray(), y).decision_function(test.toarray())


def _is_word(name: str) -> bool:
    return name.startswith(("words__", "chars__"))


def _is_cue(name: str) -> bool:
    return _is_word(name) or name.startswith(("dense__cue:", "dense__live:"))


def _is_own(name: str) -> bool:
    return not any(mark in name for mark in ("dense__near:", "dense__page:", "dense__above:", "context__"))


DESIGNS: tuple[tuple[str, Callable[[str], bool], Score, float], ...] = (
    ("word and character n-grams", _is_word, logistic, 1.0),
    ("+ cues", _is_cue, logistic, 1.0),
    ("+ scope, sources, quotes, form", _is_own, logistic, 1.0),
    ("+ heading, neighbours and page (first stage)", lambda name: True, logistic, 1.0),
    ("the same features, linear SVM", lambda name: True, svm, 1.0),
    ("dense features only, gradient boosting", lambda name: name.startswith("dense__"), boosting, 1.0),
    ("first stage, half of the page files", lambda name: True, logistic, 0.5),
    ("first stage, a quarter of the page files", lambda name: True, logistic, 0.25),
    ("first stage, an eighth of the page files", lambda name: True, logistic, 0.125),
)
FIRST_STAGE = 3


def measure(data: TrainingSet) -> list[np.ndarray]:
    """Out-of-fold scores of every design, each of shape (n_sentences, n_flags)."""
    scores = [np.zeros(data.y.shape) for _ in DESIGNS]
    for train, test in GroupKFold(FOLDS).split(data.views, groups=data.groups):
        part = data.take(train)
        features = build_features()
        rows = sparse.vstack([features.fit_transform(part.views), features.transform(part.alone)]).tocsc()
        unseen = features.transform([data.views[i] for i in test]).tocsc()
        names = [str(name) for name in features.get_feature_names_out()]
        y = np.vstack([part.y, part.y])
        kept_groups = np.random.default_rng(SEED).permutation(np.unique(part.groups))
        for number, (_, wants, score, share) in enumerate(DESIGNS):
            columns = np.flatnonzero([wants(name) for name in names])
            chosen = np.isin(part.groups, kept_groups[: int(share * len(kept_groups))])
            index = np.flatnonzero(np.concatenate([chosen, chosen]))
            matrix, against = rows[:, columns].tocsr()[index], unseen[:, columns].tocsr()
            matrix.sort_indices()
            found = Parallel(n_jobs=2)(delayed(score)(matrix, y[index, n], against) for n in range(y.shape[1]))
            scores[number][test] = np.column_stack(found)
    return scores


def figures(scores: np.ndarray, y: np.ndarray) -> tuple[float, float, float, float]:
    """Any-flag AUROC, average precision and recall at precision 0.85; macro average precision."""
    any_y, any_score = y.any(axis=1), scores.max(axis=1)
    precision, recall, _ = precision_recall_curve(any_y, any_score)
    macro = np.mean([average_precision_score(y[:, n], scores[:, n]) for n in range(len(flag_ids()))])
    return (
        float(roc_auc_score(any_y, any_score)),
        float(average_precision_score(any_y, any_score)),
        float(recall[precision >= 0.85].max()),
        float(macro),
    )


def draw_curve(sentences: int, measured: list[tuple[float, float, float, float]]) -> None:
    """The learning curve of the first stage, as far as ``DESIGNS`` holds parts of the page files."""
    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "pinch"
    from matplotlib import pyplot  # noqa: PLC0415 - only after the way of drawing is chosen

    parts = sorted(
        (share * sentences, found)
        for number, ((_, _, _, share), found) in enumerate(zip(DESIGNS, measured, strict=True))
        if share < 1 or number == FIRST_STAGE
    )
    shape, axes = pyplot.subplots(figsize=(6, 4))
    counts = [count for count, _ in parts]
    for column, name in (
        (1, "any flag: average precision"),
        (2, "any flag: recall at precision 0.85"),
        (3, "macro average precision"),
    ):
        axes.plot(counts, [found[column] for _, found in parts], marker="o", label=name)
    axes.set_xscale("log", base=2)
    axes.set_xticks(counts, [f"{count:,.0f}" for count in counts])
    axes.set(xlabel="labelled sentences, split by page file", ylabel="on page files that were held out", ylim=(0, 1))
    axes.grid(alpha=0.3)
    axes.legend(loc="lower right")
    shape.tight_layout()
    shape.savefig(CURVE, metadata={"Date": None})


def main() -> None:
    """Measure all designs and put the table into the page."""
    data = TrainingSet.of(read_pages())
    measured = [figures(scores, data.y) for scores in measure(data)]
    draw_curve(len(data.views), measured)
    _, both = fit_second(data, out_of_fold_scores(data))
    named = [(name, found) for (name, *_), found in zip(DESIGNS, measured, strict=True)]
    named.insert(FIRST_STAGE + 1, ("+ second stage (shipped)", figures(both, data.y)))
    lines = [
        f"{len(data.views)} sentences from {len(np.unique(data.groups))} page files, {FOLDS} folds split by page file.",
        "",
        "| design | any: AUROC | any: avg. precision | any: recall at precision 0.85 | macro avg. precision |",
        "|---|---|---|---|---|",
        *(f"| {name} | " + " | ".join(f"{figure:.3f}" for figure in found) + " |" for name, found in named),
    ]
    before, rest = PAGE.read_text("utf-8").split(BEGIN)
    _, after = rest.split(END)
    PAGE.write_text(f"{before}{BEGIN}\n\n" + "\n".join(lines) + f"\n\n{END}{after}", "utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
