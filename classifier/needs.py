"""What a post needs of a moderator, learned from posts: whether it could hurt whoever follows it, and whether who wrote
it is in distress.

Such posts are mostly quiet and kind, and no list of words holds what they say next. So a logistic regression weighs
the words of a post, alone and in pairs, runs of their letters, and how sure each flag is. It orders a moderator's queue
(docs/priority.md); nothing is marked by it, and no reader sees it. What a reply quotes is not the poster's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from scipy import sparse
from scipy.special import expit
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from sklearn.pipeline import FeatureUnion

from classifier.char_ngrams import CharNgrams
from classifier.document import Document, Sentence
from classifier.odds import log_odds
from classifier.phrases import plain
from classifier.sentences import split_document
from classifier.taxonomy import flag_ids
from classifier.words import WORD

LEARNED = ("danger", "care")
Place = tuple[str, int, int]
# What a flag's log-odds count beside words, and how far they go. Chosen by leaving one writer out, as is the penalty.
FLAG_WEIGHT, SUREST = 0.04, 9.0
PENALTY_C = 3.0
FOLDS = 5
# Under this chance no sentence is looked for that weighs most.
_WORTH_A_PLACE = 0.03


@dataclass(frozen=True, slots=True)
class Sure:
    """How sure it is, in 0..1, and the sentence that weighs most: block id, start and end in it."""

    confidence: float = 0.0
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Need:
    """``danger``: could hurt whoever follows it. ``care``: who wrote it is in distress."""

    danger: Sure = Sure()
    care: Sure = Sure()


class Post(NamedTuple):
    """A text as the n-grams want it."""

    plain: str


class Examples(NamedTuple):
    """Posts to learn from. ``y`` has shape (n_posts, 2), ``flags`` (n_posts, n_flags): the highest confidences.

    ``writers`` says who wrote each; ``in_thread`` which were written as whole threads, with all that stands in a forum.
    """

    documents: Sequence[Document]
    flags: np.ndarray
    y: np.ndarray
    writers: Sequence[str]
    in_thread: np.ndarray


@dataclass(frozen=True)
class NeedModel:
    """``weights`` has shape (n_features + n_flags, 2), ``intercepts`` (2,), ``calibration`` (2, 2): slope, offset."""

    features: FeatureUnion
    weights: np.ndarray
    intercepts: np.ndarray
    calibration: np.ndarray

    @classmethod
    def fit(cls, examples: Examples) -> NeedModel:
        """Learn. Calibrated on whole threads alone, by models that saw no post by the same writer: how often a post
        needs somebody is only seen there. The words that are known are those of all posts, in the folds too.
        """
        features = FeatureUnion(
            [
                ("words", TfidfVectorizer(analyzer=word_runs, min_df=2, sublinear_tf=True)),
                ("chars", CharNgrams(min_df=3)),
            ]
        )
        words = features.fit_transform([Post(_whole(own_sentences(one))) for one in examples.documents])
        rows = sparse.hstack([words, sparse.csr_matrix(_flag_columns(examples.flags))]).tocsr()
        fitted = [_fit_one(rows, examples, column) for column in range(len(LEARNED))]
        weights, intercepts, calibration = (np.array(part) for part in zip(*fitted, strict=True))
        return cls(features, np.ascontiguousarray(weights.T), intercepts, calibration)

    def read(self, document: Document, by_flag: Mapping[str, float]) -> Need:
        """What the post needs. ``by_flag`` are the highest confidences of the flags in it."""
        sentences = own_sentences(document)
        if not sentences:
            return Need()
        flags = _flag_columns(np.array([by_flag.get(flag, 0.0) for flag in flag_ids()]))
        scores = self.words_weigh(_whole(sentences)) + flags @ self.weights[-len(flags) :] + self.intercepts
        sure = expit(scores * self.calibration[:, 0] + self.calibration[:, 1])
        places: list[Place | None] = [None, None]
        if sure.max() >= _WORTH_A_PLACE:
            # Rows are of unit length, so that a sentence is drawn out again by how long it is.
            texts = [plain(one.text) for one in sentences]
            shares = [self.words_weigh(text) * len(WORD.findall(text)) ** 0.5 for text in texts]
            heaviest = [sentences[row] for row in np.argmax(shares, axis=0)]
            places = [(document.blocks[one.block].id, one.start, one.end) for one in heaviest]
        danger, care = (Sure(round(float(one), 4), place) for one, place in zip(sure, places, strict=True))
        return Need(danger, care)

    def words_weigh(self, text: str) -> np.ndarray:
        """What the words of a plain text weigh; shape (2,). As ``features.transform`` by ``weights``, which is made for
        many texts at a time and takes milliseconds for one.
        """
        (_, words), (_, chars) = self.features.transformer_list
        known = words.vocabulary_
        pairs = np.array([known[run] for run in word_runs(Post(text)) if run in known], dtype=np.int64)
        letters = [chars.columns_of(word) for word in WORD.findall(text)]
        runs = np.concatenate(letters) if letters else pairs[:0]
        split = len(words.idf_)
        by_words, by_letters = (
            _weigh(pairs, words.idf_, self.weights[:split]),
            _weigh(runs, chars.idf_, self.weights[split:]),
        )
        return np.asarray(by_words + by_letters)

    def arrays(self) -> Iterator[np.ndarray]:
        """All that was learned, for the model's digest."""
        names = "\n".join(map(str, self.features.get_feature_names_out()))
        yield np.frombuffer(names.encode("utf-8", "surrogatepass"), np.uint8)
        yield from (step.idf_ for _, step in self.features.transformer_list)
        yield from (self.weights, self.intercepts, self.calibration)


def word_runs(text: Post) -> list[str]:
    """Words and pairs of neighbouring words."""
    words = WORD.findall(text.plain)
    return [*words, *(f"{one} {other}" for one, other in pairwise(words))]


def own_sentences(document: Document) -> list[Sentence]:
    """The poster's own sentences, without what another wrote and is quoted."""
    return [one for one in split_document(document) if not document.blocks[one.block].is_quoted]


def _whole(sentences: Sequence[Sentence]) -> str:
    return plain(" ".join(one.text for one in sentences))


def _weigh(columns: np.ndarray, idf: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """TF-IDF of one text with sublinear counts, of unit length, times the weights."""
    if not len(columns):
        return np.zeros(len(LEARNED))
    columns, counts = np.unique(columns, return_counts=True)
    values = (1.0 + np.log(counts)) * idf[columns]
    return np.asarray(values @ weights[columns] / np.sqrt(values @ values))


def _flag_columns(confidences: np.ndarray) -> np.ndarray:
    return np.asarray(np.clip(log_odds(confidences), -SUREST, SUREST) * FLAG_WEIGHT)


def _fit_one(rows: sparse.csr_matrix, examples: Examples, column: int) -> tuple[np.ndarray, float, np.ndarray]:
    """Weights, intercept and calibration of one need."""
    y, writers = examples.y[:, column], np.array(examples.writers)
    scores = np.zeros(len(y))
    for train, test in GroupKFold(min(FOLDS, len(set(examples.writers)))).split(rows, groups=writers):
        scores[test] = _regression().fit(rows[train], y[train]).decision_function(rows[test])
    known = examples.in_thread
    platt = LogisticRegression(C=1e4).fit(scores[known, None], y[known])
    model = _regression().fit(rows, y)
    return model.coef_[0], float(model.intercept_[0]), np.array([platt.coef_[0, 0], platt.intercept_[0]])


def _regression() -> LogisticRegression:
    return LogisticRegression(C=PENALTY_C, class_weight="balanced", solver="liblinear", random_state=0)
