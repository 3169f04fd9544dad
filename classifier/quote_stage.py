"""The last word on ``unsourced-quote``: the confidence of a sentence with a quotation, weighed by the quotation's form.

The two stages learn from all sentences, and the words of their topics weigh most. Whether quotation marks hold a
statement that somebody made is told by other things: who speaks, to whom, and what stands around the marks. A logistic
regression over the stages' confidence and :data:`~classifier.quote_form.QUOTE_FORM` learned that from the sentences
with quotations alone. Why: docs/decisions/quote-stage.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import expit, logit
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from classifier.quote_form import QUOTE_FORM, is_judged, quote_form
from classifier.views import SentenceView

# Log-odds beyond this are sure enough.
SUREST = 8.0
# Inverse strength of the L2 penalty, chosen by cross-validation on the training pages.
PENALTY_C = 0.2
# With fewer quotations of either sort nothing is learned, and the stages' confidence stands.
FEWEST = 10
_SMALLEST = 1e-6


@dataclass(frozen=True, slots=True)
class QuoteStage:
    """``weights`` has shape (2 + len(QUOTE_FORM),): intercept, log-odds of the stages' confidence, form."""

    weights: np.ndarray

    @classmethod
    def fit(cls, views: Sequence[SentenceView], confidence: np.ndarray, y: np.ndarray) -> QuoteStage:
        """Learn from sentences with quotations, out-of-fold confidences and labels, each of length n_sentences."""
        if min(y.sum(), len(y) - y.sum()) < FEWEST:
            return cls(np.array([0.0, 1.0, *[0.0] * len(QUOTE_FORM)]))
        rows = _rows(views, confidence)
        scaler = StandardScaler().fit(rows)
        model = LogisticRegression(C=PENALTY_C, max_iter=3000).fit(scaler.transform(rows), y)
        slopes = model.coef_[0] / scaler.scale_
        return cls(np.concatenate([model.intercept_ - slopes @ scaler.mean_, slopes]))

    def confidence(self, views: Sequence[SentenceView], confidence: np.ndarray) -> np.ndarray:
        """That of ``unsourced-quote`` for every sentence, 0 where no quotation may be unsourced.

        The mean of the log-odds of both, as in the second stage: the form of quotations differs from site to site.
        ``confidence`` and what is returned have shape (n_sentences,).
        """
        found = np.zeros(len(views))
        judged = [number for number, view in enumerate(views) if is_judged(view)]
        if judged:
            rows = _rows([views[number] for number in judged], confidence[judged])
            found[judged] = expit((rows[:, 0] + self.weights[0] + rows @ self.weights[1:]) / 2)
        return found

    def arrays(self) -> Iterator[np.ndarray]:
        """All that was learned, for the model's digest."""
        yield self.weights


def _rows(views: Sequence[SentenceView], confidence: np.ndarray) -> np.ndarray:
    sure = np.clip(logit(np.clip(confidence, _SMALLEST, 1 - _SMALLEST)), -SUREST, SUREST)
    return np.column_stack([sure, np.array([quote_form(view) for view in views], dtype=np.float64)])
