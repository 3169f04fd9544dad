"""Which flags are raised: first whether a sentence carries any, then which of them.

Two flags that share a sentence's confidence (a miracle or an overclaim?) may each stay below a threshold of their own
though nobody doubts that the sentence carries one. So sentences are chosen by the confidence that any flag fits; a
chosen sentence gets every flag that reaches its own threshold, else the surest of the others. Quotations are known by
their marks, and stand by their own threshold alone.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from classifier.odds import log_odds
from classifier.taxonomy import QUOTE_FLAG, flag_ids

# How many of the surest flags decide whether any fits.
ANY_RANKS = 3


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Of one setting: per flag, shape (n_flags,), and for "any flag". Without the latter each flag stands alone."""

    flags: np.ndarray
    any_flag: float | None = None


def raised(confidences: np.ndarray, thresholds: Thresholds, any_weights: np.ndarray | None) -> np.ndarray:
    """Where a flag is raised; booleans of the shape of ``confidences``, (n_sentences, n_flags)."""
    reached = (confidences >= thresholds.flags) & (confidences > 0)
    if thresholds.any_flag is None or any_weights is None or not len(confidences):
        return np.asarray(reached)
    chosen = any_confidence(confidences, any_weights) >= thresholds.any_flag
    found = reached & chosen[:, None]
    is_quote = np.array(flag_ids()[: confidences.shape[1]]) == QUOTE_FLAG
    others = np.where(is_quote, 0.0, confidences)
    bare = np.flatnonzero(chosen & ~found.any(axis=1) & (others > 0).any(axis=1))
    found[bare, others[bare].argmax(axis=1)] = True
    found[:, is_quote] |= reached[:, is_quote]
    return np.asarray(found)


def ranked_log_odds(confidences: np.ndarray) -> np.ndarray:
    """Log-odds of the surest flags of each sentence, highest first; shape (n_sentences, ANY_RANKS)."""
    return log_odds(np.sort(confidences, axis=1)[:, ::-1][:, :ANY_RANKS])


def any_confidence(confidences: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Calibrated confidence that a sentence carries any flag; shape (n_sentences,).

    The highest confidence alone is too low, because a sentence may carry any of eleven; a sigmoid over the log-odds
    of the surest few (weights: intercept first) mends that.
    """
    return np.asarray(expit(weights[0] + ranked_log_odds(confidences) @ weights[1:]))
