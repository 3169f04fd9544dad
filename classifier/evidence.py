"""Which words of a sentence made the model raise a flag, from the model's own weights and the cues that matched."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from classifier.document import Evidence
from classifier.features import WORD, char_ngrams_with_spans, words_of
from classifier.model import FlagModel
from classifier.taxonomy import flag_ids
from classifier.views import SentenceView

MOST_EVIDENCE = 4
# Words below this share of the strongest word's weight are not shown.
LEAST_SHARE = 0.35
# What a matching cue adds to each of its words: it makes whole phrases show where a single word of it weighs most.
CUE_WEIGHT = 0.3

_STOP = frozenset(
    """
    a an and are as at be been but by for from had has have he her his i in is it its my of on or our she so that
    the their them they this to was we were with you your when than then there what which who
    """.split()
)
_Span = tuple[int, int]
_Weights = dict[_Span, float]


class EvidenceFinder:
    """Takes a model's weights apart, word by word. Holds where each part of the features begins."""

    def __init__(self, model: FlagModel) -> None:
        self._weights = model.weights
        self._parts: dict[str, tuple[Any, int, float]] = {}
        scale = model.features.transformer_weights or {}
        offset = 0
        for name, step in model.features.transformer_list:
            if hasattr(step, "vocabulary_"):
                self._parts[name] = (step, offset, scale.get(name, 1.0))
                offset += len(step.vocabulary_)

    def find(self, view: SentenceView, flag: str) -> tuple[Evidence, ...]:
        """The weightiest words for a flag in a sentence, strongest first, as spans in the sentence's block."""
        column = flag_ids().index(flag)
        by_word: _Weights = defaultdict(float)
        for spans, weight in (*self._contributions(view, column, "words"), *self._contributions(view, column, "chars")):
            for span in spans:
                by_word[span] += weight / len(spans)
        for match in view.matches:
            if match.name == flag:
                for word in WORD.finditer(view.plain, match.start, match.end):
                    by_word[word.span()] += CUE_WEIGHT
        return _strongest(view, by_word)

    def _contributions(self, view: SentenceView, column: int, part: str) -> Iterator[tuple[list[_Span], float]]:
        """For each n-gram that the model knows: the words it lies in and what it adds to the score."""
        step, offset, scale = self._parts[part]
        row = step.transform([view])
        values = dict(zip(row.indices.tolist(), row.data.tolist(), strict=True))
        spans: dict[int, list[_Span]] = defaultdict(list)
        for text, where in _word_spans(view) if part == "words" else _char_spans(view):
            place = step.vocabulary_.get(text)
            if place is not None:
                spans[place] += where
        for place, where in spans.items():
            yield where, scale * values.get(place, 0.0) * float(self._weights[offset + place, column])


def _word_spans(view: SentenceView) -> Iterator[tuple[str, list[_Span]]]:
    words = words_of(view)
    for number, (word, start, end) in enumerate(words):
        yield word, [(start, end)]
        if number:
            before, before_start, before_end = words[number - 1]
            yield f"{before} {word}", [(before_start, before_end), (start, end)]


def _char_spans(view: SentenceView) -> Iterator[tuple[str, list[_Span]]]:
    for text, start, end in char_ngrams_with_spans(view.plain):
        yield text, [(start, end)]


def _strongest(view: SentenceView, by_word: _Weights) -> tuple[Evidence, ...]:
    """The heaviest words, neighbours joined into phrases."""
    telling = {span: weight for span, weight in by_word.items() if _is_telling(view.plain[slice(*span)])} or by_word
    top = max(telling.values(), default=0.0)
    if top <= 0:
        return ()
    merged: list[tuple[int, int, float]] = []
    for start, end in sorted(span for span, weight in telling.items() if weight >= LEAST_SHARE * top):
        weight = telling[start, end]
        if merged and not view.plain[merged[-1][1] : start].strip("- "):
            merged[-1] = (merged[-1][0], end, merged[-1][2] + weight)
        else:
            merged.append((start, end, weight))
    merged.sort(key=lambda item: -item[2])
    base = view.sentence.start
    return tuple(Evidence(base + start, base + end, round(weight, 3)) for start, end, weight in merged[:MOST_EVIDENCE])


def _is_telling(word: str) -> bool:
    return word not in _STOP and len(word) > 1 and not word.isdigit()
