"""What was deleted is gone from SQLite's files too, not only from its answers.

SQLite marks deleted rows as free space and leaves their bytes. ``PRAGMA secure_delete`` (set on every connection by
:mod:`server.store.database`) overwrites them with zeros, and the write-ahead log, which holds older copies of pages, is
emptied here. See https://www.sqlite.org/pragma.html#pragma_secure_delete and https://www.sqlite.org/wal.html.
Other databases clear away in their own time; docs/server.md says so.
"""

from __future__ import annotations

import sqlalchemy as sa


def erase_remains(engine: sa.Engine) -> None:
    """Move the write-ahead log into the database and cut it to nothing.

    Waits for readers as long as any writer does. Where one reads even longer, the log goes with the next deletion, at
    the latest when the last process closes the database.
    """
    if engine.dialect.name != "sqlite":
        return
    raw = engine.raw_connection()
    try:
        raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        raw.close()
