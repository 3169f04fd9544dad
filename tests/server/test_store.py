"""Tokens and codes: what is stored, what is checked, and many processes at once."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from server.errors import StartError
from server.security.sessions import cookie_key
from server.settings import Settings
from server.store import Clients, Codes, Store, open_store
from server.store.codes import ALPHABET, GOOD_FOR, normalise
from server.store.tables import METADATA

ROOT = Path(__file__).parents[2]


@pytest.fixture
def store(settings: Settings) -> Store:
    return open_store(settings)


def _dump(settings: Settings) -> str:
    with sqlite3.connect(settings.data_dir / "pinch.sqlite3") as connection:
        return "\n".join(connection.iterdump())


def test_only_a_digest_of_a_token_is_stored(store: Store, settings: Settings) -> None:
    token = store.clients.issue("laptop").token
    secret = token.split("_", 2)[2]
    assert len(secret) == 43
    assert secret not in _dump(settings)


def test_only_a_digest_of_a_code_is_stored(store: Store, settings: Settings) -> None:
    code = store.codes.make()
    assert code not in _dump(settings)
    assert normalise(code) not in _dump(settings)


def test_token_lets_in_until_revoked(store: Store) -> None:
    issued = store.clients.issue("laptop")
    client = store.clients.check(issued.token)
    assert client is not None
    assert client.name == "laptop"
    assert store.clients.revoke(client.id)
    assert store.clients.check(issued.token) is None
    assert not store.clients.revoke(client.id)


def test_wrong_tokens_are_refused(store: Store) -> None:
    token = store.clients.issue("laptop").token
    other = store.clients.issue("other").token
    swapped = f"pinch_{token.split('_')[1]}_{other.split('_', 2)[2]}"
    for wrong in ("", "pinch_", token[:-1], token + "x", token.upper(), swapped, "\ud800", "a" * 10_000):
        assert store.clients.check(wrong) is None


def test_a_kind_of_client_is_not_another(store: Store) -> None:
    browser = store.clients.issue("Firefox", kind="browser").token
    assert store.clients.check(browser) is None
    assert store.clients.check(browser, kind="browser") is not None
    assert store.clients.check(store.clients.issue("x").token, kind="browser") is None


def test_tokens_are_compared_in_constant_time(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[str, str]] = []

    def compare(left: str, right: str) -> bool:
        seen.append((left, right))
        return False

    monkeypatch.setattr("server.store.clients.hmac.compare_digest", compare)
    token = store.clients.issue("laptop").token
    assert store.clients.check(token) is None
    assert store.clients.check("pinch_aaaaaaaa_" + "a" * 43) is None
    assert len(seen) == 2


def test_last_use_is_a_day_and_written_once_a_day(store: Store) -> None:
    days = [date(2026, 11, 20)]
    clients = Clients(store.engine, today=lambda: days[-1])
    token = clients.issue("laptop").token
    writes: list[str] = []
    sa.event.listen(
        store.engine,
        "before_cursor_execute",
        lambda *args: writes.append(args[2]) if args[2].startswith("UPDATE") else None,
    )
    for _ in range(3):
        clients.check(token)
    assert len(writes) == 1
    days.append(date(2026, 11, 21))
    clients.check(token)
    assert len(writes) == 2
    assert clients.all()[0].last_used_on == date(2026, 11, 21)


def test_a_code_is_good_once_however_it_is_typed(store: Store) -> None:
    code = store.codes.make()
    assert len(code) == 9
    assert set(code) <= set(ALPHABET) | {"-"}
    assert store.codes.take(f" {code.lower().replace('-', ' ')} ")
    assert not store.codes.take(code)


def test_a_code_runs_out(store: Store) -> None:
    now = [1_000_000.0]
    codes = Codes(store.engine, clock=lambda: now[0])
    first, second = codes.make(), codes.make()
    now[0] += GOOD_FOR - 1
    assert codes.take(first)
    now[0] += 1
    assert not codes.take(second)


def test_a_code_asked_for_at_once_is_given_once(store: Store) -> None:
    code = store.codes.make()
    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(store.codes.take, [code] * 16)) == 1


def test_alphabet_has_no_look_alikes() -> None:
    assert not set(ALPHABET) & set("0O1IL UV")


def test_migrations_make_the_tables(store: Store, settings: Settings) -> None:
    with store.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
    assert open_store(settings).is_reachable()


def test_processes_may_start_at_once(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from server.settings import Settings;"
        "from server.store import open_store;"
        "from server.security.sessions import cookie_key;"
        "folder = Path(sys.argv[1]); store = open_store(Settings(data_dir=folder));"
        "token = store.clients.issue('x').token; assert store.clients.check(token); print(cookie_key(folder).hex())"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "new" / "data")]
    running = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    keys = {process.communicate(timeout=60)[0] for process in running}
    assert [process.returncode for process in running] == [0] * 4
    assert len(keys) == 1


def test_cookie_key_is_kept_and_private(tmp_path: Path) -> None:
    key = cookie_key(tmp_path)
    assert cookie_key(tmp_path) == key
    assert (tmp_path / "cookie.key").stat().st_mode & 0o077 == 0
    (tmp_path / "cookie.key").write_bytes(b"short")
    with pytest.raises(StartError, match="damaged"):
        cookie_key(tmp_path)


def test_unwritable_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StartError, match=r"cannot be written.*PINCH_DATA_DIR"):
        open_store(Settings(data_dir=tmp_path / "file" / "data"))


@pytest.mark.parametrize(
    "url", ["nonsense", "mysql://x/y", "nosuch+driver://secret@host/db", "sqlite:////proc/none/x.db"]
)
def test_bad_database_address_is_told(tmp_path: Path, url: str) -> None:
    with pytest.raises(StartError) as caught:
        open_store(Settings(data_dir=tmp_path, database_url=url))
    assert "secret" not in str(caught.value)


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    (tmp_path / "pinch.sqlite3").write_text("this is no database, but long enough to look like one" * 40)
    with pytest.raises(StartError):
        open_store(Settings(data_dir=tmp_path))


def test_unreachable_database_is_seen(settings: Settings) -> None:
    store = open_store(settings)
    store.engine.dispose()
    (settings.data_dir / "pinch.sqlite3").unlink()
    (settings.data_dir / "pinch.sqlite3").mkdir()
    assert not store.is_reachable()
