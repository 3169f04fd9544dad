"""The migration makes the tables that the code speaks of, on both databases, and takes them away again."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext

from server.moderation.tables import AUDIT, POSTS
from server.settings import Settings
from server.store import Store, open_store
from server.store.database import LOCK_WAIT, MIGRATIONS
from server.store.wal import LONGEST_LOG, PATIENCE_MS


@pytest.fixture
def store(both_settings: Settings) -> Store:
    return open_store(both_settings)


def test_migration_equals_the_tables(store: Store) -> None:
    with store.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), POSTS.metadata) == []
        indexes = {str(index["name"]) for index in sa.inspect(connection).get_indexes("post")}
    assert {"post_queue", "post_thread", "post_author", "post_posted"} <= indexes


def test_migration_goes_back(store: Store) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with store.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0002")
    assert set(sa.inspect(store.engine).get_table_names()) == {"alembic_version", "client", "feedback", "pairing_code"}


def test_times_come_back_as_they_went(store: Store) -> None:
    evening = datetime(2026, 3, 1, 23, 30, 5, 120_000, tzinfo=timezone(timedelta(hours=-5)))
    row = {"at": evening, "actor": "anne", "action": "look", "subject": "post 1", "detail": {"what": "ü"}}
    with store.engine.begin() as connection:
        connection.execute(AUDIT.insert(), row)
        kept = connection.execute(sa.select(AUDIT)).one()
    assert kept.at == evening
    assert kept.at.tzinfo is UTC
    assert kept.detail == {"what": "ü"}


def test_a_time_without_a_zone_is_refused(store: Store) -> None:
    row = {"at": datetime(2026, 3, 1), "actor": "anne", "action": "look", "subject": "post 1", "detail": {}}
    with store.engine.begin() as connection, pytest.raises(sa.exc.StatementError, match="zone"):
        connection.execute(AUDIT.insert(), row)


def test_the_log_of_sqlite_is_emptied_with_writers_shut_out(tmp_path: Path) -> None:
    store = open_store(Settings(data_dir=tmp_path))
    log = tmp_path / "pinch.sqlite3-wal"
    modes: list[str] = []

    def listen(connection: sqlite3.Connection, *_: object) -> None:
        connection.set_trace_callback(lambda sql: modes.append(sql) if "checkpoint" in sql else None)

    sa.event.listen(store.engine, "checkout", listen)
    longest = 0
    for number in range(40):
        row = {"actor": "anne", "action": "look", "subject": "post 1", "detail": {"long": "x" * 400_000}}
        with store.engine.begin() as connection:
            assert connection.exec_driver_sql("PRAGMA wal_autocheckpoint").scalar() == 0
            connection.execute(AUDIT.insert(), {**row, "at": datetime(2026, 3, 1, number % 24, tzinfo=UTC)})
        longest = max(longest, log.stat().st_size)
    emptied = [sql for sql in modes if sql.startswith("PRAGMA wal_checkpoint")]
    assert set(emptied) == {"PRAGMA wal_checkpoint(TRUNCATE)"}
    assert longest < 1.2 * LONGEST_LOG


def test_one_who_reads_on_and_on_holds_up_no_writer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = open_store(Settings(data_dir=tmp_path)).engine
    monkeypatch.setattr("server.store.wal.AGAIN", 0)
    row = {"at": datetime(2026, 3, 1, tzinfo=UTC), "actor": "anne", "action": "look", "subject": "post 1"}
    waits: list[int] = []

    def listen(connection: sqlite3.Connection, *_: object) -> None:
        connection.set_trace_callback(lambda sql: waits.append(int(sql.split("=")[1])) if "timeout =" in sql else None)

    with engine.connect() as reader:
        reader.execute(sa.select(AUDIT)).all()
        sa.event.listen(engine, "checkout", listen)
        for _ in range(3):
            with engine.begin() as connection:
                connection.execute(AUDIT.insert(), {**row, "detail": {"long": "x" * LONGEST_LOG}})
    # Each try waits for the reader a short while only, and leaves the connection as patient as it was.
    assert waits == [PATIENCE_MS, LOCK_WAIT * 1000] * 3
    assert (tmp_path / "pinch.sqlite3-wal").stat().st_size == 0


def test_what_is_acknowledged_is_on_the_disk(tmp_path: Path) -> None:
    with open_store(Settings(data_dir=tmp_path)).engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2  # FULL
