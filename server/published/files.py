"""SQLite files of published data, each of its own beside the database: made by an import, read by the server.

Why apart from the database: docs/decisions/published-data-in-files.md.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from server.errors import StartError
from server.store.database import LOCK_WAIT, prepare_folder


class PublishedError(StartError):
    """A file of published data cannot be used as it is."""

    code = "bad-published-data"


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """Where one kind of published data is kept. ``schema`` holds its statements, ``version`` their number."""

    path: Path
    schema: str
    version: int

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction: all of it is kept, or nothing. Makes the file when there is none.

        Raises :class:`PublishedError` when the file cannot be written or was made by another version.
        """
        prepare_folder(self.path.parent)
        with _told(self.path):
            connection = sqlite3.connect(self.path, timeout=LOCK_WAIT, isolation_level=None)
            try:
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("BEGIN IMMEDIATE")
                self._prepare(connection)
                yield connection
                connection.execute("COMMIT")
            finally:
                connection.close()

    def _prepare(self, connection: sqlite3.Connection) -> None:
        found = connection.execute("PRAGMA user_version").fetchone()[0]
        if found not in (0, self.version):
            raise _other_version(self.path)
        if found == 0:
            for statement in self.schema.split(";"):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {self.version}")

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection | None]:
        """A connection that cannot write, or None when nothing was imported. Raises :class:`PublishedError`."""
        if not self.path.exists():
            yield None
            return
        with _told(self.path):
            connection = sqlite3.connect(f"{self.path.absolute().as_uri()}?mode=ro", uri=True, timeout=LOCK_WAIT)
            try:
                found = connection.execute("PRAGMA user_version").fetchone()[0]
                if found not in (0, self.version):
                    raise _other_version(self.path)
                # An import that broke off leaves an empty file behind.
                yield connection if found else None
            finally:
                connection.close()

    def clear(self) -> None:
        """Remove the file with all that it holds. Raises :class:`PublishedError`."""
        try:
            for ending in ("", "-wal", "-shm"):
                Path(f"{self.path}{ending}").unlink(missing_ok=True)
        except OSError as error:
            reason = error.strerror or "unknown reason"
            raise PublishedError(
                f"The file {self.path} cannot be removed: {reason}.", hint="Remove it by hand."
            ) from None


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise PublishedError(
            f"The file {path} cannot be used ({type(error).__name__}).",
            hint="See that it can be read and written. If it is damaged, clear it and import anew.",
        ) from None


def _other_version(path: Path) -> PublishedError:
    return PublishedError(
        f"The file {path} was made by another version of Pinch.",
        hint="Clear it and import anew: see docs/factchecks.md.",
    )
