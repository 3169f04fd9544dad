"""Figures, against a small example worked out by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from classifier.decision import Thresholds
from classifier.evaluation import Evaluation, Interval, Judged, Scores, evaluate
from classifier.evaluation_report import COLUMNS, as_json, as_markdown, as_rows, write_plots
from classifier.taxonomy import flag_ids

FLAGS = len(flag_ids())


@pytest.fixture(autouse=True)
def _few_resamples(monkeypatch: pytest.MonkeyPatch) -> None:
    """Intervals cost time, and none of these figures rests on their number."""
    monkeypatch.setattr("classifier.evaluation.RESAMPLES", 20)


def judged(columns: dict[int, tuple[list[float], list[int]]], *, contested: tuple[tuple[int, int], ...] = ()) -> Judged:
    rows = len(next(iter(columns.values()))[0])
    confidences, y, known = np.zeros((rows, FLAGS)), np.zeros((rows, FLAGS), bool), np.ones((rows, FLAGS), bool)
    for column, (values, truth) in columns.items():
        confidences[:, column], y[:, column] = values, np.array(truth, bool)
    for row, column in contested:
        known[row, column] = False
    return Judged(confidences, Thresholds(np.full(FLAGS, 0.5)), y, known, np.arange(rows) // 2)


def flag(evaluation: Evaluation, column: int = 0) -> Scores:
    return evaluation.flags[column]


# Six sentences: 0.9 yes, 0.8 no, 0.7 yes, 0.4 yes, 0.3 no, 0.1 no; three are raised at 0.5, two of them rightly.
EXAMPLE = ([0.9, 0.8, 0.7, 0.4, 0.3, 0.1], [1, 0, 1, 1, 0, 0])


def test_the_example_by_hand() -> None:
    scores = flag(evaluate(judged({0: EXAMPLE})))
    assert (scores.cases, scores.alarms, scores.found) == (3, 3, 2)
    assert scores.precision.value == pytest.approx(2 / 3)
    assert scores.recall.value == pytest.approx(2 / 3)
    assert scores.f1.value == pytest.approx(2 / 3)
    # Of nine pairs of a case and a non-case, seven stand in the right order.
    assert scores.auroc.value == pytest.approx(7 / 9)
    assert scores.average_precision.value == pytest.approx((1 + 2 / 3 + 3 / 4) / 3)
    # Every sentence has a bin of its own: the mean distance from its label.
    assert scores.calibration_error.value == pytest.approx((0.1 + 0.8 + 0.3 + 0.6 + 0.3 + 0.1) / 6)


def test_calibration_bins_hold_a_tenth_each() -> None:
    scores = flag(evaluate(judged({0: ([0.91, 0.99, 1.0, 0.95], [1, 1, 0, 1])})))
    assert scores.calibration_error.value == pytest.approx(abs(0.75 - (0.91 + 0.99 + 1.0 + 0.95) / 4))


def test_contested_labels_are_left_out_of_their_flag() -> None:
    scores = flag(evaluate(judged({0: EXAMPLE}, contested=((1, 0),))))
    assert (scores.cases, scores.alarms, scores.found) == (3, 2, 2)
    assert scores.precision.value == 1.0


def test_any_flag_needs_one_raised_and_leaves_the_merely_contested_out() -> None:
    columns = {0: ([0.9, 0.1, 0.9, 0.1], [1, 0, 0, 0]), 1: ([0.1, 0.9, 0.1, 0.1], [0, 1, 0, 0])}
    any_flag = evaluate(judged(columns)).any_flag
    assert (any_flag.cases, any_flag.alarms, any_flag.found) == (2, 3, 2)
    assert evaluate(judged(columns, contested=((2, 0),))).any_flag.alarms == 2


def test_confidence_in_any_flag_is_that_of_the_surest_or_weighed() -> None:
    plain = judged({0: ([0.1, 0.2], [0, 0]), 1: ([0.7, 0.0], [1, 0])})
    assert plain.any_confidences.tolist() == [0.7, 0.2]
    weighed = replace(plain, any_weights=np.array([0.5, 1.0, 0.2, 0.0]))
    assert weighed.any_confidences[0] > 0.7
    assert 0 < weighed.any_confidences[1] < weighed.any_confidences[0] < 1


def test_figures_that_are_not_defined_are_none() -> None:
    never = flag(evaluate(judged({0: ([0.1, 0.2], [0, 0])})))
    assert [never.precision.value, never.recall.value, never.f1.value, never.auroc.value] == [None] * 4
    missed = flag(evaluate(judged({0: ([0.1, 0.2], [1, 0])})))
    assert (missed.precision.value, missed.recall.value, missed.f1.value) == (None, 0.0, 0.0)


def test_intervals_hold_their_value_and_come_out_the_same_again() -> None:
    many = ([0.9, 0.8, 0.7, 0.4, 0.3, 0.1] * 10, [1, 0, 1, 1, 0, 0] * 10)
    first, second = evaluate(judged({0: many})), evaluate(judged({0: many}))
    precision = flag(first).precision
    assert precision.low is not None
    assert precision.high is not None
    assert precision.value is not None
    assert 0 <= precision.low <= precision.value <= precision.high <= 1
    assert precision.low < precision.high
    assert flag(second).precision == precision


def test_the_macro_average_takes_flags_with_enough_cases() -> None:
    many = ([0.9] * 10 + [0.1] * 10, [1] * 10 + [0] * 10)
    few = ([0.1] * 20, [1] * 9 + [0] * 11)
    evaluation = evaluate(judged({0: many, 1: few}))
    assert (evaluation.macro_f1, evaluation.macro_flags) == (1.0, 1)
    assert evaluate(judged({0: EXAMPLE})).macro_f1 is None


def test_a_confidence_of_nothing_is_never_raised() -> None:
    data = judged({0: EXAMPLE})
    zero = Judged(data.confidences, Thresholds(np.zeros(FLAGS)), data.y, data.known, data.groups)
    assert zero.raised.sum() == 6


@pytest.mark.parametrize(
    ("interval", "text"),
    [(Interval(None), "–"), (Interval(0.5), "0.50"), (Interval(0.5, 0.25, 0.75), "0.50 (0.25–0.75)")],
)
def test_intervals_as_text(interval: Interval, text: str) -> None:
    assert str(interval) == text


def test_the_report_says_every_flag(tmp_path) -> None:  # type: ignore[no-untyped-def]
    evaluation = evaluate(judged({0: EXAMPLE}))
    assert [row[0] for row in as_rows(evaluation)] == ["any flag", *flag_ids()]
    assert all(len(row) == len(COLUMNS) for row in as_rows(evaluation))
    body = as_json(evaluation)
    assert body["flags"][0]["precision"]["value"] == pytest.approx(2 / 3)
    plots = write_plots(evaluation, tmp_path / "plots")
    text = as_markdown(evaluation, title="Small", about=["Setting: balanced."], plots=plots)
    assert text.startswith("# Small\n")
    assert "6 sentences from 3 pages" in text
    assert all((tmp_path / "plots" / plot).read_text("utf-8").startswith("<?xml") for plot in plots)
    assert all(f"]({plot})" in text for plot in plots)
