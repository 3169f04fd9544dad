"""Opens the database and brings it up to date, also when several processes start at once."""

from __future__ import annotations

import os
import sqlite3
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, OperationalError, SQLAlchemyError

from server.errors import StartError
from server.settings import Settings
from server.store.clients import Clients
from server.store.codes import Codes
from server.store.feedback import FeedbackStore
from server.store.wal import keep_log_short

MIGRATIONS = Path(__file__).parents[1] / "migrations"
LOCK_WAIT = 15  # seconds a writer waits for another
ADVISORY_LOCK = 0x50494E43  # "PINC": the number under which PostgreSQL lets one process migrate at a time


@dataclass(frozen=True, slots=True)
class Store:
    """The open database."""

    engine: sa.Engine
    clients: Clients
    codes: Codes
    feedback: FeedbackStore

    def is_reachable(self) -> bool:
        """Whether the database answers now."""
        try:
            with self.engine.connect() as connection:
                return connection.execute(sa.text("SELECT 1")).scalar() == 1
        except (SQLAlchemyError, sqlite3.Error):
            return False


def open_store(settings: Settings) -> Store:
    """Make the data folder, open the database, run what migrations are due, erase what is past its days.

    Raises :class:`StartError` when the folder cannot be written or the database cannot be opened.
    """
    prepare_folder(settings.data_dir)
    try:
        engine = _engine(settings.database)
        _migrate(engine)
        store = Store(engine, Clients(engine), Codes(engine), FeedbackStore(engine, days=settings.feedback_days))
        store.feedback.forget_old()
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError):
        raise StartError(
            "PINCH_DATABASE_URL is no address that can be opened here.",
            hint="Write it as SQLAlchemy wants it and install the database's driver.",
        ) from None
    except (SQLAlchemyError, sqlite3.Error, CommandError) as error:
        raise StartError(
            f"The database could not be opened or brought up to date ({type(error).__name__}).",
            hint="See that the address is right, the file can be written, and was not made by a newer Pinch.",
        ) from None
    return store


def prepare_folder(folder: Path) -> None:
    """Make the data folder, readable by its owner alone. Raises :class:`StartError` when it cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise _unwritable(folder, error.strerror) from None
    if not os.access(folder, os.W_OK | os.X_OK):
        raise _unwritable(folder, "permission denied")


def _unwritable(folder: Path, reason: str | None) -> StartError:
    return StartError(
        f"The data folder {folder} cannot be written: {reason or 'unknown reason'}.",
        hint="Make it writable, or set PINCH_DATA_DIR to another folder.",
    )


def _engine(url: str) -> sa.Engine:
    """The engine. Its errors leave out parameters: they hold readers' words."""
    address = sa.make_url(url)
    if address.get_backend_name() != "sqlite":
        return sa.create_engine(address, pool_pre_ping=True, hide_parameters=True)
    engine = sa.create_engine(address, connect_args={"timeout": LOCK_WAIT}, hide_parameters=True)
    sa.event.listen(engine, "connect", _set_up_sqlite)
    sa.event.listen(engine, "begin", _begin_sqlite)
    keep_log_short(engine)
    return engine


def _set_up_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    # The driver would begin transactions late and never around DDL; _begin_sqlite does it instead.
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {LOCK_WAIT * 1000}")
    # What was acknowledged is on the disk: a moderator's decision must outlive a power cut.
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA secure_delete = ON")


def _begin_sqlite(connection: sa.Connection) -> None:
    mode = connection.get_execution_options().get("sqlite_begin", "")
    connection.exec_driver_sql(f"BEGIN {mode}")


def _migrate(engine: sa.Engine) -> None:
    """Run what migrations are due, one process at a time."""
    if engine.dialect.name == "sqlite":
        _use_write_ahead_log(engine)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with engine.connect().execution_options(sqlite_begin="IMMEDIATE") as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": ADVISORY_LOCK})
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _use_write_ahead_log(engine: sa.Engine) -> None:
    """Let readers and a writer work side by side.

    SQLite does not wait for its lock here, so this does, for processes that start at once.
    """
    deadline = time.monotonic() + LOCK_WAIT
    while True:
        try:
            raw = engine.raw_connection()
            try:
                raw.cursor().execute("PRAGMA journal_mode = WAL")
            finally:
                raw.close()
            return
        except (OperationalError, sqlite3.OperationalError) as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise StartError(
                    "The SQLite file could not be opened for writing.",
                    hint="See that its folder exists and can be written.",
                ) from None
            time.sleep(0.05)
