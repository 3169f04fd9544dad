"""What a model's own sentences looked like in training, by register of the page: what later texts are held against."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from classifier.counting import lettered, tally_with
from classifier.decision import raised
from classifier.labels import LabelledPage
from classifier.model import FlagModel
from classifier.tally import Tally, width
from classifier.taxonomy import flag_ids
from classifier.training_set import TrainingSet

# In how many sentences a word must stand to be learned, as in classifier/features.py.
LEAST_SENTENCES = 2
FORUM = "forum"  # the register that posts of a forum are held against


@dataclass(frozen=True, slots=True)
class Reference:
    """Tallies of the training sentences by register, each judged by a model that never saw its page file."""

    registers: Mapping[str, Tally]

    @property
    def forum(self) -> Tally | None:
        """The register that is nearest to posts."""
        return self.registers.get(FORUM)

    @property
    def whole(self) -> Tally:
        """All registers together."""
        return Tally.total(self.registers.values(), flags=len(flag_ids()))

    def told(self) -> dict[str, list[int]]:
        """As it stands in a manifest, under ``drift``."""
        return {register: tally.row() for register, tally in sorted(self.registers.items())}


def read_reference(manifest: Mapping[str, Any]) -> Reference | None:
    """The reference of a model; None for one that was trained before there was any."""
    told = manifest.get("drift")
    if not isinstance(told, dict):
        return None
    rows = {register: row for register, row in told.items() if len(row) == width(len(flag_ids()))}
    return Reference({register: Tally.of_row(row) for register, row in rows.items()}) if rows else None


def reference_of(
    pages: Iterable[LabelledPage], data: TrainingSet, confidences: np.ndarray, model: FlagModel
) -> Reference:
    """The reference of a model from its pages, the same as arrays, and its out-of-fold confidences.

    A word counts as unknown where fewer than ``LEAST_SENTENCES`` sentences of other page files hold it: so much would a
    model know that had learned all pages but this one.
    """
    registers = np.array([page.register for page in pages for _ in page.sentences])
    words, unknown = _unknown_words(data)
    is_raised = raised(confidences, model.thresholds["balanced"], model.any_weights)
    tallies = {}
    for register in sorted(set(registers.tolist())):
        rows = np.flatnonzero(registers == register)
        counts = {"words": int(words[rows].sum()), "unknown": int(unknown[rows].sum())}
        tallies[register] = tally_with(confidences[rows], is_raised[rows], model.any_weights, **counts)
    return Reference(tallies)


def _unknown_words(data: TrainingSet) -> tuple[np.ndarray, np.ndarray]:
    """Of each sentence how many words it has, and how many of them other page files do not teach."""
    sentences: Sequence[list[str]] = [list(lettered(view)) for view in data.views]
    everywhere: Counter[str] = Counter()
    in_file: dict[str, Counter[str]] = {}
    for words, file in zip(sentences, data.groups, strict=True):
        everywhere.update(set(words))
        in_file.setdefault(file, Counter()).update(set(words))
    unknown = [
        sum(everywhere[word] - in_file[file][word] < LEAST_SENTENCES for word in words)
        for words, file in zip(sentences, data.groups, strict=True)
    ]
    return np.array([len(words) for words in sentences]), np.array(unknown)
