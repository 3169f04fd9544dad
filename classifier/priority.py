"""How soon a moderator should look at a post, between 0 and 1: ``claim x vulnerability`` (docs/priority.md).

*Claim* is how surely and how badly the words mislead: each sign counts its calibrated confidence times the weight of
its severity, and signs add up as independent chances do. *Vulnerability* is who may be hurt. Reach and age are the
server's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod

from classifier.advice import find_advice
from classifier.document import Flag, Origin, Report
from classifier.needs import Need
from classifier.priority_weights import PriorityWeights, load_weights
from classifier.taxonomy import flag_kind


@dataclass(frozen=True, slots=True)
class Sign:
    """One reason to look: a flag, a kind of dangerous advice, or ``danger`` and ``care``, which were learned.

    It counts ``confidence * weight``. ``origin``: who raised a flag; a team's own list is sure of what it says.
    """

    name: str
    confidence: float
    weight: float
    place: tuple[str, int, int] | None = None
    origin: Origin = "model"

    @property
    def strength(self) -> float:
        """What it adds to the claim by itself."""
        return self.confidence * self.weight


@dataclass(frozen=True, slots=True)
class Weighing:
    """The factors of a text's priority. ``top`` is its worst sentence: block and offsets in it."""

    claim: float
    signs: tuple[Sign, ...]
    vulnerability: float
    topics: tuple[str, ...]
    top: tuple[str, int, int] | None

    @property
    def priority(self) -> float:
        """The factors together."""
        return round(self.claim * self.vulnerability, 4)


def weigh(
    report: Report, need: Need, weights: PriorityWeights | None = None, *, topics: Sequence[str] = ()
) -> Weighing:
    """The factors of one text.

    ``need`` is what the model says of it; ``topics`` are those that the caller knows of besides.
    """
    weights = weights or load_weights()
    advised = find_advice(report.document)
    advice = [
        Sign(one.kind, round(one.surety * weights.advice[one.kind], 4), weights.severity["grave"], one.place)
        for one in advised.advice
    ]
    learned = [
        Sign(name, sure.confidence, weights.severity["grave"], sure.place)
        for name, sure in (("danger", need.danger), ("care", need.care))
        if sure.confidence
    ]
    signs = tuple(sorted([*_flag_signs(report, weights), *advice, *learned], key=lambda sign: -sign.strength))
    claim = 1 - prod(1 - sign.strength for sign in signs)
    touched = tuple(dict.fromkeys([*topics, *advised.topics]))
    vulnerability = max((weights.vulnerability[topic] for topic in touched), default=weights.vulnerability["other"])
    top = next((sign.place for sign in signs if sign.place), None)
    return Weighing(round(claim, 4), signs, vulnerability, touched, top)


def _flag_signs(report: Report, weights: PriorityWeights) -> list[Sign]:
    """Each kind of flag once, by its highest confidence in the text, whether or not it reached its threshold."""
    surest: dict[str, Flag] = {}
    for flag in report.flags:
        if flag.flag not in surest or flag.confidence > surest[flag.flag].confidence:
            surest[flag.flag] = flag
    found = {**report.by_flag, **{name: flag.confidence for name, flag in surest.items()}}
    signs = []
    for name, confidence in found.items():
        raised = surest.get(name)
        severity = raised.severity if raised else flag_kind(name).severity
        place = (raised.block, raised.start, raised.end) if raised else None
        origin = raised.origin if raised else "model"
        signs.append(Sign(name, round(confidence, 4), weights.severity[severity], place, origin))
    return signs
