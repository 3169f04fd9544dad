"""Which flags are raised: sentences by the confidence that any fits, then the flags of each."""

from __future__ import annotations

import numpy as np
import pytest

from classifier.decision import ANY_RANKS, Thresholds, raised
from classifier.taxonomy import QUOTE_FLAG, flag_ids

FLAGS = len(flag_ids())
QUOTE = flag_ids().index(QUOTE_FLAG)
# The sum of the surest three, so that two doubtful flags make one sure sentence.
WEIGHTS = np.array([3.0, 1.0, 1.0, *[0.0] * (ANY_RANKS - 2)])


def _row(**confidences: float) -> np.ndarray:
    row = np.full((1, FLAGS), 0.02)
    for flag, confidence in confidences.items():
        row[0, flag_ids().index(flag.replace("_", "-"))] = confidence
    return row


def _names(row: np.ndarray, thresholds: Thresholds, weights: np.ndarray | None = WEIGHTS) -> set[str]:
    return {flag_ids()[column] for column in np.flatnonzero(raised(row, thresholds, weights)[0])}


HALF = Thresholds(np.full(FLAGS, 0.6), 0.6)


def test_two_flags_that_share_a_sentence_raise_the_surer_one() -> None:
    assert _names(_row(miracle=0.45, overclaim=0.5), HALF) == {"overclaim"}


def test_every_flag_that_reaches_its_own_threshold_is_raised() -> None:
    assert _names(_row(miracle=0.7, overclaim=0.65, scare=0.5), HALF) == {"miracle", "overclaim"}


def test_a_sentence_that_carries_none_by_all_accounts_gets_none() -> None:
    assert _names(_row(miracle=0.3), HALF) == set()


def test_one_threshold_for_all_replaces_the_choice() -> None:
    assert _names(_row(miracle=0.45, overclaim=0.5), Thresholds(np.full(FLAGS, 0.48))) == {"overclaim"}
    assert _names(_row(miracle=0.45), Thresholds(np.zeros(FLAGS))) == set(flag_ids())


def test_a_quotation_stands_by_its_own_threshold() -> None:
    doubtful = Thresholds(np.full(FLAGS, 0.4), 0.99)
    assert _names(_row(unsourced_quote=0.5, scare=0.5), doubtful) == {QUOTE_FLAG}


def test_a_quotation_below_its_threshold_is_never_the_surest() -> None:
    assert _names(_row(unsourced_quote=0.55, scare=0.5), HALF) == {"scare"}
    alone = np.zeros((1, FLAGS))
    alone[0, QUOTE] = 0.55
    assert _names(alone, Thresholds(np.full(FLAGS, 0.6), 0.0)) == set()


@pytest.mark.parametrize("any_flag", [None, 0.0, 0.5])
def test_nothing_is_raised_where_nothing_may_stand(any_flag: float | None) -> None:
    assert not raised(np.zeros((3, FLAGS)), Thresholds(np.zeros(FLAGS), any_flag), WEIGHTS).any()
    assert raised(np.zeros((0, FLAGS)), Thresholds(np.zeros(FLAGS), any_flag), WEIGHTS).shape == (0, FLAGS)
