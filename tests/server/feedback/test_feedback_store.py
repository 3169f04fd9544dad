"""Feedback in the database: erased to the last byte, forgotten in time, and never in an error's words."""

from __future__ import annotations

import random
import re
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from server.app import create_app
from server.parts import Parts
from server.settings import Settings
from server.store import Choice, FeedbackStore, Store, open_store
from server.store.tables import METADATA
from tests.server.fakes import FakeDetector
from tests.server.feedback.conftest import feedback, uuid

TODAY = date(2026, 11, 27)


@pytest.fixture
def store(settings: Settings) -> Store:
    return open_store(settings)


@pytest.fixture
def client_id(store: Store) -> str:
    return store.clients.issue("laptop").client.id


def bytes_on_disk(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.iterdir())


def test_deleted_feedback_leaves_no_byte_behind(store: Store, client_id: str, settings: Settings) -> None:
    chance = random.Random(7)
    alive: dict[str, str] = {}
    for number in range(150):
        word = f"Quince{number:04}Jelly"
        text, note = f"{word} " * chance.choice((1, 5, 20, 100)), chance.choice((None, word))
        store.feedback.add(feedback(number, text=text, note=note, url=f"https://{word}.example/"), client_id=client_id)
        alive[uuid(number)] = word
        if chance.random() < 0.7:
            gone = chance.choice(list(alive))
            assert store.feedback.delete(gone)
            del alive[gone]
    assert store.feedback.delete(alive.popitem()[0])
    found = {word.decode() for word in re.findall(rb"Quince\d{4}Jelly", bytes_on_disk(settings.data_dir))}
    assert alive
    assert found == set(alive.values())
    assert store.feedback.delete_all() == len(alive)
    assert b"Quince" not in bytes_on_disk(settings.data_dir)
    assert b"laptop" in bytes_on_disk(settings.data_dir)


def test_feedback_sent_at_once_is_kept_once(store: Store, client_id: str) -> None:
    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(lambda _: store.feedback.add(feedback(1), client_id=client_id), range(16)))
    assert sorted(taken) == ["known"] * 15 + ["new"]
    assert store.feedback.count() == 1


def test_all_feedback_is_read_in_steps(store: Store, client_id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.store.feedback._AT_ONCE", 3)
    for number in range(10):
        store.feedback.add(feedback(number, verdict=("wrong", "right")[number % 2]), client_id=client_id)
    assert [kept.feedback.id for kept in store.feedback.all()] == [uuid(number) for number in reversed(range(10))]
    right = store.feedback.all(Choice(verdict="right"))
    assert [kept.feedback.id for kept in right] == [uuid(number) for number in (9, 7, 5, 3, 1)]


def test_feedback_is_forgotten_after_its_days(store: Store, client_id: str, settings: Settings) -> None:
    days = [TODAY]
    kept = FeedbackStore(store.engine, days=30, today=lambda: days[-1])
    kept.add(feedback(1, text="Old pears."), client_id=client_id)
    days.append(TODAY + timedelta(days=1))
    kept.add(feedback(2), client_id=client_id)
    days.append(TODAY + timedelta(days=30))
    assert kept.forget_old() == 0, "kept for thirty days"
    days.append(TODAY + timedelta(days=31))
    assert kept.forget_old() == 1
    assert [one.feedback.id for one in kept.all()] == [uuid(2)]
    assert b"Old pears" not in bytes_on_disk(settings.data_dir)


def test_feedback_is_looked_over_once_a_day(store: Store) -> None:
    asked: list[str] = []
    sa.event.listen(store.engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    days = [TODAY]
    kept = FeedbackStore(store.engine, days=1, today=lambda: days[-1])
    for _ in range(3):
        kept.forget_old()
    assert len([sql for sql in asked if sql.startswith("DELETE")]) == 1
    days.append(TODAY + timedelta(days=1))
    kept.forget_old()
    assert len([sql for sql in asked if sql.startswith("DELETE")]) == 2


def test_feedback_is_kept_without_end_by_default(store: Store, client_id: str) -> None:
    FeedbackStore(store.engine, today=lambda: date(1999, 1, 1)).add(feedback(1), client_id=client_id)
    assert store.feedback.forget_old() == 0
    assert store.feedback.count() == 1


def _age(parts: Parts, days: int) -> None:
    sent_on = date.today() - timedelta(days=days)
    with parts.store.engine.begin() as connection:
        connection.execute(sa.text("UPDATE feedback SET sent_on = :day"), {"day": sent_on.isoformat()})


def test_old_feedback_goes_at_the_start_and_on_each_days_first_request(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "aged", feedback_days=10)
    parts: Parts = create_app(settings, detector=FakeDetector()).extensions["pinch"]
    issued = parts.store.clients.issue("laptop")
    parts.store.feedback.add(feedback(1), client_id=issued.client.id)
    _age(parts, 12)
    app: Flask = create_app(settings, detector=FakeDetector())
    store = app.extensions["pinch"].store
    assert store.feedback.count() == 0, "at the start"
    store.feedback.add(feedback(2), client_id=issued.client.id)
    _age(parts, 12)
    store.feedback._looked_on = date.today() - timedelta(days=1)
    app.test_client().get("/healthz")
    assert store.feedback.count() == 1, "nobody was let in"
    app.test_client().get("/v1/flags", headers={"Authorization": f"Bearer {issued.token}"})
    assert store.feedback.count() == 0


def test_database_errors_do_not_repeat_feedback(store: Store, client_id: str) -> None:
    with store.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE feedback")
    with pytest.raises(sa.exc.OperationalError) as caught:
        store.feedback.add(feedback(1, text="Beetroot gossip."), client_id=client_id)
    assert "gossip" not in str(caught.value)


def test_a_database_from_before_feedback_is_brought_up_to_date(store: Store, settings: Settings) -> None:
    token = store.clients.issue("laptop").token
    store.engine.dispose()
    with sqlite3.connect(settings.data_dir / "pinch.sqlite3") as connection:
        for table in reversed(METADATA.sorted_tables):
            if table.name not in ("client", "pairing_code"):
                connection.execute(f"DROP TABLE {table.name}")
        for later in ("person", "epoch"):
            connection.execute(f"ALTER TABLE client DROP COLUMN {later}")
        connection.execute("UPDATE alembic_version SET version_num = '0001'")
    again = open_store(settings)
    assert again.feedback.count() == 0
    assert again.clients.check(token) is not None
