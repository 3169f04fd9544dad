"""SQLite's write-ahead log is emptied here, and only with writers shut out.

SQLite's own way, a passive checkpoint after a commit that made the log long, runs beside other writers. Until 3.51.3 a
commit in the same instant could lose what was acknowledged (https://www.sqlite.org/wal.html#walresetbug), and Pythons
bring older ones. So SQLite's own is off, and the log is moved into the database by TRUNCATE, which holds the writer's
lock as long as it runs. It waits for readers of the log, and while one reads on and on it gives up soon, so that nobody
who writes waits with it. See docs/decisions/sqlite-durability.md.
"""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path
from typing import Any

import sqlalchemy as sa

# About what SQLite's own way lets it grow to: 1,000 pages of 4 KiB.
LONGEST_LOG = 4 * 1024 * 1024
# How long readers are waited for with the writer's lock in hand, and how long until the next try.
PATIENCE_MS = 100
AGAIN = 2.0  # seconds


def keep_log_short(engine: sa.Engine) -> None:
    """Empty the log whenever a connection is given back and finds it long."""
    log, not_before = Path(f"{engine.url.database}-wal"), 0.0

    def empty_when_long(connection: sqlite3.Connection | None, _record: Any) -> None:
        nonlocal not_before
        if connection is not None and _size(log) > LONGEST_LOG and time.monotonic() >= not_before:
            not_before = 0.0 if _empty(connection) else time.monotonic() + AGAIN

    sa.event.listen(engine, "connect", _leave_it_to_us)
    sa.event.listen(engine, "checkin", empty_when_long)


def _empty(connection: sqlite3.Connection) -> bool:
    """Whether the log could be emptied."""
    ((usual,),) = connection.execute("PRAGMA busy_timeout").fetchall()
    connection.execute(f"PRAGMA busy_timeout = {PATIENCE_MS}")
    try:
        ((is_busy, _, _),) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        connection.execute(f"PRAGMA busy_timeout = {usual}")
    return not is_busy


def _leave_it_to_us(connection: sqlite3.Connection, _record: Any) -> None:
    connection.execute("PRAGMA wal_autocheckpoint = 0")


def _size(log: Path) -> int:
    try:
        return log.stat().st_size
    except OSError:
        return 0
