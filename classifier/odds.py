"""Log-odds of probabilities, kept finite."""

from __future__ import annotations

import numpy as np
from scipy.special import logit

# The smallest probability that is told from none, and as far below one the largest.
SMALLEST = 1e-6


def log_odds(probabilities: np.ndarray) -> np.ndarray:
    """Log-odds of probabilities (0 to 1), of the same shape; those of 0 and 1 are as far out as ``SMALLEST`` allows."""
    return np.asarray(logit(np.clip(probabilities, SMALLEST, 1 - SMALLEST)))
