"""Where a post stands in the queue: the classifier's weighing of its words, with reach and age.

The formula and its reasons are in docs/priority.md; the weights in classifier/priority.toml, which a team may replace.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from math import log2, log10
from typing import Any

from classifier.priority import Weighing
from classifier.priority_weights import PriorityWeights

_START = datetime(2020, 1, 1, tzinfo=UTC)
# What stands for nothing where a logarithm is taken, so that a post without any sign still has a place.
_LEAST = 1e-6


@dataclass(frozen=True, slots=True)
class Standing:
    """``priority`` is in 0..1 and without age; ``rank`` is what the queue is ordered by."""

    priority: float
    rank: float
    needs_person: bool
    parts: dict[str, Any]


def standing(
    weighing: Weighing,
    weights: PriorityWeights,
    *,
    views: int,
    replies: int,
    posted_at: datetime,
    needs_person: bool,
) -> Standing:
    """The place of a post that was just read."""
    parts = {
        "claim": weighing.claim,
        "signs": [
            {"name": sign.name, "confidence": sign.confidence, "weight": sign.weight, "origin": sign.origin}
            for sign in weighing.signs
        ],
        "vulnerability": weighing.vulnerability,
        "topics": list(weighing.topics),
    }
    return moved(parts, weights, views=views, replies=replies, posted_at=posted_at, needs_person=needs_person)


def moved(
    parts: dict[str, Any],
    weights: PriorityWeights,
    *,
    views: int,
    replies: int,
    posted_at: datetime,
    needs_person: bool,
) -> Standing:
    """The place of a post whose words were weighed before, and whose reach has changed since."""
    seen = reach(weights, views=views, replies=replies)
    priority = round(parts["claim"] * parts["vulnerability"] * seen, 4)
    days = (posted_at - _START).total_seconds() / 86_400
    # Every post's age grows alike, so the order of what it takes off never changes and can be stored.
    rank = log2(max(priority, _LEAST)) + days / weights.half_life_days
    return Standing(priority, round(rank, 6), needs_person, {**parts, "reach": seen})


def reach(weights: PriorityWeights, *, views: int, replies: int) -> float:
    """How many people a post touches, between the weight of one that nobody saw and 1: it grows with each tenfold."""
    seen = views + weights.views_of_a_reply * replies
    share = min(log10(1 + seen) / log10(1 + weights.most_seen), 1.0)
    return round(weights.unseen + (1 - weights.unseen) * share, 4)


def age_factor(weights: PriorityWeights, posted_at: datetime, now: datetime) -> float:
    """What age takes off by now: 1 for a new post, one half after ``half_life_days``."""
    days = max((now - posted_at).total_seconds() / 86_400, 0.0)
    return float(2 ** (-days / weights.half_life_days))
