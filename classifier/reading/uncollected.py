"""Reading without stops of Python's collector of cycles.

Reading makes tens of thousands of objects and no cycles: all of them go when nothing holds them any more. The collector
looks through them, and through all that the program holds, again and again, which took a quarter of the time.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Let the collector rest meanwhile, where it is at work. Another thread may wake it, which only costs time."""
    is_at_work = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if is_at_work:
            gc.enable()
