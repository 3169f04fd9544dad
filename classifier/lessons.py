"""From decided posts to what is taught beside our own pages.

Decisions are learned by the first stage alone: which words mean which flag. They neither calibrate a confidence nor set
a threshold, because what was decided is no sample of what is written: moderators judged what a model had chosen to
show them, and added what they happened to see. For the same reason a sentence of which nothing was said teaches
nothing, but for one case: who adds a missing flag to a post has read it for what is missing. What that person did not
add there is taken for absent, and counts little. Without it nothing but flags would be learned where the model had
raised none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from classifier.decided import DecidedPage, Label, labels_of
from classifier.errors import LabelError
from classifier.influence import given_by, label_weights
from classifier.taxonomy import flag_ids
from classifier.training_set import TrainingSet
from classifier.trust import StandsOut, find_outstanding
from classifier.views import SentenceView, view_document

# How much one label of a decision counts beside one of our own pages (docs/learning.md tells how it was chosen).
DECISION_WEIGHT = 1.0
# How much it counts, beside a label, that a person who added a flag to a post added no other.
SILENCE = 0.25
Judge = Callable[[Sequence[SentenceView]], np.ndarray]


@dataclass(frozen=True)
class Lesson:
    """What is taught, and what a person should know of it.

    ``given`` says how much each person's labels count together, in labels; ``contested`` how many people disagree on.
    """

    data: TrainingSet
    labels: tuple[Label, ...]
    contested: int
    left_out: tuple[StandsOut, ...]
    given: dict[str, float]

    @property
    def posts(self) -> int:
        """How many posts teach anything."""
        return len({label.page for label in self.labels})


def make_lesson(pages: Sequence[DecidedPage], judge: Judge, *, weight: float = DECISION_WEIGHT) -> Lesson:
    """What these posts teach. ``judge`` gives the shipped model's confidences, (n_sentences, n_flags).

    Raises :class:`LabelError` when the decisions are refused, or nothing is left to learn from.
    """
    left_out = find_outstanding(pages, [judge(_views(decided)) for decided in pages])
    every = labels_of(pages, without=[one.person for one in left_out])
    labels = tuple(label for label in every if label.is_present is not None)
    if not labels:
        raise LabelError("No decision is left to learn from.", hint="Decide more posts, by more than one person.")
    weights = label_weights(labels)
    silent = _silent_pages(pages, frozenset(one.person for one in left_out))
    contested = [label for label in every if label.is_present is None]
    data = _as_set(pages, labels, weights * weight, silent=silent, contested=contested)
    return Lesson(data, labels, len(every) - len(labels), left_out, given_by(labels, weights))


def _views(decided: DecidedPage) -> list[SentenceView]:
    return view_document(decided.page.document, [row.sentence for row in decided.page.sentences])


def _silent_pages(pages: Sequence[DecidedPage], left_out: frozenset[str]) -> list[int]:
    """The posts that somebody read for what is missing."""
    return [
        number
        for number, decided in enumerate(pages)
        if any(one.is_added and one.person not in left_out for said in decided.said for one in said)
    ]


def _as_set(
    pages: Sequence[DecidedPage],
    labels: Sequence[Label],
    weights: np.ndarray,
    *,
    silent: Sequence[int],
    contested: Sequence[Label],
) -> TrainingSet:
    """The sentences of which something is known, each seen in its whole post; all other flags are not known."""
    whole = TrainingSet.of([decided.page for decided in pages])
    starts = np.cumsum([0, *(len(decided.page.sentences) for decided in pages)])
    y, known = np.zeros(whole.y.shape, dtype=bool), np.zeros(whole.y.shape, dtype=bool)
    counts = np.zeros(whole.y.shape)
    by_page = np.bincount([label.page for label in labels], weights=weights, minlength=len(pages))
    number_of = np.maximum(np.bincount([label.page for label in labels], minlength=len(pages)), 1)
    for page in silent:
        rows = slice(starts[page], starts[page + 1])
        known[rows], counts[rows] = True, SILENCE * by_page[page] / number_of[page]
    for label in contested:
        known[starts[label.page] + label.sentence, flag_ids().index(label.flag)] = False
    for label, weight in zip(labels, weights, strict=True):
        place = starts[label.page] + label.sentence, flag_ids().index(label.flag)
        y[place], known[place], counts[place] = bool(label.is_present), True, weight
    said = np.flatnonzero(known.any(axis=1))
    return replace(whole, y=y, known=known, weights=counts).take(said)
