"""What people see of the messages to forums: commands, the overview; and the server brings them by itself."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner
from flask import Flask

from server.app import create_app
from server.cli import main
from server.commands.serving import tell_forums
from server.forums.outbox import Outbox
from server.forums.outbox_tables import OUTBOX
from server.settings import Settings
from server.store import open_store
from server.store.times import now
from tests.server.conftest import Client
from tests.server.fakes import FakeDetector
from tests.server.forums.listening import SECRET, Listener, listening
from tests.server.forums.telling import decide, put
from tests.server.forums.test_outbox_killed import FILE


@pytest.fixture
def listener() -> Iterator[Listener]:
    with listening(Listener()) as listener:
        yield listener


@pytest.fixture
def settings(tmp_path: Path, listener: Listener) -> Settings:
    settings = Settings(data_dir=tmp_path / "data")
    settings.data_dir.mkdir()
    path = settings.data_dir / "connections.toml"
    path.write_text(FILE.format(address=listener.address, secret=SECRET))
    path.chmod(0o600)
    return settings


@pytest.fixture
def app(settings: Settings) -> Flask:
    return create_app(settings, detector=FakeDetector())


@pytest.fixture
def engine(app: Flask, settings: Settings) -> sa.Engine:
    return open_store(settings).engine


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ("forums", *arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout if result.exit_code < 2 else result.stderr


def test_commands_bring_and_tell(engine: sa.Engine, listener: Listener) -> None:
    put(engine, 1, 2)
    assert run("outbox") == (0, "Every forum was told everything.\n")
    decide(engine, 1)
    listener.answers = [500]
    assert run("deliver") == (1, "boards: 0 told, 1 not told.\n")
    code, told = run("outbox")
    assert code == 0
    assert told.startswith("boards: 1 wait, the oldest of 2")
    assert told.endswith("UTC, 0 given up (answered 500).\n")
    assert "1 not told: pinch forums outbox" in run("list")[1]
    decide(engine, 2)
    assert run("deliver") == (0, "boards: 1 told, 0 not told.\n")
    assert SECRET not in run("list")[1] + run("outbox")[1]


def test_a_command_that_finds_no_connections_gives_nothing_up(engine: sa.Engine, settings: Settings) -> None:
    put(engine, 1, 2)
    decide(engine, 1)
    (settings.data_dir / "connections.toml").rename(settings.data_dir / "elsewhere.toml")
    assert run("deliver")[0] == 0
    decide(engine, 2)
    assert [state.waiting for state in Outbox(engine).states()] == [2]


def test_the_overview_says_when_a_forum_was_not_told(engine: sa.Engine, signed_in: Client) -> None:
    put(engine, 1)
    decide(engine, 1)
    assert "was not told" not in signed_in.get("/overview").text, "it was decided just now"
    with engine.begin() as connection:
        gone = {"state": "failed", "told": "answered 410", "ended_at": now()}
        connection.execute(OUTBOX.update().values(gone))
    page = " ".join(signed_in.get("/overview").text.split())
    assert "boards was not told of 1 decision, 1 of them given up: answered 410." in page


def test_the_server_tells_by_itself(app: Flask, engine: sa.Engine, listener: Listener) -> None:
    tell_forums(app)
    put(engine, 1)
    decide(engine, 1)
    until = time.monotonic() + 20
    while not listener.taken and time.monotonic() < until:
        time.sleep(0.05)
    assert listener.decisions == [("p1", "decision.made", "upheld")]


def test_asking_needs_a_secret_and_holding_needs_asking(settings: Settings) -> None:
    path = settings.data_dir / "connections.toml"
    for more, told in (("asks = true", "asks needs a webhook_secret"), ("hold_from = 0.5", "hold_from needs asks")):
        path.write_text(f'[[forum]]\nsource = "boards"\nkind = "generic"\n{more}\n')
        code, out = run("deliver")
        assert (code, told in out) == (2, True)
