"""How long one input may take."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager

# Generous: the machine may be busy, and an input is at most some kilobytes long.
MOST_SECONDS = 30


class TooSlowError(AssertionError):
    """An input took longer than it may."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Stop what takes longer, where the system has timers; elsewhere it is found out at its end."""
    start = time.monotonic()
    if hasattr(signal, "setitimer"):
        before = signal.signal(signal.SIGALRM, _stop)
        signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)
    if time.monotonic() - start > seconds:
        raise TooSlowError(f"An input took more than {seconds} seconds.")


def _stop(_signal: int, _frame: object) -> None:
    raise TooSlowError("An input took longer than it may.")
