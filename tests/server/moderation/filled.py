"""Posts put straight into the tables, so that tests of the queue know where each stands."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from itertools import count
from typing import Any

import sqlalchemy as sa

from server.moderation.tables import POST_FLAGS, POST_VERSIONS, POSTS
from server.store.writing import writing

POSTED = datetime(2026, 11, 20, 7, 30, tzinfo=UTC)
TEXT = "Hello all. My sister stopped her tablets and drank celery juice. It is a miracle! She walks again."
TOP = (65, 81)
FLAGS = (("f-miracle", "miracle", 65, 81), ("f-anecdote", "anecdote", 11, 64))
PARTS: dict[str, Any] = {
    "claim": 0.8,
    "signs": [{"name": "miracle", "confidence": 0.93, "weight": 0.8}],
    "vulnerability": 1.0,
    "topics": ["stopping-medicines"],
    "reach": 0.4,
}
_NUMBERS = count(1)


def put(engine: sa.Engine, *, text: str = TEXT, flags: Any = FLAGS, title: str | None = None, **changed: Any) -> int:
    """Put a post into the queue as if a forum had sent it. Returns its number."""
    row = {
        "source": "garden",
        "post_id": f"p{next(_NUMBERS)}",
        "thread_id": "t1",
        "thread_title": "Celery juice, one month on",
        "board": "Joints",
        "author": "marrow",
        "url": "https://garden.example/t1",
        "posted_at": POSTED,
        "views": 120,
        "replies": 4,
        "version": 1,
        "received_at": POSTED,
        "changed_at": POSTED,
        "state": "open",
        "revision": 1,
        "needs_person": False,
        "priority": 0.5,
        "rank": 0.5,
        "priority_parts": PARTS,
        "top_start": TOP[0] if text == TEXT else None,
        "top_end": TOP[1] if text == TEXT else None,
        **changed,
    }
    with writing(engine) as connection:
        number = int(connection.execute(POSTS.insert().returning(POSTS.c.number), row).scalar_one())
        _put_version(connection, number, row["version"], text, title)
        _put_flags(connection, number, flags)
    return number


def edit(engine: sa.Engine, number: int, text: str, *, flags: Any = ()) -> None:
    """A newer version comes in: the text changes, and the post is open again if it was decided."""
    with writing(engine) as connection:
        old = connection.execute(sa.select(POSTS).where(POSTS.c.number == number).with_for_update()).one()
        changed: dict[str, Any] = {"version": old.version + 1, "revision": old.revision + 1}
        changed |= {"state": "open", "outcome": None} if old.state == "decided" else {}
        top = {"top_start": None, "top_end": None}
        connection.execute(POSTS.update().where(POSTS.c.number == number).values(**changed, **top))
        _put_version(connection, number, old.version + 1, text, None)
        connection.execute(POST_FLAGS.delete().where(POST_FLAGS.c.post == number))
        _put_flags(connection, number, flags)


def erase(engine: sa.Engine, number: int) -> None:
    """The forum says that the post is gone."""
    with writing(engine) as connection:
        gone = {"deleted_at": POSTED, "revision": POSTS.c.revision + 1}
        connection.execute(POSTS.update().where(POSTS.c.number == number).values(**gone))
        connection.execute(POST_FLAGS.delete().where(POST_FLAGS.c.post == number))
        connection.execute(POST_VERSIONS.update().where(POST_VERSIONS.c.post == number).values(text="", title=None))


def row_of(engine: sa.Engine, number: int) -> Any:
    """The post as it stands in its table."""
    with engine.connect() as connection:
        return connection.execute(sa.select(POSTS).where(POSTS.c.number == number)).one()


def _put_version(connection: sa.Connection, number: int, version: int, text: str, title: str | None) -> None:
    row = {"post": number, "version": version, "text": text, "title": title, "format": "text", "received_at": POSTED}
    row["digest"] = hashlib.sha256(text.encode()).hexdigest()
    report = {"state": "checked", "state_reason": None, "language": "en", "sentences": 4, "flags": []}
    connection.execute(POST_VERSIONS.insert(), {**row, "report": report, "model": "test-1 0000"})


def _put_flags(connection: sa.Connection, number: int, flags: Any) -> None:
    for flag_id, flag, start, end in flags:
        row = {"post": number, "id": flag_id, "flag": flag, "start": start, "end": end}
        connection.execute(POST_FLAGS.insert(), {**row, "confidence": 0.9, "severity": "high"})
