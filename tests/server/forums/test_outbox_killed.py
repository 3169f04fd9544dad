"""The process that tells forums is killed by SIGKILL, again and again: nothing is lost, and the order stays."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
import sqlalchemy as sa

from server.forums.connections import load_connections
from server.forums.couriers import note_who_is_told
from server.forums.outbox_tables import OUTBOX
from server.settings import Settings
from server.store import open_store
from tests.server.forums.listening import SECRET, Listener, listening
from tests.server.forums.telling import decide, put, undo

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL.")
FILE = """
[[forum]]
source = "boards"
kind = "generic"
callback_url = "{address}"
callback_secret = "{secret}"
"""
DELIVER = "from server.forums.outbox_commands import deliver; deliver()"
POSTS = 12


@pytest.fixture
def listener() -> Iterator[Listener]:
    with listening(Listener(pause=0.01)) as listener:
        yield listener


def started(settings: Settings) -> subprocess.Popen[bytes]:
    environ = {**os.environ, "PINCH_DATA_DIR": str(settings.data_dir), "PYTHONPATH": str(Path(__file__).parents[3])}
    if settings.database_url:
        environ["PINCH_DATABASE_URL"] = settings.database_url
    return subprocess.Popen([sys.executable, "-c", DELIVER, "--watch"], env=environ, stderr=subprocess.DEVNULL)


def let_time_pass(engine: sa.Engine) -> None:
    """Until what was being tried is due again."""
    with engine.begin() as connection:
        connection.execute(OUTBOX.update().where(OUTBOX.c.state == "waiting").values(due_at=OUTBOX.c.made_at))


def decide_all(engine: sa.Engine, rounds: int) -> None:
    """Decide each post, take it back, decide again, and so on, while the other process tells of it."""
    for number in range(rounds):
        for post in range(1, POSTS + 1):
            undo(engine, decide(engine, post, revision=1 + 2 * number))


def wait_for(listener: Listener, count: int, until: float) -> None:
    while len(listener.came) < count and time.monotonic() < until:
        time.sleep(0.002)


def killed(settings: Settings, listener: Listener, *, kills: int, rounds: int) -> None:
    """Kill it so many times in the midst of telling; all is told in the end."""
    engine, random = open_store(settings).engine, Random(4)
    (settings.data_dir / "connections.toml").write_text(FILE.format(address=listener.address, secret=SECRET))
    note_who_is_told(engine, load_connections(settings, {}))
    put(engine, *range(1, POSTS + 1))
    deciding = threading.Thread(target=decide_all, args=(engine, rounds))
    deciding.start()
    for _ in range(kills):
        process = started(settings)
        wait_for(listener, len(listener.came) + random.randint(1, 9), time.monotonic() + 20)
        process.send_signal(signal.SIGKILL)
        process.wait()
        let_time_pass(engine)
    deciding.join()
    process = started(settings)
    expected, deadline = 2 * rounds * POSTS, time.monotonic() + 120
    while len({told["delivery"] for told in listener.taken}) < expected and time.monotonic() < deadline:
        time.sleep(0.05)
    process.terminate()
    process.wait()
    check(listener, expected, kills)


def check(listener: Listener, expected: int, kills: int) -> None:
    first = {told["delivery"]: told for told in listener.taken}
    assert len(first) == expected, "nothing is lost"
    assert len(listener.taken) - expected <= kills, "a death sends at most the message that it met once more"
    for post in {told["post_id"] for told in listener.taken}:
        decisions = [told["decision"] for told in listener.taken if told["post_id"] == post]
        assert decisions == sorted(decisions), "in order, also where one came twice"
    print(f"{expected} told, {kills} kills, {len(listener.taken) - expected} came twice")


@pytest.mark.parametrize("both_settings", ["sqlite"], indirect=True)
def test_no_message_is_lost_to_a_kill(both_settings: Settings, listener: Listener) -> None:
    both_settings.data_dir.mkdir(parents=True, exist_ok=True)
    killed(both_settings, listener, kills=2, rounds=1)


@pytest.mark.soak
def test_no_message_is_lost_to_many_kills(both_settings: Settings, listener: Listener) -> None:
    both_settings.data_dir.mkdir(parents=True, exist_ok=True)
    killed(both_settings, listener, kills=15, rounds=10)
