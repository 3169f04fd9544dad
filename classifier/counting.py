"""Sentences counted for drift: how sure the model is of them, what it raises, and which words it never learned."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

import numpy as np

from classifier.decision import any_confidence
from classifier.tally import BINS, Tally
from classifier.views import SentenceView
from classifier.words import WORD


def lettered(view: SentenceView) -> Iterator[str]:
    """The sentence's words of letters alone, in lower case, disguises taken off.

    Numbers, doses and signs are left out: the model takes all numbers for one word, and knows it.
    """
    return (word for word in WORD.findall(view.plain) if word.replace("'", "").isalpha())


def tally_of(
    views: Sequence[SentenceView],
    confidences: np.ndarray,
    is_raised: np.ndarray,
    any_weights: np.ndarray,
    is_known: Callable[[str], bool],
) -> Tally:
    """What these sentences look like. ``confidences`` and ``is_raised`` have shape (n_sentences, n_flags)."""
    words = [word for view in views for word in lettered(view)]
    unknown = sum(not is_known(word) for word in words)
    return tally_with(confidences, is_raised, any_weights, words=len(words), unknown=unknown)


def tally_with(
    confidences: np.ndarray, is_raised: np.ndarray, any_weights: np.ndarray, *, words: int, unknown: int
) -> Tally:
    """The same where the words were counted otherwise."""
    sure = any_confidence(confidences, any_weights) if len(confidences) else np.zeros(0)
    places = np.minimum((sure * BINS).astype(int), BINS - 1)
    return Tally(
        sentences=len(confidences),
        flagged=int(is_raised.any(axis=1).sum()),
        words=words,
        unknown=unknown,
        sure=round(1000 * float(sure.sum())),
        bins=tuple(np.bincount(places, minlength=BINS).tolist()),
        raised=tuple(is_raised.sum(axis=0).tolist()),
    )


def known_words(ngrams: Collection[str]) -> frozenset[str]:
    """The single words among a model's n-grams, whether it met them under a negation (``~``) or not."""
    return frozenset(ngram.removesuffix("~") for ngram in ngrams if " " not in ngram)
