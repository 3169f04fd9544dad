"""The second stage: what the first one says of a sentence, weighed again beside what it says of all others on the page.

The linear models of the first stage cannot tell that a cue means less when the sentence names a source, nor that a page
whose other sentences are all sober is seldom a seller's. A small neural network sees their scores for the sentence, for
its neighbours and for the rest of the page together with the sentence's dense row (stacked generalisation, Wolpert
1992). It learns from out-of-fold scores only, so it meets the first stage as new pages will.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier
from sklearn.preprocessing import StandardScaler
from threadpoolctl import threadpool_limits

from classifier.odds import log_odds

# Scores beyond this are sure enough; without a limit a few odd sentences would rule the network.
SUREST_SCORE = 8.0
FARTHEST = 5.0
# How many sentences of an average page the mean of a page's other sentences starts from.
PRIOR_SENTENCES = 5.0
# Chosen by cross-validation and on pages of writers that the model had not seen (docs/model-choice.md).
HIDDEN, PENALTY, RATE, EPOCHS, BATCH, NETS = 128, 0.3, 0.003, 15, 256, 3
SEED = 20261127


def around(scores: np.ndarray, bounds: Sequence[int], mean: np.ndarray) -> np.ndarray:
    """Scores before, behind and elsewhere on the page; shape (n_sentences, 3 * n_flags).

    The last part is the mean of the page's other sentences, drawn to ``mean`` (shape (n_flags,)) by
    ``PRIOR_SENTENCES``.
    """
    before, behind, others = np.zeros_like(scores), np.zeros_like(scores), np.zeros_like(scores)
    for start, end in pairwise(bounds):
        rows = scores[start:end]
        before[start + 1 : end] = rows[:-1]
        behind[start : end - 1] = rows[1:]
        others[start:end] = (rows.sum(axis=0) - rows + PRIOR_SENTENCES * mean) / (len(rows) - 1 + PRIOR_SENTENCES)
    return np.hstack([before, behind, others])


@dataclass(frozen=True)
class SecondStage:
    """Fitted networks with the scaling of their input. ``mean`` of shape (n_flags,) is that of the first scores."""

    mean: np.ndarray
    scaler: StandardScaler
    nets: tuple[MLPClassifier, ...]

    @classmethod
    def fit(
        cls, scores: np.ndarray, dense: np.ndarray, bounds: Sequence[int], y: np.ndarray, *, wanted: np.ndarray
    ) -> SecondStage:
        """Learn from out-of-fold scores (n_sentences, n_flags), dense rows, page bounds and labels.

        Only ``wanted`` sentences are examples. The networks start from fixed seeds and run on one thread, so that the
        same data gives the same weights.
        """
        mean = np.clip(scores, -SUREST_SCORE, SUREST_SCORE).mean(axis=0)
        raw = _joined(scores, dense, bounds, mean)
        scaler = StandardScaler().fit(raw)
        rows = np.clip(scaler.transform(raw), -FARTHEST, FARTHEST)[wanted]
        with warnings.catch_warnings(), threadpool_limits(1):
            # A fixed number of rounds is wanted here; the penalty keeps the networks from learning by heart.
            warnings.simplefilter("ignore", ConvergenceWarning)
            nets = tuple(_new_net(number, len(rows)).fit(rows, y[wanted].astype(int)) for number in range(NETS))
        return cls(mean, scaler, nets)

    def scores(self, scores: np.ndarray, dense: np.ndarray, bounds: Sequence[int]) -> np.ndarray:
        """The mean of both stages' log-odds; shape (n_sentences, n_flags).

        By itself the second stage leans on the page too much: most pages that it learned from are hype or sober through
        and through, real ones mix both.
        """
        if not len(scores):
            return scores
        rows = self.scaler.transform(_joined(scores, dense, bounds, self.mean))
        rows = np.clip(rows, -FARTHEST, FARTHEST)
        shares = np.mean([net.predict_proba(rows) for net in self.nets], axis=0)
        return np.asarray((scores + log_odds(shares)) / 2)

    def arrays(self) -> Iterator[np.ndarray]:
        """All that was learned, for the model's digest."""
        yield from (self.mean, self.scaler.mean_, self.scaler.scale_)
        for net in self.nets:
            yield from (*net.coefs_, *net.intercepts_)


def _joined(scores: np.ndarray, dense: np.ndarray, bounds: Sequence[int], mean: np.ndarray) -> np.ndarray:
    scores = np.clip(scores, -SUREST_SCORE, SUREST_SCORE)
    return np.hstack([scores, around(scores, bounds, mean), dense])


def _new_net(number: int, rows: int) -> MLPClassifier:
    batch = min(BATCH, rows)
    return MLPClassifier(
        (HIDDEN,),
        alpha=PENALTY,
        batch_size=batch,
        learning_rate_init=RATE,
        max_iter=EPOCHS,
        random_state=SEED + number,
    )
