"""Features: marks of negation, spans, the dense row, and scikit-learn's conventions."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.base import clone

from classifier.dense import DENSE_NAMES, dense_row
from classifier.document import Block
from classifier.features import PRIOR_SENTENCES, DenseFeatures, build_features, context_words, word_ngrams
from classifier.training_set import TrainingSet
from tests.classifier.conftest import ViewOf


def test_words_and_their_neighbours(view_of: ViewOf) -> None:
    assert word_ngrams(view_of("Buy now")) == ["buy", "now", "< buy", "buy now", "now >"]


def test_context_is_the_nearest_heading_and_the_introduction(view_of: ViewOf) -> None:
    above = (Block("h", "h2", "All Benefits of Tea"), Block("i", "p", "It may do:"))
    view = view_of("one", above=above, kind="li", intro="i")
    assert context_words(view) == ["^all", "^benefits", "^tea", "^may", "^kind=li"]


def test_the_dense_row_has_a_value_for_every_name(view_of: ViewOf) -> None:
    for text in ("It is a miracle, not a toy!", "x", "“It is good for me,” says Dr. Lund. 😀", "WHY 50% off?"):
        row = dense_row(view_of(text))
        assert len(row) == len(DENSE_NAMES) == len(set(DENSE_NAMES))
        assert all(np.isfinite(row))


@pytest.mark.parametrize(
    ("name", "yes", "no"),
    [
        ("cue:miracle", "A miracle.", "A tool."),
        ("live:miracle", "A miracle.", "No miracle."),
        ("forgiven cues", "No miracle.", "A miracle."),
        ("denied", "No miracle.", "A miracle."),
        ("question", "Is it good?", "It is good."),
        ("exclaims", "Good!", "Good."),
        ("age", "Sarah, 34, left.", "Sarah left."),
        ("money", "Only £5 today.", "Only five today."),
        ("quote", "“It is good for me,” he said.", "“Good,” he said."),
        ("short quote", "“Good,” he said.", "He said so."),
        ("quote unsourced", "“It is good for me,” he said.", "“It is good for me,” he told the Guardian in May 2020."),
    ],
)
def test_what_the_dense_row_tells(view_of: ViewOf, name: str, yes: str, no: str) -> None:
    place = DENSE_NAMES.index(name)
    assert dense_row(view_of(yes))[place] > dense_row(view_of(no))[place]


def test_neighbours_and_pages_stay_apart(tiny_set: TrainingSet) -> None:
    width = len(DENSE_NAMES)
    features = DenseFeatures().fit(tiny_set.views).transform(tiny_set.views).toarray()
    own, near, page = features[:, :width], features[:, width : 2 * width], features[:, 2 * width :]
    assert near[1] == pytest.approx((own[0] + own[2]) / 2)
    assert near[2] == pytest.approx(own[1] / 2)
    assert near[3] == pytest.approx(own[4] / 2)
    drawn = (own[3:6].sum(axis=0) + PRIOR_SENTENCES * own.mean(axis=0)) / (3 + PRIOR_SENTENCES)
    assert page[4] == pytest.approx(drawn)


def test_scikit_learns_conventions(tiny_set: TrainingSet) -> None:
    assert clone(DenseFeatures()).get_params() == {}
    union = build_features(min_count=1)
    matrix = clone(union).fit_transform(tiny_set.views)
    fitted = union.fit(tiny_set.views)
    assert np.allclose(fitted.transform(tiny_set.views).toarray(), matrix.toarray())
    assert matrix.shape == (12, len(fitted.get_feature_names_out()))
    assert DenseFeatures().fit(tiny_set.views).transform([]).shape == (0, 3 * len(DENSE_NAMES))
