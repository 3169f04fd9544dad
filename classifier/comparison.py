"""Two models on sentences that neither had seen: the labelled pages, and the frozen ones that no model learns from.

Of its own pages a bundle keeps what it said out-of-fold (:mod:`~classifier.judgements`); the frozen pages, or pages
that are given, both models read anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

import numpy as np

from classifier.decision import raised
from classifier.detector import Detector
from classifier.errors import LabelError, ModelError
from classifier.judgements import read_judgements, sentence_keys
from classifier.labels import PAGES, LabelledPage, LabelledSentence, read_pages, sentences_of
from classifier.model import load_bundle, read_manifest
from classifier.taxonomy import flag_ids
from classifier.training_set import TrainingSet

FROZEN = Path(__file__).with_name("data") / "frozen"
# Fewer shared sentences than this, and the two models learned from pages too different to be compared by them.
LEAST_SHARED = 200
Turn = Literal["raised", "dropped"]


@dataclass(frozen=True, slots=True)
class Turned:
    """A sentence on which the models differ in one flag. ``is_right``: whether the later one agrees with the label."""

    flag: str
    turn: Turn
    is_right: bool
    text: str
    source: str


@dataclass(frozen=True)
class Compared:
    """Labels, and which flags each model raised; arrays of shape (n_sentences, n_flags), all at the balanced setting.

    ``frozen`` says which sentences are of frozen pages; ``pages`` are those whose sentences these are, in order.
    """

    names: tuple[str, str]
    rows: Sequence[tuple[LabelledPage, LabelledSentence]]
    y: np.ndarray
    known: np.ndarray
    before: np.ndarray
    after: np.ndarray
    frozen: np.ndarray

    @property
    def groups(self) -> np.ndarray:
        """The page file of each sentence."""
        return np.array([page.source for page, _ in self.rows])

    def part(self, chosen: np.ndarray) -> Compared:
        """Some of the sentences; ``chosen`` are booleans, one for each."""
        rows = [row for row, is_chosen in zip(self.rows, chosen, strict=True) if is_chosen]
        arrays = (self.y, self.known, self.before, self.after, self.frozen)
        return Compared(self.names, rows, *(array[chosen] for array in arrays))

    def turned(self) -> Iterator[Turned]:
        """Every sentence and flag on which the models differ, contested labels left out."""
        for row, column in np.argwhere((self.before != self.after) & self.known):
            page, said = self.rows[row]
            is_raised = bool(self.after[row, column])
            yield Turned(
                flag_ids()[column],
                "raised" if is_raised else "dropped",
                is_raised == bool(self.y[row, column]),
                said.sentence.text,
                page.source,
            )


def compare_models(before: Path, after: Path, pages: Path | None = None) -> Compared:
    """Two bundles on ``pages`` read anew, or else on all that neither had seen. Raises :class:`PinchError`."""
    names = (str(read_manifest(before)["version"]), str(read_manifest(after)["version"]))
    if pages is not None:
        return _together(names, [_read_anew(before, after, read_pages(pages), is_frozen=False)])
    own = _out_of_fold(before, after, read_pages(PAGES))
    return _together(names, [own, _read_anew(before, after, read_pages(FROZEN), is_frozen=True)])


class _Part(NamedTuple):
    """Sentences, and which flags each model raised on them."""

    rows: Sequence[tuple[LabelledPage, LabelledSentence]]
    before: np.ndarray
    after: np.ndarray
    is_frozen: bool


def _out_of_fold(before: Path, after: Path, pages: Sequence[LabelledPage]) -> _Part:
    """The labelled sentences that both models judged, as their labels are now."""
    keys = sentence_keys(pages)
    found, places = [], []
    for folder in (before, after):
        judged = read_judgements(folder)
        found.append(judged.raised())
        places.append({key: row for row, key in enumerate(judged.keys)})
    shared = [row for row, key in enumerate(keys) if key in places[0] and key in places[1]]
    if len(shared) < LEAST_SHARED:
        raise ModelError(
            f"The two models judged only {len(shared)} of the same labelled sentences.",
            hint="Train both on the labelled pages that are here, or compare them on others with --pages.",
        )
    first, second = ([place[keys[row]] for row in shared] for place in places)
    rows = sentences_of(pages)
    return _Part([rows[row] for row in shared], found[0][first], found[1][second], False)


def _read_anew(before: Path, after: Path, pages: Sequence[LabelledPage], *, is_frozen: bool) -> _Part:
    if not pages:
        raise LabelError("There are no labelled pages to compare the models on.")
    views = TrainingSet.of(pages).views
    found = []
    for folder in (before, after):
        model, manifest = load_bundle(folder)
        confidences = Detector(model, manifest).confidences(views)
        found.append(raised(confidences, model.thresholds["balanced"], model.any_weights))
    return _Part(sentences_of(pages), found[0], found[1], is_frozen)


def _together(names: tuple[str, str], parts: Sequence[_Part]) -> Compared:
    rows = [row for part in parts for row in part.rows]
    y = np.array([[flag in said.flags for flag in flag_ids()] for _, said in rows])
    known = np.array([[flag not in said.contested for flag in flag_ids()] for _, said in rows])
    before, after = np.vstack([part.before for part in parts]), np.vstack([part.after for part in parts])
    frozen = np.concatenate([np.full(len(part.rows), part.is_frozen) for part in parts])
    return Compared(names, rows, y, known, before, after, frozen)
