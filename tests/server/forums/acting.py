"""A Discourse that lets itself be acted upon: posts, flags, hiding and taking back, as its controllers do it.

After PostActionsController, PostActionCreator, PostActionDestroyer and PostsController#unhide as they stood in 2026: a
flag is taken once, only staff hides with it, and one's own flag goes back only for ten minutes.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

KEY = "the-key-of-the-acting-double-01"
NOT_FOUND = (404, {"errors": ["The requested URL or resource could not be found."], "error_type": "not_found"})
NOT_ALLOWED = (
    403,
    {"errors": ["You are not permitted to view the requested resource."], "error_type": "invalid_access"},
)


@dataclass
class Acting:
    """The forum. ``flags``: the posts that our account flagged; ``faults``: statuses of the next answers instead."""

    posts: dict[int, dict[str, Any]] = field(default_factory=dict)
    flags: dict[int, bool] = field(default_factory=dict)
    is_staff: bool = True
    is_late: bool = False
    faults: list[int] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    address: str = ""

    def create(self, number: int) -> None:
        self.posts[number] = {"id": number, "topic_id": 3, "post_number": number, "hidden": False, "raw": "Tea."}

    def answer(self, method: str, target: str, form: dict[str, str], key: str | None) -> tuple[int, Any]:
        self.asked.append(f"{method} {target}")
        if self.faults:
            return self.faults.pop(0), {"errors": ["x"], "error_type": "other"}
        if key != KEY:
            return NOT_ALLOWED
        parts = target.removesuffix(".json").strip("/").split("/")
        number = int(form["id"] if parts == ["post_actions"] else parts[1])
        if number not in self.posts:
            return NOT_FOUND
        if parts[0] == "post_actions":
            assert form["post_action_type_id"] == "4"
            return self._flag(number, form) if method == "POST" else self._take_back(number)
        if method == "PUT":
            assert parts[2] == "unhide"
            if not self.is_staff:
                return NOT_ALLOWED
            self.posts[number]["hidden"] = False
            return 200, None
        return 200, self._show(number)

    def _flag(self, number: int, form: dict[str, str]) -> tuple[int, Any]:
        if number in self.flags:
            return 403, {"errors": ["You've already performed this action."]}
        takes_action = form.get("take_action") == "true" and self.is_staff
        self.flags[number] = takes_action
        self.posts[number]["hidden"] |= takes_action
        return 200, self._show(number)

    def _take_back(self, number: int) -> tuple[int, Any]:
        if number not in self.flags:
            return NOT_FOUND
        if self.is_late:
            return 403, {"errors": ["invalid access"]}
        if self.flags.pop(number):
            self.posts[number]["hidden"] = False
        return 200, self._show(number)

    def _show(self, number: int) -> dict[str, Any]:
        own = {"acted": True, "can_undo": not self.is_late} if number in self.flags else {"can_act": True}
        return {**self.posts[number], "actions_summary": [{"id": 2, "can_act": True}, {"id": 4, "count": 1, **own}]}


@contextmanager
def acting(forum: Acting) -> Iterator[Acting]:
    """Serve it on a free port."""

    class Handler(BaseHTTPRequestHandler):
        def _any(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode()
            form = {name: values[0] for name, values in parse_qs(body).items()}
            status, value = forum.answer(self.command, self.path, form, self.headers.get("Api-Key"))
            told = b"" if value is None else json.dumps(value).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(told)))
            self.end_headers()
            self.wfile.write(told)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    for method in ("GET", "POST", "PUT", "DELETE"):
        setattr(Handler, f"do_{method}", Handler._any)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    forum.address = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield forum
    server.shutdown()
    server.server_close()
