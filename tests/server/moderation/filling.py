"""Posts put straight into the tables, read by the tests' own detector."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from classifier.document import Block, Document, Flag
from server.context.distress import find_distress
from server.moderation.tables import POST_FLAGS, POST_VERSIONS, POSTS
from tests.server.fakes import FakeDetector

MORNING = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)


def put(engine: sa.Engine, text: str, **changed: Any) -> int:
    """Keep a post as the intake does, and return its number. ``title``, ``topics`` and ``quoted`` may be given too."""
    more = {name: changed.pop(name, default) for name, default in (("title", None), ("topics", ()), ("quoted", ()))}
    cry = bool(find_distress(Document((Block("post", "post", text),))).cries)
    flags = () if cry else FakeDetector().analyze(Document((Block("post", "post", text),))).flags
    with engine.begin() as connection:
        count = connection.execute(sa.select(sa.func.count()).select_from(POSTS)).scalar_one()
        row = {**_post(count, cry), **changed}
        number = connection.execute(POSTS.insert().returning(POSTS.c.number), row).scalar_one()
        connection.execute(POST_VERSIONS.insert(), _version(number, text, flags, **more))
        kept = [
            {"post": number, **{name: getattr(flag, name) for name in _FLAG_COLUMNS}}
            for flag in {flag.id: flag for flag in flags}.values()
        ]
        if kept:
            connection.execute(POST_FLAGS.insert(), kept)
    return number


_FLAG_COLUMNS = ("id", "flag", "start", "end", "confidence", "severity")


def delete(engine: sa.Engine, number: int) -> None:
    """Delete a post as its forum does: its words are erased."""
    with engine.begin() as connection:
        connection.execute(POSTS.update().where(POSTS.c.number == number).values(deleted_at=MORNING, state="deleted"))
        erased = {"text": "", "title": None, "digest": None, "report": {}}
        connection.execute(POST_VERSIONS.update().where(POST_VERSIONS.c.post == number).values(**erased))
        connection.execute(POST_FLAGS.delete().where(POST_FLAGS.c.post == number))


def _post(count: int, cry: bool) -> dict[str, Any]:
    at = MORNING + timedelta(minutes=count)
    return {
        "source": "garden",
        "post_id": f"p{count}",
        "thread_id": "t1",
        "thread_title": "Beetroot and blood pressure",
        "board": "Food",
        "author": "Ottoline",
        "posted_at": at,
        "views": 10,
        "replies": 0,
        "version": 1,
        "received_at": at,
        "changed_at": at,
        "state": "open",
        "revision": 1,
        "needs_person": cry,
        "priority": 0.5,
        "rank": 1.0,
        "priority_parts": {},
    }


def _version(number: int, text: str, flags: tuple[Flag, ...], **more: Any) -> dict[str, Any]:
    return {
        "post": number,
        "version": 1,
        "title": more["title"],
        "text": text,
        "format": "text",
        "digest": hashlib.sha256(text.encode()).hexdigest(),
        "received_at": MORNING,
        "report": {
            "state": "checked",
            "topics": list(more["topics"]),
            "flags": _told(flags),
            "quoted": list(more["quoted"]),
        },
        "model": "test-1",
    }


def _told(flags: tuple[Flag, ...]) -> list[dict[str, Any]]:
    names = ("id", "flag", "start", "end", "confidence", "severity")
    return [{**{name: getattr(flag, name) for name in names}, "topics": []} for flag in flags]
