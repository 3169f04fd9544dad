"""A forum that sends its posts in: those of the demo forum over and over, each time under new ids."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count, islice
from threading import Event
from typing import Any

from server.moderation.demo.threads import DemoPost, read_threads
from tests.soak.moderation.calls import Caller
from tests.soak.moderation.notebook import Notebook

SOURCE = "soak"
BATCH = 5
MOST_AT_ONCE = 50
# What may become of a post that nobody sent before: known when the first try was cut off after its commit.
_TAKEN = ("new", "known")


def endless_posts() -> Iterator[dict[str, Any]]:
    """Posts as a forum sends them. Every round has threads and authors of its own, as other days would."""
    posts = read_threads()
    return (_post(post, turn) for turn in count() for post in posts)


def _post(post: DemoPost, turn: int) -> dict[str, Any]:
    told = {name: f"{getattr(post, name)}-{turn}" for name in ("thread", "author")}
    return {
        "source": SOURCE,
        "post_id": f"{post.id}-{turn}",
        "version": 1,
        "text": post.text,
        "thread_id": told["thread"],
        "thread_title": post.thread_title,
        "board": post.board,
        "author": told["author"],
        "posted_at": datetime.now(UTC).isoformat(),
        "views": post.views,
        "replies": post.replies,
    }


@dataclass(slots=True)
class Forum:
    """Sends posts with a token, a few at once. ``known`` were written, but the answer that said so never came."""

    caller: Caller
    token: str
    book: Notebook
    posts: Iterator[dict[str, Any]] = field(default_factory=endless_posts)
    known: int = 0

    def send(self, number: int = BATCH) -> None:
        """The next few posts, in one request."""
        batch = list(islice(self.posts, number))
        headers = {"Authorization": f"Bearer {self.token}", "Content_Type": "application/json"}
        answer = self.caller.call("POST", "/v1/posts", json.dumps({"posts": batch}), **headers)
        self.book.times.append(("posts", answer.milliseconds))
        if answer.status != 200:
            self.book.surprises.append(f"posts were answered with {answer.status}")
            return
        for post, taken in zip(batch, json.loads(answer.text)["results"], strict=True):
            if taken["result"] in _TAKEN:
                self.book.posts.append((post["post_id"], post["text"]))
                self.known += taken["result"] == "known"
            else:
                self.book.surprises.append(f"a post was {taken['result']}")

    def send_until(self, stop: Event, rate: float) -> None:
        """``rate`` posts a second. What comes while a request runs waits, and goes out with the next."""
        begun, sent = time.monotonic(), 0
        while not stop.wait(max(0, begun + (sent + BATCH) / rate - time.monotonic())):
            due = min(int((time.monotonic() - begun) * rate) - sent, MOST_AT_ONCE)
            self.send(due)
            sent += due
