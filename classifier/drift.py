"""Whether texts look otherwise to the model than they did before: a week held against earlier weeks.

Three things are compared: the share of sentences with a flag, of any kind and of each; the share of words that the
model never learned; and how sure it is, as the population stability index of the confidences (Siddiqi 2006, "Credit
Risk Scorecards"). What counts as moved, and how often it counts wrongly, is told in docs/drift.md.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import xlogy

from classifier.tally import BINS, Tally
from classifier.taxonomy import flag_ids

# The design effect of each share.
Spread = Mapping[str, float]
ANY, UNKNOWN, CONFIDENCE = "any-flag", "unknown-words", "confidence"
# Siddiqi's usual reading: below the first nothing changed, above the second much did.
SOME, MUCH = 0.1, 0.25
# How many standard errors two shares must lie apart. Thirteen are looked at each week, every week.
SUREST = 3.5
# With a big forum a difference that matters to nobody is sure too: shares must differ by so many points, and so much.
LEAST_POINTS = {UNKNOWN: 0.01}
LEAST_FLAG_POINTS = 0.02
LEAST_RATIO = 1.25
# Fewer say nothing.
FEWEST_POSTS, FEWEST_SENTENCES = 40, 150
# Beyond this a design effect of a few threads says more of chance than of the forum.
_MOST_EFFECT = 10.0


@dataclass(frozen=True, slots=True)
class Part:
    """``part`` of ``whole``."""

    part: int
    whole: int

    @property
    def value(self) -> float:
        """The share, 0 of nothing."""
        return self.part / self.whole if self.whole else 0.0


@dataclass(frozen=True, slots=True)
class Comparison:
    """One measure, now and before. ``apart``: standard errors between the shares, or the index of the confidences."""

    measure: str
    now: float
    before: float
    interval: tuple[float, float]
    apart: float
    has_moved: bool

    @property
    def is_rising(self) -> bool:
        """Whether it is more than before."""
        return self.now > self.before


def is_enough(posts: int, tally: Tally) -> bool:
    """Whether so much can be compared at all."""
    return posts >= FEWEST_POSTS and tally.sentences >= FEWEST_SENTENCES


def compare(now: Tally, before: Tally, spread: Spread) -> list[Comparison]:
    """All measures: any flag, unknown words and the confidence, then each flag."""
    said = parts_of(before)
    shares = {name: _comparison(name, part, said[name], spread[name]) for name, part in parts_of(now).items()}
    first = [shares.pop(ANY), shares.pop(UNKNOWN), _confidence(now, before, spread[ANY])]
    return [*first, *shares.values()]


def parts_of(tally: Tally) -> dict[str, Part]:
    """All shares of a tally by their measure."""
    flags = {flag: Part(count, tally.sentences) for flag, count in zip(flag_ids(), tally.raised, strict=True)}
    return {ANY: Part(tally.flagged, tally.sentences), UNKNOWN: Part(tally.unknown, tally.words), **flags}


def spread_of(threads: Sequence[Tally]) -> Spread:
    """The design effect of each share (Kish 1965), from the tallies of whole threads.

    Posts of one thread are alike, so that shares vary more from week to week than the number of sentences says.
    """
    found = [parts_of(thread) for thread in threads]
    measures = (ANY, UNKNOWN, *flag_ids())
    return {measure: _design_effect([parts[measure] for parts in found]) for measure in measures}


def stability_index(now: Tally, before: Tally) -> float:
    """The population stability index of the confidences; half a sentence is added to each bin, so that none is empty.

    >>> plain = dict(flagged=0, words=0, unknown=0, sure=0, raised=())
    >>> calm = Tally(sentences=100, bins=(91, 1, 1, 1, 1, 1, 1, 1, 1, 1), **plain)
    >>> wild = Tally(sentences=100, bins=(50, 1, 1, 1, 1, 1, 1, 1, 1, 42), **plain)
    >>> stability_index(calm, calm), round(stability_index(wild, calm), 1)
    (0.0, 1.6)
    """
    one, two = ((np.array(tally.bins) + 0.5) / (tally.sentences + 0.5 * BINS) for tally in (now, before))
    return float(((one - two) * np.log(one / two)).sum())


def wilson(part: Part, effect: float) -> tuple[float, float]:
    """Wilson's 95 % interval (Wilson 1927) of a share, with the sample made as small as its design effect says."""
    if not part.whole:
        return 0.0, 1.0
    z, n, p = 1.96, part.whole / effect, part.value
    centre = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return max(centre - half, 0.0), min(centre + half, 1.0)


def _comparison(measure: str, now: Part, before: Part, effect: float) -> Comparison:
    apart = _apart(now, before, effect)
    points = abs(now.value - before.value)
    less, more = sorted((now.value, before.value))
    is_large = points >= LEAST_POINTS.get(measure, LEAST_FLAG_POINTS) and more >= LEAST_RATIO * less
    has_moved = is_large and abs(apart) >= SUREST
    return Comparison(measure, now.value, before.value, wilson(now, effect), apart, has_moved)


def _confidence(now: Tally, before: Tally, effect: float) -> Comparison:
    """The index without what chance alone adds to it: (bins - 1) (1/n + 1/m) for samples of n and m (Yurdakul 2018)."""
    if not now.sentences or not before.sentences:
        return Comparison(CONFIDENCE, now.mean_sure, before.mean_sure, (0.0, 1.0), 0.0, False)
    chance = effect * (BINS - 1) * (1 / now.sentences + 1 / before.sentences)
    index = max(stability_index(now, before) - chance, 0.0)
    interval = wilson(Part(round(now.sure / 1000), now.sentences), effect)
    return Comparison(CONFIDENCE, now.mean_sure, before.mean_sure, interval, index, index >= MUCH)


def _apart(now: Part, before: Part, effect: float) -> float:
    """The signed root of the likelihood ratio of two shares against one, by the design effect (Rao and Scott 1981).

    With few flags it errs less than the usual statistic of two shares does.
    """
    whole = now.whole + before.whole
    pooled = Part(now.part + before.part, whole)
    if not now.whole or not before.whole or not 0 < pooled.part < whole:
        return 0.0
    ratio = _likelihood(now) + _likelihood(before) - _likelihood(pooled)
    return math.copysign(math.sqrt(max(2 * ratio, 0.0) / effect), now.value - before.value)


def _likelihood(part: Part) -> float:
    """The log of the highest likelihood that a share can give what was counted."""
    return float(xlogy(part.part, part.value) + xlogy(part.whole - part.part, 1 - part.value))


def _design_effect(clusters: Sequence[Part]) -> float:
    """Variance of a share between clusters over that of as many single draws, at least 1."""
    parts = np.array([cluster.part for cluster in clusters], dtype=float)
    wholes = np.array([cluster.whole for cluster in clusters], dtype=float)
    if len(clusters) < 2 or not 0 < parts.sum() < wholes.sum():
        return 1.0
    share, count = parts.sum() / wholes.sum(), len(clusters)
    between = count / (count - 1) * ((parts - share * wholes) ** 2).sum() / wholes.sum() ** 2
    return float(np.clip(between / (share * (1 - share) / wholes.sum()), 1.0, _MOST_EFFECT))
