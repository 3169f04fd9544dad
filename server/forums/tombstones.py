"""A deletion that came before its post: the row without words that an erased post leaves, made at once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from server.moderation.audit import audit
from server.moderation.tables import POST_VERSIONS, POSTS


def bury(connection: sa.Connection, key: tuple[str, str], version: int, *, who: str, at: datetime) -> None:
    """Keep a deleted post that was never here. In one transaction: a post that comes meanwhile finds all or nothing."""
    row: dict[str, Any] = {
        "source": key[0],
        "post_id": key[1],
        "posted_at": at,
        "views": 0,
        "replies": 0,
        "version": version,
        "received_at": at,
        "changed_at": at,
        "deleted_at": at,
        "state": "deleted",
        "revision": 1,
        "needs_person": False,
        "priority": 0.0,
        "rank": 0.0,
        "priority_parts": {},
    }
    number = connection.execute(POSTS.insert().returning(POSTS.c.number), row).scalar_one()
    text: dict[str, Any] = {"post": number, "version": version, "text": "", "format": "text", "received_at": at}
    connection.execute(POST_VERSIONS.insert(), {**text, "report": {}, "model": "unread"})
    audit(connection, who, "delete-post", f"post {number}")
