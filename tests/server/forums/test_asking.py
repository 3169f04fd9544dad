"""A forum that asks before it publishes: the advice, and what its client does while Pinch does not answer."""

from __future__ import annotations

import importlib.util
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from server.app import create_app
from server.commands.serving import listen
from server.moderation.deciding import Decider
from server.moderation.decisions import NewDecision
from server.moderation.refusals import Seen
from server.moderation.tables import POSTS
from server.parts import Parts
from server.settings import Settings
from tests.server.fakes import FakeDetector

EXAMPLE = Path(__file__).parents[3] / "docs" / "examples" / "ask_pinch.py"
SECRET = "the-secret-of-who-asks-0123"
FILE = f"""
[[forum]]
source = "asker"
kind = "generic"
webhook_secret = "{SECRET}"
asks = true
hold_from = 0.6
when_away = "hold"

[[forum]]
source = "teller"
kind = "generic"
webhook_secret = "{SECRET}"
"""
POST = {"post_id": "p1", "version": 1, "text": "Slept badly. Warm milk is nice."}


def client(address: str, when_away: str, *, patience: float = 3.0, secret: str = SECRET) -> Any:
    spec = importlib.util.spec_from_file_location("ask_pinch", EXAMPLE)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.Pinch(address, secret, when_away=when_away, patience=patience)


@pytest.fixture
def parts_at(tmp_path: Path) -> tuple[Parts, str]:
    """A real server with both forums, and its address."""
    settings = Settings(data_dir=tmp_path / "data", port=0)
    settings.data_dir.mkdir(parents=True)
    (settings.data_dir / "connections.toml").write_text(FILE)
    app = create_app(settings, detector=FakeDetector())
    server = listen(app, settings, 4)
    threading.Thread(target=server.run, daemon=True).start()
    return app.extensions["pinch"], f"http://127.0.0.1:{server.effective_port}/v1/webhooks"


def rank(parts: Parts, **values: Any) -> None:
    with parts.store.engine.begin() as connection:
        connection.execute(POSTS.update().values(**values))


def decide(parts: Parts, outcome: Any, revision: int) -> None:
    new = NewDecision(number=1, seen=Seen(1, revision), outcome=outcome, request_id=f"r{revision}")
    Decider(parts.store.engine, "ann", is_lead=True).decide(new)


def test_advice_follows_need_priority_and_decisions(parts_at: tuple[Parts, str]) -> None:
    parts, address = parts_at
    pinch = client(f"{address}/asker", "publish")
    assert pinch.ask(POST) == ("publish", "Nothing in it weighs enough to hold it.")
    rank(parts, priority=0.59)
    assert pinch.ask(POST)[0] == "publish"
    rank(parts, priority=0.6)
    assert pinch.ask(POST) == ("hold", "Its priority is 0.60, and posts are held from 0.6 on.")
    rank(parts, priority=0.0, needs_person=True)
    assert pinch.ask(POST) == ("hold", "Whoever wrote it may need a person soon.")
    decide(parts, "dismissed", 1)
    assert pinch.ask(POST)[0] == "publish", "a moderator looked at it"
    Decider(parts.store.engine, "ann", is_lead=True).reopen(1, Seen(1, 2), "again")
    decide(parts, "upheld", 3)
    assert pinch.ask(POST) == ("hold", "A moderator upheld what was marked in it.")
    assert pinch.when_away == "hold", "the connection's choice came with the answer"


def test_only_who_asks_is_advised(parts_at: tuple[Parts, str]) -> None:
    _, address = parts_at
    assert client(f"{address}/teller", "hold").ask(POST) == ("hold", "Pinch did not answer.")


@contextmanager
def answering(status: int, body: bytes, *, pause: float = 0.0) -> Iterator[str]:
    """A server that answers so, each byte after a pause."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            for byte in body:
                time.sleep(pause)
                try:
                    self.wfile.write(bytes([byte]))
                except OSError:
                    return

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/v1/webhooks/asker"
    server.shutdown()
    server.socket.close()


@contextmanager
def silent() -> Iterator[str]:
    """A server that takes the connection and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/v1/webhooks/asker"


@contextmanager
def down() -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    yield f"http://127.0.0.1:{port}/v1/webhooks/asker"


WAYS = {
    "down": down,
    "silent": silent,
    "dripping": lambda: answering(200, b'{"advice": "publish", "why": "x"}' * 9, pause=0.05),
    "error": lambda: answering(500, b'{"error": {}}'),
    "refused": lambda: answering(422, b'{"error": {}}'),
    "busy": lambda: answering(429, b""),
    "no JSON": lambda: answering(200, b"<html>"),
    "a list": lambda: answering(200, b"[1, 2]"),
    "other advice": lambda: answering(200, b'{"advice": "burn", "why": "x"}'),
}


@pytest.mark.parametrize("when_away", ["publish", "hold"])
@pytest.mark.parametrize("way", WAYS)
def test_without_an_answer_the_teams_choice_holds(way: str, when_away: str) -> None:
    with WAYS[way]() as address:
        begin = time.monotonic()
        assert client(address, when_away, patience=0.5).ask(POST) == (when_away, "Pinch did not answer.")
        assert time.monotonic() - begin < 2, "in time"


@pytest.mark.parametrize("when_away", ["publish", "hold"])
def test_a_wrong_secret_is_no_answer(parts_at: tuple[Parts, str], when_away: str) -> None:
    _, address = parts_at
    pinch = client(f"{address}/asker", when_away, secret="another-secret-of-the-forum")
    assert pinch.ask(POST)[0] == when_away
