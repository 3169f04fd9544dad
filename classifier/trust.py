"""Whose labels stand out from everybody else's: a guard against an account that answers the wrong way round.

Each person's labels are compared with the model that is shipped, which never saw a decision, and with what other
people said of the same or nearly the same words. Three shares are looked at:

- ``denies``: of the flags of which the model is sure, how many the person calls wrong;
- ``invents``: of the flags that the model did not raise and the person added, how many it holds for nearly impossible;
- ``disagrees``: of the labels that others gave too, on the same or nearly the same words, how many say the opposite.

Honest people differ from the model, and from each other; so a share is compared with that of all others by a binomial
test, one-sided, with Bonferroni's correction for all tests made, and it must be higher by :data:`LEAST_EXCESS` too. The
others' share is drawn to :data:`PRIOR`, which also stands in where there are no others. Whoever stands out is left out,
the most striking first, and the rest are compared anew, because a crowd of wrong labels hides wrong labels.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import binom

from classifier.decided import DecidedPage, Label, labels_of
from classifier.errors import LabelError
from classifier.taxonomy import flag_ids

LEVEL = 0.01
LEAST_EXCESS = 0.10
# As if 10 labels had been seen of which 2 stand out: on the demo forum honest answers contradict less often.
PRIOR = (2.0, 10.0)
FEWEST = 8
SURE, UNLIKELY, DOUBTFUL = 0.8, 0.05, 0.5
# When those who stand out gave more than this share of all labels, it cannot be told who is right.
MOST_LEFT_OUT = 1 / 3
TESTS = ("denies", "invents", "disagrees")
_SHINGLE = 3
_NEAR = 0.6
_MOST_ALIKE = 40
Tally = dict[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class StandsOut:
    """Whose labels were left out, and why: ``count`` of ``cases`` where others would have ``expected`` as a share."""

    person: str
    test: str
    count: int
    cases: int
    expected: float
    p_value: float

    def __str__(self) -> str:
        return (
            f"{self.person} {self.test} {self.count} of {self.cases} ({self.count / self.cases:.0%}; "
            f"of others' {self.expected:.0%}, p = {self.p_value:.1g})"
        )


def find_outstanding(pages: Sequence[DecidedPage], confidences: Sequence[np.ndarray]) -> tuple[StandsOut, ...]:
    """Those whose labels must not be learned from, the most striking first.

    ``confidences[n]`` of shape (n_sentences, n_flags) is what the shipped model says of ``pages[n]``. Raises
    :class:`LabelError` when they gave so many of the labels that nobody can tell who is right.
    """
    every = list(_single(pages))
    people = sorted({label.people[0] for label in every})
    out: list[StandsOut] = []
    while worst := _most_striking(every, confidences, [one.person for one in out], len(people) * len(TESTS)):
        out.append(worst)
    names = {one.person for one in out}
    share = sum(label.people[0] in names for label in every) / max(1, len(every))
    if share > MOST_LEFT_OUT:
        raise LabelError(
            f"These decisions are refused: people who gave {share:.0%} of the labels stand out from the model and "
            f"from all others. {'; '.join(map(str, out))}",
            hint="Look at their decisions, undo what is wrong, or take their lines out. See docs/learning.md.",
        )
    return tuple(out)


def _single(pages: Sequence[DecidedPage]) -> Iterator[Label]:
    """Each person's labels as if nobody else had spoken."""
    people = sorted({opinion.person for page in pages for said in page.said for opinion in said})
    for person in people:
        others = [other for other in people if other != person]
        yield from (label for label in labels_of(pages, without=others) if label.is_present is not None)


def _most_striking(
    every: Sequence[Label], confidences: Sequence[np.ndarray], out: Sequence[str], tests: int
) -> StandsOut | None:
    labels = [label for label in every if label.people[0] not in out]
    found = [*_compare("disagrees", _disagreeing(labels))]
    for test, tally in _against_model(labels, confidences).items():
        found += _compare(test, tally)
    striking = [one for one in found if one.p_value < LEVEL / tests]
    return min(striking, key=lambda one: (one.p_value, one.person, one.test), default=None)


def _compare(test: str, tally: Mapping[str, tuple[int, int]]) -> Iterator[StandsOut]:
    """Each person's share beside that of all others together."""
    all_count, all_cases = (sum(pair[part] for pair in tally.values()) for part in (0, 1))
    for person, (count, cases) in tally.items():
        expected = (all_count - count + PRIOR[0]) / (all_cases - cases + PRIOR[1])
        if cases >= FEWEST and count / cases >= expected + LEAST_EXCESS:
            yield StandsOut(person, test, count, cases, expected, float(binom.sf(count - 1, cases, expected)))


def _against_model(labels: Sequence[Label], confidences: Sequence[np.ndarray]) -> dict[str, Tally]:
    counted: dict[str, dict[str, list[bool]]] = {"denies": defaultdict(list), "invents": defaultdict(list)}
    for label in labels:
        sure = confidences[label.page][label.sentence, flag_ids().index(label.flag)]
        if sure >= SURE:
            counted["denies"][label.people[0]].append(not label.is_present)
        elif label.is_present and sure < DOUBTFUL:
            counted["invents"][label.people[0]].append(bool(sure < UNLIKELY))
    return {test: {who: (sum(said), len(said)) for who, said in rows.items()} for test, rows in counted.items()}


def _disagreeing(labels: Sequence[Label]) -> Tally:
    """How often each person says the opposite of most others who spoke of nearly the same words and flag."""
    found: dict[str, list[bool]] = defaultdict(list)
    for label, alike in _with_alike(labels):
        votes = [other.is_present for other in alike if other.people != label.people]
        for_it = sum(map(bool, votes))
        if votes and 2 * for_it != len(votes):
            found[label.people[0]].append(label.is_present != (2 * for_it > len(votes)))
    return {person: (sum(said), len(said)) for person, said in found.items()}


def _with_alike(labels: Sequence[Label]) -> Iterator[tuple[Label, list[Label]]]:
    """Each label with those of the same flag on nearly the same words.

    Near is a Jaccard similarity of word trigrams of 0.6 or more (Broder 1997). A trigram that stands in very many
    sentences tells nothing and would make this slow, so it leads nowhere.
    """
    shingles = [_shingles(label.words) for label in labels]
    index: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, label in enumerate(labels):
        for shingle in shingles[number]:
            index[label.flag, shingle].append(number)
    for number, label in enumerate(labels):
        places = [index[label.flag, shingle] for shingle in shingles[number]]
        others = {other for found in places if len(found) <= _MOST_ALIKE for other in found} - {number}
        near = [o for o in sorted(others) if _is_near(shingles[number], shingles[o])]
        yield label, [labels[other] for other in near]


def _shingles(words: str) -> frozenset[str]:
    parts = words.split()
    whole = max(1, len(parts) - _SHINGLE + 1)
    return frozenset(" ".join(parts[at : at + _SHINGLE]) for at in range(whole))


def _is_near(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= _NEAR * len(one | other)
