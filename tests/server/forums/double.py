"""A forum that stands in for a Discourse: it keeps posts, tells of them as webhooks do, and answers at its API.

The shapes are those of Discourse's PostSerializer, WebHookPostSerializer and PostsController as they stood in 2026; the
posts are invented. Like Discourse it makes the body of ``post_destroyed`` before it deletes, so that the body itself
does not say so, and leaves ``version`` as it is when an edit follows at once.
"""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from server.forums.signature import sign

SECRET = "the-secret-of-the-double-0123"
KEY = "the-key-of-the-double-0123456"
SOURCE = "sleep-forum"
PAGE = 50
Delivery = tuple[dict[str, str], bytes]


def stamp(at: datetime) -> str:
    """A time as Rails writes it."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}Z"


@dataclass
class Double:
    """The forum. ``faults`` are answers that the next requests get instead: (status, headers, body)."""

    now: datetime = field(default_factory=lambda: datetime.now(UTC) - timedelta(hours=6))
    posts: dict[int, dict[str, Any]] = field(default_factory=dict)
    faults: list[tuple[int, dict[str, str], bytes]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    address: str = ""
    pace: float = 1.0
    events: int = 0
    unlisted: set[int] = field(default_factory=set)
    denied: set[str] = field(default_factory=set)
    deleted_topics: set[int] = field(default_factory=set)

    def tick(self) -> str:
        self.now += timedelta(seconds=self.pace)
        return stamp(self.now)

    def create(
        self, raw: str, *, topic: int = 11, title: str = "Nights", number: int | None = None, **more: Any
    ) -> int:
        at, post_id = self.tick(), max(self.posts, default=500) + 1
        here = [post["post_number"] for post in self.posts.values() if post["topic_id"] == topic]
        self.posts[post_id] = {
            "id": post_id,
            "name": "Old Runner",
            "username": "oldrunner",
            "avatar_template": "/letter_avatar_proxy/v4/letter/o/90ced4/{size}.png",
            "created_at": at,
            "cooked": f"<p>{raw}</p>",
            "post_number": number or max(here, default=0) + 1,
            "post_type": 1,
            "posts_count": len(here) + 1,
            "updated_at": at,
            "reply_count": 0,
            "reply_to_post_number": None,
            "quote_count": 0,
            "incoming_link_count": 0,
            "reads": 1,
            "readers_count": 0,
            "score": 0.2,
            "topic_id": topic,
            "topic_slug": "nights",
            "topic_title": title,
            "category_id": 4,
            "display_username": "Old Runner",
            "version": 1,
            "user_title": None,
            "bookmarked": False,
            "raw": raw,
            "moderator": False,
            "admin": False,
            "staff": False,
            "user_id": 7,
            "hidden": False,
            "trust_level": 1,
            "deleted_at": None,
            "user_deleted": False,
            "edit_reason": None,
            "wiki": False,
            **more,
        }
        return post_id

    def edit(self, post_id: int, raw: str, *, is_ninja: bool = False) -> None:
        post = self.posts[post_id]
        post |= {"raw": raw, "cooked": f"<p>{raw}</p>", "updated_at": self.tick()}
        post["version"] += 0 if is_ninja else 1

    def delete(self, post_id: int) -> None:
        self.posts[post_id]["deleted_at"] = self.tick()

    def tell(self, event: str, post_id: int) -> Delivery:
        """The delivery of an event as the post stands now."""
        told = {**self.posts[post_id], "topic_posts_count": 3, "topic_filtered_posts_count": 3}
        told = {"topic_archetype": "regular", "category_slug": "sleep", **told}
        if event == "post_destroyed":
            told["deleted_at"] = None
        return self.deliver(event, "post", {"post": told})

    def deliver(self, event: str, kind: str, body: object) -> Delivery:
        self.events += 1
        raw = json.dumps(body, ensure_ascii=False).encode()
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "Discourse/2026.10.0",
            "X-Discourse-Instance": self.address,
            "X-Discourse-Event-Id": str(self.events),
            "X-Discourse-Event-Type": kind,
            "X-Discourse-Event": event,
            "X-Discourse-Event-Signature": sign(SECRET, raw),
        }
        return headers, raw

    def answer(self, target: str, key: str | None) -> tuple[int, dict[str, str], bytes]:
        """What the API answers."""
        self.asked.append(target)
        if self.faults:
            return self.faults.pop(0)
        if key != KEY or target in self.denied:
            return _json(
                403,
                {"errors": ["You are not permitted to view the requested resource."], "error_type": "invalid_access"},
            )
        parts = urlsplit(target)
        if parts.path == "/posts.json":
            before = int(parse_qs(parts.query).get("before", ["0"])[0]) or 2**40
            shown = [post for number, post in sorted(self.posts.items(), reverse=True) if number < before]
            public = [post for post in shown if _is_listed(post) and post["topic_id"] not in self.unlisted]
            return _json(200, {"latest_posts": public[:PAGE]})
        if parts.path.startswith("/t/"):
            return self._topic(int(parts.path.removeprefix("/t/").removesuffix(".json")))
        number = parts.path.removeprefix("/posts/").removesuffix(".json")
        post = self.posts.get(int(number)) if number.isdigit() else None
        if post is None or post["deleted_at"]:
            return _json(
                404, {"errors": ["The requested URL or resource could not be found."], "error_type": "not_found"}
            )
        return _json(200, {name: value for name, value in post.items() if name != "topic_title"})

    def _topic(self, number: int) -> tuple[int, dict[str, str], bytes]:
        """A topic as staff is shown it, also when it was deleted."""
        told = {"id": number, "title": "Nights", "archetype": "regular"}
        return _json(200, {**told, "deleted_at": self.tick() if number in self.deleted_topics else None})


def _is_listed(post: dict[str, Any]) -> bool:
    return not post["deleted_at"] and post["post_type"] == 1 and post.get("topic_archetype", "regular") == "regular"


def _json(status: int, body: object) -> tuple[int, dict[str, str], bytes]:
    return status, {"Content-Type": "application/json; charset=utf-8"}, json.dumps(body).encode()


def serve(double: Double) -> ThreadingHTTPServer:
    """Serve the double on a free port of this machine; its address is in ``double.address``."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, headers, body = double.answer(self.path, self.headers.get("Api-Key"))
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    double.address = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server
