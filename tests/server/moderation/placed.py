"""Posts, flags and decisions put straight into the tables, so that a test says only what it is about."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import sqlalchemy as sa

from server.moderation.tables import DECISIONS, POST_FLAGS, POST_VERSIONS, POSTS

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
TEXT = "My aunt's plum tonic reverses arthritis. Ask her at the market."


def put_post(connection: sa.Connection, number: int, *, flags: Sequence[str] = (), **columns: Any) -> int:
    """A post with one version and these flags. Its age is ``age`` before ``NOON`` where that is given."""
    posted = NOON - columns.pop("age", timedelta(hours=2))
    text, model = columns.pop("text", TEXT), columns.pop("model", "2026.11 (abc)")
    row = {
        "number": number, "source": "forum", "post_id": f"p{number}", "posted_at": posted, "views": 10, "replies": 1,
        "version": 1, "received_at": posted, "changed_at": posted, "state": "open", "revision": 1,
        "needs_person": False, "priority": 0.5, "rank": 0.5, "priority_parts": {}, **columns,
    }  # fmt: skip
    connection.execute(POSTS.insert(), row)
    digest = hashlib.sha256(text.encode()).hexdigest()
    version = {"post": number, "version": row["version"], "text": text, "format": "text", "digest": digest}
    version |= {"received_at": row["received_at"], "report": {"state": "checked"}, "model": model}
    connection.execute(POST_VERSIONS.insert(), version)
    for flag in flags:
        found = {"post": number, "id": f"{flag}-{number}", "flag": flag, "start": 0, "end": 40}
        connection.execute(POST_FLAGS.insert(), {**found, "confidence": 0.9, "severity": "high"})
    return number


def put_decision(
    connection: sa.Connection, post: int, outcome: str | None, *, who: str = "anne", **columns: Any
) -> int:
    """A decision; ``verdicts`` are those on flags, by flag, which ``model`` raised. Its id."""
    verdicts, model = columns.pop("verdicts", {}), columns.pop("model", None)
    flags = [
        {"id": f"{flag}-{post}", "flag": flag, "verdict": verdict, "confidence": 0.9, "model": model}
        for flag, verdict in verdicts.items()
    ]
    row = {
        "post": post, "version": 1, "revision": 1, "kind": "decide", "outcome": outcome, "flags": flags,
        "corrections": [], "who": who, "at": NOON, "request_id": str(uuid4()), **columns,
    }  # fmt: skip
    (made,) = connection.execute(DECISIONS.insert().returning(DECISIONS.c.id), row).one()
    return int(made)


def put_undo(connection: sa.Connection, post: int, undoes: int, *, who: str = "anne") -> int:
    """The taking back of a decision."""
    return put_decision(connection, post, None, who=who, kind="undo", undoes=undoes)
