"""Whether a candidate may take the place of the model in use: nothing may be worse by more than its interval.

Measured on sentences that neither had seen (:mod:`~classifier.comparison`), both on the same resamples of page files
(:mod:`~classifier.paired`). Eleven flags with two figures each make twenty-two chances to look worse by luck alone, and
the figures over all flags six more. So the intervals of each of these two families are widened together (Bonferroni).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from classifier.comparison import Compared, Turned, compare_models
from classifier.contrasts import is_sober, pairs_of
from classifier.paired import Change, Resamples, f1, hits, precision, recall, share
from classifier.taxonomy import flag_ids

LEVEL = 0.95
# Precision and F1 of any flag, both on the frozen pages, contrast pairs, sober pages.
_OVERALL = 6
# Below this a flag's interval says next to nothing; the flag is shown, and not judged.
LEAST_CASES = 30
ANY, ANY_FROZEN = "any flag", "any flag on the frozen pages"
_FIGURES = {"precision": precision, "recall": recall, "F1": f1}
_JUDGED_FIGURES = ("precision", "F1")


@dataclass(frozen=True, slots=True)
class FlagChange:
    """One flag's figures with both models. ``cases``: labelled sentences that carry it, the sample of its recall."""

    name: str
    cases: int
    raised: tuple[int, int]
    figures: dict[str, Change]

    @property
    def is_judged(self) -> bool:
        """Whether there are cases enough for its interval to say something."""
        return self.cases >= LEAST_CASES

    @property
    def worse(self) -> dict[str, Change]:
        """The figures that fell by more than their interval."""
        if not self.is_judged:
            return {}
        return {name: self.figures[name] for name in _JUDGED_FIGURES if self.figures[name].is_lower}


@dataclass(frozen=True, slots=True)
class ShareChange:
    """A share of sentences or pairs with both models."""

    name: str
    cases: int
    change: Change
    is_worse: bool


@dataclass(frozen=True, slots=True)
class GateResult:
    """What the gate says. ``reasons`` tell in plain words what got worse, and by how much; none when it passed."""

    names: tuple[str, str]
    sentences: int
    files: int
    flags: tuple[FlagChange, ...]
    shares: tuple[ShareChange, ...]
    turned: tuple[Turned, ...]
    reasons: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether nothing got worse."""
        return not self.reasons


def compare(candidate: Path, current: Path) -> GateResult:
    """Compare two bundles on what neither had seen. Raises :class:`~classifier.errors.PinchError` if that cannot be."""
    return judge(compare_models(current, candidate))


def judge(compared: Compared) -> GateResult:
    """What the gate says of two models that were compared, the later one being the candidate."""
    resamples = Resamples(compared.groups)
    flags = (*flag_changes(compared, resamples), *_frozen_change(compared))
    shares = tuple(_shares(compared, resamples))
    turned = tuple(compared.turned())
    return GateResult(
        compared.names,
        len(compared.rows),
        resamples.files,
        flags,
        shares,
        turned,
        tuple([*_reasons(flags), *_share_reasons(shares)]),
    )


def flag_changes(compared: Compared, resamples: Resamples) -> Iterable[FlagChange]:
    """Any flag first, then each flag with its interval widened for the number of flags."""
    y, known = compared.y, compared.known
    yield _any_change(ANY, compared, resamples)
    level = _level(len(flag_ids()) * len(_JUDGED_FIGURES))
    for column, flag in enumerate(flag_ids()):
        both = [raised[:, column] for raised in (compared.before, compared.after)]
        yield _flag_change(flag, y[:, column], both, known[:, column], resamples, level=level)


def _level(family: int) -> float:
    """The level of one interval among so many that are to hold together."""
    return 1 - (1 - LEVEL) / family


def _frozen_change(compared: Compared) -> Iterable[FlagChange]:
    """The frozen pages alone: what the weights themselves say, and not only what training kept of them."""
    if compared.frozen.any():
        part = compared.part(compared.frozen)
        yield _any_change(ANY_FROZEN, part, Resamples(part.groups))


def _any_change(name: str, compared: Compared, resamples: Resamples) -> FlagChange:
    y, known = np.asarray(compared.y.any(axis=1)), compared.known
    sure = np.asarray(known.all(axis=1)) | y
    either = [np.asarray((raised & known).any(axis=1)) for raised in (compared.before, compared.after)]
    return _flag_change(name, y, either, sure, resamples, level=_level(_OVERALL))


def _flag_change(
    name: str, y: np.ndarray, raised: Sequence[np.ndarray], known: np.ndarray, resamples: Resamples, *, level: float
) -> FlagChange:
    before, after = (hits(y, one, known) for one in raised)
    figures = {figure: resamples.change(before, after, measure, level=level) for figure, measure in _FIGURES.items()}
    counts = (int(before[:, 1].sum()), int(after[:, 1].sum()))
    return FlagChange(name, int((y & known).sum()), counts, figures)


def _shares(compared: Compared, resamples: Resamples) -> Iterable[ShareChange]:
    pairs = pairs_of(compared.rows)
    counted = np.zeros((2, len(compared.rows), 2))
    for pair in pairs:
        counted[:, pair.first, 1] = 1
        for side, raised in enumerate((compared.before, compared.after)):
            counted[side, pair.first, 0] = pair.is_right(compared.y, raised)
    change = resamples.change(counted[0], counted[1], share, level=_level(_OVERALL))
    yield ShareChange("contrast pairs with both twins right", len(pairs), change, change.is_lower)
    sober = np.array([is_sober(page, said) for page, said in compared.rows])
    flagged = [
        np.column_stack([raised.any(axis=1) & sober, sober]).astype(float)
        for raised in (compared.before, compared.after)
    ]
    change = resamples.change(flagged[0], flagged[1], share, level=_level(_OVERALL))
    yield ShareChange("sentences of sober pages flagged", int(sober.sum()), change, change.is_higher)


def _reasons(flags: Iterable[FlagChange]) -> Iterable[str]:
    for flag in flags:
        for name, change in flag.worse.items():
            yield f"{name} of {flag.name}: {told(change)}, {flag.cases} cases"


def _share_reasons(shares: Iterable[ShareChange]) -> Iterable[str]:
    return (f"{one.name}: {told(one.change)}, of {one.cases}" for one in shares if one.is_worse)


def told(change: Change) -> str:
    """A change in words: both figures, and the difference in points with its interval."""
    if change.before is None or change.after is None:
        return "not defined"
    told = f"{change.before:.1%} before, {change.after:.1%} now, {_points(change.after - change.before)} points"
    if change.low is None or change.high is None:
        return told
    return f"{told} ({_points(change.low)} to {_points(change.high)})"


def _points(share: float) -> str:
    return f"{100 * share:+.1f}"
