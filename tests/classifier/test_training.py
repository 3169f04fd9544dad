"""Training: files are never split, calibration and thresholds keep their bounds."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from classifier.calibration import (
    ANY_PRECISION_GOALS,
    LOWEST_QUOTE_THRESHOLD,
    LOWEST_THRESHOLD,
    choose_thresholds,
    fit_calibration,
    flag_thresholds,
)
from classifier.decision import ANY_RANKS
from classifier.document import SETTINGS, Setting
from classifier.errors import LabelError
from classifier.first_stage import fit_linear
from classifier.labels import LabelledPage, parse_pages
from classifier.model import FlagModel, calibrate
from classifier.taxonomy import flag_ids
from classifier.training import data_digest, out_of_fold_scores
from classifier.training_set import TrainingSet

MIRACLE = flag_ids().index("miracle")


def pages_of(texts: dict[str, list[tuple[str, str]]]) -> list[LabelledPage]:
    head = "=== {}\nregister: blog\ntopic: x\ntitle: T\n"
    return [
        page
        for source, rows in texts.items()
        for page in parse_pages(head.format(source) + "\n".join(f"p [{flags}] {text}" for flags, text in rows), source)
    ]


def test_a_set_holds_labels_contested_ones_and_files(tiny_set: TrainingSet) -> None:
    data = TrainingSet.of(
        pages_of({"a": [("miracle ?scare", "It heals."), ("", "It rains.")], "b": [("scare", "Poison.")]})
    )
    scare = flag_ids().index("scare")
    assert data.y[:, MIRACLE].tolist() == [True, False, False]
    assert data.y[:, scare].tolist() == [False, False, True]
    assert data.known[:, scare].tolist() == [False, True, True]
    assert data.known[:, MIRACLE].all()
    assert data.groups.tolist() == ["a", "a", "b"]
    part = data.take(np.array([2, 0]))
    assert [view.text for view in part.views] == ["Poison.", "It heals."]
    assert part.groups.tolist() == ["b", "a"]
    assert len(tiny_set.views) == 12


def test_no_sentence_is_judged_by_a_model_that_saw_its_file() -> None:
    # Each file flags one odd word that stands in no other, so only a model that saw the file could know it.
    odd = ["zyxin", "quorl", "vambit", "plonce", "drisk"]
    texts = {
        word: [
            ("miracle", f"The {word} {word} {word}."),
            ("miracle", f"A {word} {word} now."),
            *[("", f"The rain {n}.")] * (n + 1),
        ]
        for n, word in enumerate(odd)
    }
    data = TrainingSet.of(pages_of(texts))
    seen = fit_linear(data, jobs=1).scores(data.views)[:, MIRACLE]
    unseen = out_of_fold_scores(data, jobs=1).on_page[:, MIRACLE]
    odd_rows = np.flatnonzero(data.y[:, MIRACLE])
    assert (seen[odd_rows] > unseen[odd_rows] + 0.2).all()


def test_every_fold_keeps_files_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    data = TrainingSet.of(
        pages_of({source: [("", f"It rains {source}.")] * n for source, n in (("a", 1), ("b", 5), ("c", 2))})
    )
    trained: list[set[str]] = []

    class Blank:
        def scores(self, views: list[object]) -> np.ndarray:
            return np.ones((len(views), len(flag_ids())))

    def fit(part: TrainingSet, *, jobs: int) -> Blank:
        trained.append(set(part.groups))
        return Blank()

    monkeypatch.setattr("classifier.training.fit_linear", fit)
    assert out_of_fold_scores(data, jobs=1).on_page.all()
    assert sorted(sorted(groups) for groups in trained) == [["a", "c"], ["b"]]


def test_too_few_labels_are_refused() -> None:
    with pytest.raises(LabelError, match="no labelled sentences"):
        TrainingSet.of([])
    with pytest.raises(LabelError, match="two page files"):
        out_of_fold_scores(TrainingSet.of(pages_of({"a": [("miracle", "It heals.")]})))


def test_calibration_rises_with_the_score_and_matches_the_share() -> None:
    random = np.random.default_rng(1)
    scores = random.normal(size=(4000, 2)) * 3
    y = random.random((4000, 2)) < 1 / (1 + np.exp(-(0.5 * scores - 1)))
    known = np.ones_like(y)
    fitted = fit_calibration(scores, y, known)
    assert fitted == pytest.approx(np.array([[0.5, -1.0]] * 2), abs=0.15)
    confidences = calibrate(scores, fitted)
    assert confidences.mean(axis=0) == pytest.approx(y.mean(axis=0), abs=0.01)
    assert ((confidences >= 0) & (confidences <= 1)).all()


def test_a_flag_that_always_or_never_occurs_keeps_its_score() -> None:
    y = np.array([[True, False], [True, False], [True, True]])
    known = np.array([[True, True], [True, True], [True, False]])
    assert fit_calibration(np.zeros((3, 2)), y, known).tolist() == [[1.0, 0.0], [1.0, 0.0]]


def test_few_asks_for_more_confidence_than_balanced_and_more(tiny_model: FlagModel) -> None:
    random = np.random.default_rng(2)
    confidences = random.random((500, 3))
    y = random.random((500, 3)) < confidences
    few, balanced, more = (flag_thresholds(confidences, y, np.ones_like(y), setting=s) for s in SETTINGS)
    assert (few >= balanced).all()
    assert (balanced >= more).all()
    assert (few > more).any()
    for thresholds in ([few, balanced, more], [tiny_model.thresholds[s].flags for s in SETTINGS]):
        assert all(((t > 0) & (t <= 1)).all() for t in thresholds)


def test_the_trained_thresholds_are_in_order(detector) -> None:  # type: ignore[no-untyped-def]
    few, balanced, more = (detector.manifest["thresholds"][setting] for setting in SETTINGS)
    assert all(a >= b >= c for a, b, c in zip(few, balanced, more, strict=True))
    assert sorted(detector.manifest["any_thresholds"].values()) == [
        detector.manifest["any_thresholds"][setting] for setting in reversed(SETTINGS)
    ]


@pytest.mark.parametrize("setting", SETTINGS)
def test_the_threshold_of_any_flag_keeps_its_promise(setting: Setting) -> None:
    confidences = np.linspace(0.99, 0.01, 200)[:, None]
    y = np.random.default_rng(3).random((200, 1)) < confidences
    weights = np.array([0.0, 1.0, *[0.0] * (ANY_RANKS - 1)])
    any_flag = choose_thresholds(
        np.hstack([confidences] * ANY_RANKS), y, np.ones_like(y), weights, setting=setting
    ).any_flag
    assert any_flag is not None
    assert any_flag >= LOWEST_THRESHOLD[setting]
    assert y[confidences[:, 0] >= any_flag].mean() >= ANY_PRECISION_GOALS[setting] - 0.02


def test_a_threshold_is_the_lowest_that_keeps_its_promise_and_ignores_contested_labels() -> None:
    confidences = np.linspace(0.99, 0.01, 100)[:, None]
    y = (np.arange(100) < 60)[:, None]
    known = np.ones_like(y)
    (threshold,) = flag_thresholds(confidences, y, known, setting="balanced")
    raised = confidences[:, 0] >= threshold
    assert y[raised].mean() >= 0.87
    assert threshold <= 0.4
    known[50:] = False
    assert flag_thresholds(confidences, y, known, setting="balanced") == pytest.approx([0.5], abs=0.02)


@pytest.mark.parametrize("setting", SETTINGS)
def test_no_threshold_is_lower_than_its_floor_and_a_hopeless_flag_is_high(setting) -> None:  # type: ignore[no-untyped-def]
    sure = np.full((50, 1), 0.1)
    assert (
        flag_thresholds(sure, np.ones((50, 1), bool), np.ones((50, 1), bool), setting=setting)[0]
        == LOWEST_THRESHOLD[setting]
    )
    assert flag_thresholds(sure, np.zeros((50, 1), bool), np.ones((50, 1), bool), setting=setting)[0] >= 0.9


def test_the_data_digest_follows_names_and_content(tmp_path: Path) -> None:
    (tmp_path / "a.page").write_text("one", "utf-8")
    first = data_digest(tmp_path)
    (tmp_path / "notes.txt").write_text("x", "utf-8")
    assert data_digest(tmp_path) == first
    (tmp_path / "a.page").write_text("two", "utf-8")
    second = data_digest(tmp_path)
    (tmp_path / "a.page").rename(tmp_path / "b.page")
    assert len({first, second, data_digest(tmp_path)}) == 3


@pytest.mark.parametrize("setting", SETTINGS)
def test_quotations_have_a_floor_of_their_own(setting: Setting) -> None:
    every = np.ones((50, len(flag_ids())), bool)
    chosen = flag_thresholds(np.full(every.shape, 0.01), every, every, setting=setting)
    quote = flag_ids().index("unsourced-quote")
    assert chosen[quote] == LOWEST_QUOTE_THRESHOLD[setting] < LOWEST_THRESHOLD[setting]
    assert set(np.delete(chosen, quote)) == {LOWEST_THRESHOLD[setting]}
