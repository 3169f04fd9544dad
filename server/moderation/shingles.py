"""Three-word runs of texts as numbers, without the words themselves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import HashingVectorizer

READ = 6000  # characters of a text
Shingles = NDArray[np.int32]
# 2**24 places: two runs of a hundred words fall together by chance once in a thousand texts.
_VECTORIZER = HashingVectorizer(
    strip_accents="unicode",
    token_pattern=r"\w+",  # noqa: S106
    ngram_range=(3, 3),
    n_features=2**24,
    binary=True,
    norm=None,
    alternate_sign=False,
)


def shingle(texts: Mapping[str, str]) -> dict[str, Shingles]:
    """The shingles of each text, by its key: each once, shape (n_shingles,)."""
    if not texts:
        return {}
    rows: Any = _VECTORIZER.transform([text[:READ] for text in texts.values()])
    bounds = rows.indptr
    return {key: rows.indices[bounds[place] : bounds[place + 1]].copy() for place, key in enumerate(texts)}
