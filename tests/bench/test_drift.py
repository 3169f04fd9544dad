"""The rule of drift on threads that no list was tuned on: it seldom cries wolf, and sees the wolf."""

from __future__ import annotations

import numpy as np
import pytest

from classifier import load
from tests.bench.drift import UNSEEN, Thread, more_flagged, more_unknown, noticed, threads_of

WEEKS = 150


@pytest.fixture(scope="module")
def threads() -> list[Thread]:
    return threads_of(load(), UNSEEN)


def test_weeks_of_the_same_forum_are_calm(threads: list[Thread]) -> None:
    assert sum(map(len, threads)) == 150
    assert noticed(threads, 100, WEEKS) <= 0.02


def test_shares_that_double_are_noticed(threads: list[Thread]) -> None:
    assert noticed(threads, 100, WEEKS, more_flagged(1.0)) >= 0.9
    assert noticed(threads, 100, WEEKS, more_unknown(1.0)) >= 0.9


def test_changes_are_as_large_as_asked_for(threads: list[Thread]) -> None:
    rng, week = np.random.default_rng(1), np.vstack(threads)
    for change, place in ((more_flagged(0.5), 1), (more_unknown(0.5), 3)):
        assert change(rng, week)[:, place].sum() / week[:, place].sum() == pytest.approx(1.5, abs=0.1)
