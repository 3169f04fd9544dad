"""The second stage: it sees the page around a sentence, keeps pages apart, and gives the same weights twice."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from classifier.document import Block, Document
from classifier.model import FlagModel
from classifier.second_stage import PRIOR_SENTENCES, SecondStage, around
from classifier.sentences import split_document
from classifier.taxonomy import flag_ids
from classifier.views import page_bounds, view_document

FLAGS = len(flag_ids())


def one_flag(*values: float) -> np.ndarray:
    return np.array(values, dtype=float)[:, None]


def test_neighbours_and_the_rest_of_the_page() -> None:
    before, behind, others = around(one_flag(1, 2, 6), [0, 3], np.array([0.0])).T
    assert before.tolist() == [0, 1, 2]
    assert behind.tolist() == [2, 6, 0]
    assert others == pytest.approx(np.array([8, 7, 3]) / (2 + PRIOR_SENTENCES))


def test_a_page_knows_nothing_of_the_next_one_and_a_lone_sentence_gets_the_mean() -> None:
    together = around(one_flag(1, 2, 6), [0, 2, 3], np.array([0.5]))
    apart = around(one_flag(1, 2), [0, 2], np.array([0.5]))
    assert np.array_equal(together[:2], apart)
    assert together[2].tolist() == [0, 0, 0.5]


def test_bounds_of_pages() -> None:
    views = [
        view
        for text in ("It heals. It rains.", "It cures.")
        for document in [Document((Block("b", "p", text),), lang="en")]
        for view in view_document(document, split_document(document))
    ]
    assert page_bounds(views) == [0, 2, 3]
    assert page_bounds([]) == [0]


def fitted(y: np.ndarray, scores: np.ndarray, dense: np.ndarray, wanted: np.ndarray | None = None) -> SecondStage:
    wanted = np.ones(len(y), dtype=bool) if wanted is None else wanted
    return SecondStage.fit(scores, dense, [0, len(y)], y, wanted=wanted)


def test_it_learns_that_a_sign_forgives_what_the_first_stage_says() -> None:
    random = np.random.default_rng(3)
    scores, dense = random.normal(size=(600, FLAGS)), (random.random((600, 2)) < 0.5).astype(float)
    y = (scores > 0) & (dense[:, :1] == 0)
    again = fitted(y, scores, dense).scores(scores, dense, [0, 600])
    high = scores[:, 0] > 0.5
    assert again[high & (dense[:, 0] == 0), 0].mean() > again[high & (dense[:, 0] == 1), 0].mean() + 0.5


def test_unwanted_examples_teach_nothing_and_the_same_data_gives_the_same_weights() -> None:
    random = np.random.default_rng(4)
    scores, dense = random.normal(size=(60, FLAGS)), random.random((60, 2))
    y, wanted = scores > 0, np.arange(60) < 40
    other = y.copy()
    other[40:] = ~other[40:]
    first, second = (list(fitted(labels, scores, dense, wanted).arrays()) for labels in (y, other))
    assert all(np.array_equal(a, b) for a, b in zip(first, second, strict=True))


def test_no_sentences_no_scores() -> None:
    stage = fitted(np.zeros((8, FLAGS), bool), np.zeros((8, FLAGS)), np.zeros((8, 2)))
    assert stage.scores(np.zeros((0, FLAGS)), np.zeros((0, 2)), [0]).shape == (0, FLAGS)


def test_the_models_digest_covers_the_second_stage(tiny_model: FlagModel) -> None:
    second = replace(tiny_model.second, mean=tiny_model.second.mean + 1e-9)
    assert replace(tiny_model, second=second).digest() != tiny_model.digest()
