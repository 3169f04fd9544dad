"""A forum that listens: it keeps each callback, checks its signature, and answers as it is told to."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from server.forums.signature import SignedWith, is_fresh, is_signed

SECRET = "the-secret-of-the-callbacks-0123"


@dataclass
class Listener:
    """What came. ``answers`` are the statuses of the next answers, then 200; ``headers`` go with those."""

    answers: list[int] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    pause: float = 0.0
    came: list[dict[str, Any]] = field(default_factory=list)
    taken: list[dict[str, Any]] = field(default_factory=list)
    address: str = ""

    def take(self, headers: Any, body: bytes) -> int:
        time.sleep(self.pause)
        given = SignedWith(headers["X-Pinch-Signature"], headers["X-Pinch-Timestamp"])
        if not is_signed(SECRET, body, given) or not is_fresh(headers["X-Pinch-Timestamp"]):
            return 401
        told = json.loads(body)
        assert told["delivery"] == headers["X-Pinch-Delivery"]
        self.came.append(told)
        status = self.answers.pop(0) if self.answers else 200
        if 200 <= status < 300:
            self.taken.append(told)
        return status

    @property
    def decisions(self) -> list[tuple[str, str, str | None]]:
        """Post, event and the outcome that stands, of what was taken."""
        return [(told["post_id"], told["event"], told["standing"]) for told in self.taken]


@contextmanager
def listening(listener: Listener) -> Iterator[Listener]:
    """Serve it on a free port."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            status = listener.take(self.headers, self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(status)
            for name, value in {"Content-Length": "0", **(listener.headers if status >= 300 else {})}.items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    listener.address = f"http://127.0.0.1:{server.server_address[1]}/pinch"
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield listener
    server.shutdown()
    server.server_close()
