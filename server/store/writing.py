"""Transactions that write: on SQLite they take the lock at once, so that none fails half-way for want of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa


@contextmanager
def writing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A connection in a transaction that is committed at the end, and rolled back by an error.

    A plain SQLite transaction that first reads and then writes is refused, without waiting, when another wrote between.
    """
    with engine.connect().execution_options(sqlite_begin="IMMEDIATE") as connection, connection.begin():
        yield connection
