"""What was acknowledged, and how long each answer took. Threads only ever add to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np


@dataclass(frozen=True, slots=True)
class Act:
    """A decision or an undoing that was answered with 303, as its sender knows it."""

    request_id: str
    kind: str
    number: int
    who: str
    outcome: str | None


@dataclass(frozen=True, slots=True)
class Notebook:
    """``posts``: id and text. ``notes``: request id and post. ``surprises``: answers that should not have come."""

    posts: list[tuple[str, str]] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)
    notes: list[tuple[str, int]] = field(default_factory=list)
    times: list[tuple[str, float]] = field(default_factory=list)
    surprises: list[str] = field(default_factory=list)

    def moderated(self) -> int:
        """How many writes of moderators were acknowledged so far."""
        return len(self.acts) + len(self.notes)

    def percentiles(self) -> dict[str, tuple[int, float, float, float]]:
        """Of each kind of answer: how many, and the 50th, 95th and 99th percentile in milliseconds."""
        by_kind: dict[str, list[float]] = {}
        for kind, took in self.times:
            by_kind.setdefault(kind, []).append(took)
        return {kind: (len(times), *_percentiles(times)) for kind, times in sorted(by_kind.items())}

    def told_surprises(self) -> list[str]:
        """Each kind of surprise once, with how often it came."""
        return [f"{count} times: {words}" for words, count in Counter(self.surprises).items()]


def _percentiles(times: Sequence[float]) -> tuple[float, float, float]:
    low, high, highest = np.percentile(times, (50, 95, 99))
    return float(low), float(high), float(highest)
