"""How much each label of a decision counts: no person, no thread and no repeated sentence may teach too much.

Every label starts at 1. Labels on the same words for the same flag count 1 together: a copied advertisement that is
decided fifty times teaches once. Those of one thread count at most :data:`MOST_A_THREAD` together. Those of one person
count at most :data:`LEAST_CAP` or, if that is more, a :data:`SHARE` of all that is left. The share is found by going
down from the whole, so that one who decides very much does not lift the own cap. Weights are lowered, no label is left
out: which of them would go would be chance.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence

import numpy as np

from classifier.decided import Label

MOST_A_THREAD = 30.0
# A hundred labels are 0.4 % of the sentences that the model learns from, and about a week of a careful moderator.
LEAST_CAP = 100.0
SHARE = 0.25
_ROUNDS = 200
_CLOSE = 1e-6


def label_weights(labels: Sequence[Label]) -> np.ndarray:
    """How much each of these labels counts; shape (n_labels,), each at most 1."""
    weights = np.ones(len(labels))
    weights *= _scale(weights, labels, lambda label: (label.words, label.flag), most=1.0)
    weights *= _scale(weights, labels, lambda label: label.thread, most=MOST_A_THREAD)
    scale = person_scales(given_by(labels, weights))
    return np.asarray(weights * [np.mean([scale[person] for person in label.people]) for label in labels])


def given_by(labels: Sequence[Label], weights: np.ndarray) -> dict[str, float]:
    """How much each person's labels count together. A label that several gave is shared among them."""
    given: dict[str, float] = defaultdict(float)
    for label, weight in zip(labels, weights, strict=True):
        for person in label.people:
            given[person] += float(weight) / len(label.people)
    return dict(given)


def person_scales(given: Mapping[str, float]) -> dict[str, float]:
    """By how much each person's labels are lowered, so that nobody's count more than the cap."""
    cap = max(given.values(), default=0.0)
    for _ in range(_ROUNDS):
        lower = max(LEAST_CAP, SHARE * sum(min(weight, cap) for weight in given.values()))
        if cap - lower < _CLOSE:
            break
        cap = lower
    return {person: min(1.0, cap / weight) if weight else 1.0 for person, weight in given.items()}


def _scale(
    weights: np.ndarray, labels: Sequence[Label], key: Callable[[Label], Hashable], *, most: float
) -> np.ndarray:
    keys = [key(label) for label in labels]
    totals: dict[Hashable, float] = defaultdict(float)
    for name, weight in zip(keys, weights, strict=True):
        totals[name] += float(weight)
    return np.array([min(1.0, most / totals[name]) for name in keys])
