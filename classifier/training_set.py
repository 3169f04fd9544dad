"""Labelled pages as arrays to learn from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from classifier.document import Block, Document, Sentence
from classifier.errors import LabelError
from classifier.labels import LabelledPage
from classifier.taxonomy import flag_ids
from classifier.views import SentenceView, view_document


@dataclass(frozen=True)
class TrainingSet:
    """Labelled sentences as arrays; all of length n_sentences along the first axis.

    ``alone`` holds each sentence once more as a text of its own: posts and captions come without headings and
    neighbours, and a model that only ever saw whole pages leans on them too much.
    ``y`` and ``known`` have shape (n_sentences, n_flags); ``known`` is false where a label is contested. ``groups``
    names the source. ``weights`` (n_sentences, n_flags) says how much each label counts; without it each counts 1.
    """

    views: list[SentenceView]
    alone: list[SentenceView]
    y: np.ndarray
    known: np.ndarray
    groups: np.ndarray
    weights: np.ndarray | None = None

    @classmethod
    def of(cls, pages: Iterable[LabelledPage]) -> TrainingSet:
        """All sentences of the pages, in order."""
        views: list[SentenceView] = []
        alone: list[SentenceView] = []
        rows, known, groups = [], [], []
        for page in pages:
            views += view_document(page.document, [row.sentence for row in page.sentences])
            alone += [_view_alone(page.document, row.sentence) for row in page.sentences]
            for row in page.sentences:
                rows.append([flag in row.flags for flag in flag_ids()])
                known.append([flag not in row.contested for flag in flag_ids()])
                groups.append(page.source)
        if not views:
            raise LabelError("There are no labelled sentences to learn from.", hint="Point to a folder of .page files.")
        return cls(views, alone, np.array(rows, dtype=bool), np.array(known, dtype=bool), np.array(groups))

    def take(self, index: np.ndarray) -> TrainingSet:
        """A part of the set."""
        views, alone = [self.views[i] for i in index], [self.alone[i] for i in index]
        weights = None if self.weights is None else self.weights[index]
        return TrainingSet(views, alone, self.y[index], self.known[index], self.groups[index], weights)

    def beside(self, other: TrainingSet | None) -> TrainingSet:
        """This set with another behind it; itself when there is none."""
        if other is None:
            return self
        return TrainingSet(
            self.views + other.views,
            self.alone + other.alone,
            np.vstack([self.y, other.y]),
            np.vstack([self.known, other.known]),
            np.concatenate([self.groups, other.groups]),
            np.vstack([part.label_weights() for part in (self, other)]),
        )

    def label_weights(self) -> np.ndarray:
        """How much each label counts, (n_sentences, n_flags)."""
        return np.ones(self.y.shape) if self.weights is None else self.weights


def _view_alone(document: Document, sentence: Sentence) -> SentenceView:
    """A sentence with the links on its own words, without block, headings and page."""
    block = document.blocks[sentence.block]
    links = tuple(
        replace(link, start=link.start - sentence.start, end=link.end - sentence.start)
        for link in block.links
        if sentence.start <= link.start and link.end <= sentence.end
    )
    kind = "p" if block.kind == "li" else block.kind
    lone = Document((Block("b0", kind, sentence.text, links=links),), document.url)
    return view_document(lone, [Sentence(0, 0, len(sentence.text), sentence.text)])[0]
