"""From labelled posts to what a model knows of needs: the part of ``pinch train`` that comes after the flags.

The flags learned from other texts, so how sure they are of these posts is out-of-sample, as it is of a new post.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from classifier.detector import Detector
from classifier.errors import LabelError
from classifier.model import FlagModel
from classifier.need_posts import NeedPost
from classifier.needs import LEARNED, Examples, NeedModel
from classifier.reading import read_text
from classifier.taxonomy import flag_ids


def with_needs(model: FlagModel, posts: Sequence[NeedPost]) -> FlagModel:
    """The model, with what a post needs learned from ``posts``. Raises :class:`LabelError` when they are too few."""
    return replace(model, needs=NeedModel.fit(examples_of(model, posts)))


def examples_of(model: FlagModel, posts: Sequence[NeedPost]) -> Examples:
    """The posts, read by the model's flags."""
    y = np.array([[post.need == need for need in LEARNED] for post in posts]).reshape(-1, len(LEARNED))
    in_thread = np.array([post.kind == "threads" for post in posts], dtype=bool)
    writers = [post.writer for post in posts]
    enough = all({True, False} == set(part[:, column]) for part in (y, y[in_thread]) for column in range(len(LEARNED)))
    if not enough or len(set(writers)) < 2:
        raise LabelError(f"Posts by two writers, and whole threads with {' and '.join(LEARNED)}, are needed.")
    detector = Detector(model, {"version": "", "digest": ""})
    documents = [read_text(post.text) for post in posts]
    found = detector.analyze_all(documents, min_confidence=1.0)
    flags = np.array([[report.by_flag.get(flag, 0.0) for flag in flag_ids()] for report in found])
    return Examples(documents, flags, y, writers, in_thread)
