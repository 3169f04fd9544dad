"""Character n-grams: the figures of scikit-learn's own vectoriser, and its conventions."""

from __future__ import annotations

import pickle

import numpy as np
from sklearn.base import clone
from sklearn.feature_extraction.text import TfidfVectorizer

from classifier.char_ngrams import CharNgrams
from classifier.training_set import TrainingSet
from classifier.words import WORD


def runs(view) -> list[str]:  # type: ignore[no-untyped-def]
    """Runs of three to five characters of each word between blanks."""
    return [
        f" {word} "[i : i + size]
        for word in WORD.findall(view.plain)
        for size in (3, 4, 5)
        for i in range(len(word) + 3 - size)
    ]


def test_figures_are_those_of_scikit_learn(tiny_set: TrainingSet) -> None:
    ours = CharNgrams(min_df=2).fit(tiny_set.views)
    theirs = TfidfVectorizer(analyzer=runs, min_df=2, sublinear_tf=True).fit(tiny_set.views)
    assert list(ours.get_feature_names_out()) == list(theirs.get_feature_names_out())
    assert np.allclose(ours.idf_, theirs.idf_)
    again = [*tiny_set.views, *tiny_set.views[:1]]
    assert np.allclose(ours.transform(again).toarray(), theirs.transform(again).toarray())


def test_conventions(tiny_set: TrainingSet) -> None:
    fitted = CharNgrams(min_df=2)
    assert fitted.fit(tiny_set.views) is fitted
    assert clone(fitted).get_params() == {"min_df": 2}
    assert fitted.transform([]).shape == (0, len(fitted.vocabulary_))


def test_what_was_read_is_not_kept_in_a_bundle(tiny_set: TrainingSet) -> None:
    fitted = CharNgrams().fit(tiny_set.views)
    before = fitted.transform(tiny_set.views)
    stored = pickle.dumps(fitted)
    copy = pickle.loads(stored)
    assert b"miracle" not in stored
    assert (copy.transform(tiny_set.views) != before).nnz == 0
