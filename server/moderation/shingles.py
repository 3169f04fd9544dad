"""Three-word runs of texts as numbers, kept in memory by the digest of the text, never with its words."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import HashingVectorizer

READ = 6000  # characters of a text
KEPT = 8192  # texts; about a kilobyte each
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


class ShingleMemory:
    """Shingles by digest. Equal digests mean equal texts, so what is kept is never out of date; the oldest go first."""

    def __init__(self, most: int = KEPT) -> None:
        self._most = most
        self._lock = Lock()
        self._kept: OrderedDict[str, Shingles] = OrderedDict()

    def kept(self, digests: Iterable[str | None]) -> tuple[dict[str, Shingles], list[str]]:
        """What is known of these, and which are not known."""
        known: dict[str, Shingles] = {}
        missing: list[str] = []
        with self._lock:
            for digest in filter(None, digests):
                if digest in self._kept:
                    self._kept.move_to_end(digest)
                    known[digest] = self._kept[digest]
                else:
                    missing.append(digest)
        return known, missing

    def make(self, texts: Mapping[str, str]) -> dict[str, Shingles]:
        """The shingles of texts by their digests, from now on kept."""
        if not texts:
            return {}
        rows: Any = _VECTORIZER.transform([text[:READ] for text in texts.values()])
        rows.sort_indices()
        made = {
            digest: rows.indices[rows.indptr[place] : rows.indptr[place + 1]].copy()
            for place, digest in enumerate(texts)
        }
        with self._lock:
            self._kept.update(made)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return made


SHINGLES = ShingleMemory()
