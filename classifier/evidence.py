"""Which words of a sentence made the model raise a flag, from the model's own weights and the cues that matched."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import pairwise

import numpy as np
from scipy import sparse

from classifier.char_ngrams import CharNgrams
from classifier.document import Evidence
from classifier.model import FlagModel
from classifier.taxonomy import flag_ids
from classifier.views import SentenceView
from classifier.words import WORD, words_of

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
        steps = dict(model.features.transformer_list)
        self._weights = model.weights
        self._words: dict[str, int] = steps["words"].vocabulary_
        self._chars: CharNgrams = steps["chars"]
        self._chars_from = len(self._words)
        self._chars_to = self._chars_from + len(self._chars.vocabulary_)

    def find(self, view: SentenceView, matrix: sparse.csr_matrix, row: int, flag: str) -> tuple[Evidence, ...]:
        """The weightiest words for a flag in a sentence, strongest first, as spans in the sentence's block.

        ``matrix`` holds the features, shape (n_sentences, n_features); ``row`` is the sentence's place in it.
        """
        columns, added = self._added(matrix, row, flag_ids().index(flag))
        by_word: _Weights = defaultdict(float)
        self._add_words(view, columns, added, by_word)
        self._add_chars(view, columns, added, by_word)
        for match in view.matches:
            if match.name == flag:
                for word in WORD.finditer(view.plain, match.start, match.end):
                    by_word[word.span()] += CUE_WEIGHT
        return _strongest(view, by_word)

    def _added(self, matrix: sparse.csr_matrix, row: int, column: int) -> tuple[np.ndarray, np.ndarray]:
        """The columns of the sentence's n-grams, in order, and what each adds to the flag's score."""
        stretch = slice(matrix.indptr[row], matrix.indptr[row + 1])
        columns, values = matrix.indices[stretch], matrix.data[stretch]
        inside = columns < self._chars_to
        columns = columns[inside]
        return columns, values[inside] * self._weights[columns, column]

    def _add_words(self, view: SentenceView, columns: np.ndarray, added: np.ndarray, by_word: _Weights) -> None:
        """Words and pairs: each occurrence has its share, a pair's goes to both words in halves."""
        count = int(np.searchsorted(columns, self._chars_from))
        weight_of = dict(zip(columns[:count].tolist(), added[:count].tolist(), strict=True))
        words, known = words_of(view), self._words.get
        hits = [(place, span[1:]) for span in words if (place := known(span[0])) is not None]
        for first, second in pairwise(words):
            place = known(f"{first[0]} {second[0]}")
            if place is not None:
                hits += [(place, first[1:]), (place, second[1:])]
        times = Counter(place for place, _ in hits)
        for place, span in hits:
            by_word[span] += weight_of.get(place, 0.0) / times[place]

    def _add_chars(self, view: SentenceView, columns: np.ndarray, added: np.ndarray, by_word: _Weights) -> None:
        """Each occurrence of a run has its share of what the run adds; a word has those of its runs."""
        found = [(match.span(), self._chars.columns_of(match.group())) for match in WORD.finditer(view.plain)]
        words = [(span, places) for span, places in found if len(places)]
        if not words:
            return
        places = np.searchsorted(columns, np.concatenate([places for _, places in words]) + self._chars_from)
        shares = added[places] / np.bincount(places)[places]
        starts = np.cumsum([0, *(len(places) for _, places in words[:-1])])
        for (span, _), weight in zip(words, np.add.reduceat(shares, starts).tolist(), strict=True):
            by_word[span] += weight


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
    heaviest = merged[:MOST_EVIDENCE]
    return tuple(Evidence(*view.span_in_block(start, end), round(weight, 3)) for start, end, weight in heaviest)


def _is_telling(word: str) -> bool:
    return word not in _STOP and len(word) > 1 and not word.isdigit()
