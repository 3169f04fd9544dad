"""A server for the states that the real one cannot show: slow, from another age, hostile, half asleep.

It speaks only as much of the wire as the extension asks for, and remembers what it was asked.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, Response, jsonify, request
from werkzeug.serving import make_server

TOKEN = "a-token-for-the-tests"
HOSTILE = '<img src=x onerror="document.title=1"><b>bold</b>'


@dataclass
class FakeServer:
    """What it answers next, and what it has been asked. ``release`` lets a held answer go."""

    address: str = ""
    status: int = 200
    body: Any = None
    text: str | None = None
    answer: Callable[[Any], dict[str, Any]] | None = None
    feedback_status: int = 201
    forums: list[Any] = field(default_factory=list)
    kept_post: dict[str, Any] | None = None
    post_status: int = 201
    post_result: str = "new"
    is_held: bool = False
    release: threading.Event = field(default_factory=threading.Event)
    asked: list[tuple[str, str, dict[str, str], Any]] = field(default_factory=list)

    def reset(self) -> None:
        """Answer as a well-behaved server with nothing to say."""
        self.status, self.text, self.answer, self.is_held = 200, None, None, False
        self.feedback_status = self.post_status = 201
        self.forums, self.kept_post, self.post_result = [], None, "new"
        self.body = report([])
        self.release.clear()
        self.asked.clear()

    def questions(self) -> list[dict[str, Any]]:
        """The pages and parts of pages that it was asked about."""
        return [body for _, path, _, body in self.asked if path == "/v1/analyze"]

    def texts(self) -> list[list[str]]:
        """The texts of the blocks in each question."""
        return [[block["text"] for block in body["blocks"]] for body in self.questions()]


def report(flags: list[dict[str, Any]], **other: Any) -> dict[str, Any]:
    """An answer of the right shape."""
    whole = {
        "model": {"version": "fake", "digest": "0"},
        "offset_unit": "utf-16",
        "state": "checked",
        "state_reason": None,
        "language": "en",
        "sentences": 3,
        "blocks": None,
        "flags": flags,
        "context": {},
        "notices": [],
        "counts": {},
    }
    return {**whole, **other}


def flag(block: str, start: int, exact: str, **other: Any) -> dict[str, Any]:
    """A flag on these words."""
    whole = {
        "id": f"{block}-{start}-{exact[:8]}",
        "flag": "miracle",
        "title": "Miracle language",
        "block": block,
        "start": start,
        "end": start + len(exact.encode("utf-16-le")) // 2,
        "quote": {"exact": exact, "prefix": "", "suffix": ""},
        "confidence": 0.9,
        "severity": "high",
        "reason": "These words promise something extraordinary.",
        "checks": ["Ask how many people were helped."],
        "evidence": [],
        "source": None,
        "topics": [],
    }
    return {**whole, **other}


def flag_miracles(asked: dict[str, Any]) -> dict[str, Any]:
    """Flags the word "miracle" wherever it stands."""
    found = [
        flag(block["id"], block["text"].index("miracle"), "miracle")
        for block in asked["blocks"]
        if "miracle" in block["text"]
    ]
    return report(found)


def make_app(state: FakeServer) -> Flask:
    """The app around a state that tests change."""
    app = Flask("fake")

    @app.before_request
    def remember() -> None:
        state.asked.append((request.method, request.path, dict(request.headers), request.get_json(silent=True)))

    @app.get("/v1/flags")
    def flags() -> Response:
        miracle = {"id": "miracle", "title": "Miracle language", "family": "promise"}
        return jsonify(flags=[miracle, {"id": "scare", "title": "Scare claim", "family": "push"}], forums=state.forums)

    @app.post("/v1/analyze")
    def analyze() -> tuple[Response, int]:
        if state.is_held:
            state.release.wait(20)
        if state.text is not None:
            return Response(state.text, mimetype="text/html"), state.status
        return jsonify(state.answer(request.get_json()) if state.answer else state.body), state.status

    @app.post("/v1/feedback")
    def feedback() -> tuple[Response, int]:
        return jsonify(id=request.get_json()["id"]), state.feedback_status

    @app.get("/v1/posts/<source>/<post_id>")
    def kept(source: str, post_id: str) -> tuple[Response, int]:
        if state.kept_post is None:
            return jsonify(error={"code": "unknown-post", "message": "None.", "hint": "None."}), 404
        return jsonify(source=source, post_id=post_id, **state.kept_post), 200

    @app.post("/v1/posts")
    def take() -> tuple[Response, int]:
        if state.post_status >= 400:
            return jsonify(error={"code": "x", "message": "No.", "hint": "Try tomorrow."}), state.post_status
        return jsonify(result=state.post_result), state.post_status

    return app


class Restarting:
    """A server that can be stopped and started again at the same address, as after an update."""

    def __init__(self, state: FakeServer) -> None:
        self._app = make_app(state)
        self._server: Any = None
        self._port = 0

    @property
    def address(self) -> str:
        """Where it is, or was."""
        return f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        """Answer; the first time on a port that is free."""
        self._server = make_server("127.0.0.1", self._port, self._app, threaded=True)
        self._port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        """Answer no more."""
        if self._server:
            self._server.shutdown()
            self._server.server_close()
        self._server = None


def run(app: Any, certificate: tuple[str, str] | None = None) -> tuple[Any, str]:
    """Serve an app on a free port of this machine; gives back the server, to be shut down, and its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True, ssl_context=certificate)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server, f"{'https' if certificate else 'http'}://127.0.0.1:{server.server_port}"
