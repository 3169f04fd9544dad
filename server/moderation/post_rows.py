"""The rows of posts: read, written and erased inside a transaction that the caller has open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from server.forums.outbox import tell_forum
from server.moderation.incoming import IncomingPost
from server.moderation.people import EDIT
from server.moderation.priority import Standing
from server.moderation.scoring import ScoredPost, digest_of
from server.moderation.tables import DECISIONS, DISPUTES, POST_FLAGS, POST_NOTES, POST_VERSIONS, POSTS

# What a later sending of a post may tell anew, whatever its version.
REFRESHED = ("views", "replies", "thread_id", "thread_title", "board", "reply_to", "author", "url", "posted_at")


@dataclass(slots=True)
class KnownPost:
    """A post that is here, as far as taking another version of it depends on it. ``digests`` are by version."""

    number: int
    version: int
    state: str
    revision: int
    needs_person: bool
    priority_parts: dict[str, Any]
    told: dict[str, Any]
    digests: dict[int, str | None] = field(default_factory=dict)

    @property
    def is_deleted(self) -> bool:
        """Whether only the tombstone is left."""
        return self.state == "deleted"


def known_posts(
    connection: sa.Connection, keys: Iterable[tuple[str, str]], *, is_locked: bool = False
) -> dict[tuple[str, str], KnownPost]:
    """Those of these keys that are here. ``is_locked``: nobody else changes them until the transaction ends."""
    wanted = sa.tuple_(POSTS.c.source, POSTS.c.post_id).in_(list(dict.fromkeys(keys)))
    asked = sa.select(POSTS).where(wanted).order_by(POSTS.c.number)
    rows = list(connection.execute(asked.with_for_update() if is_locked else asked))
    known = {(row.source, row.post_id): _known(row) for row in rows}
    by_number = {post.number: post for post in known.values()}
    columns = (POST_VERSIONS.c.post, POST_VERSIONS.c.version, POST_VERSIONS.c.digest)
    for row in connection.execute(sa.select(*columns).where(POST_VERSIONS.c.post.in_(by_number))):
        by_number[row.post].digests[row.version] = row.digest
    return known


def _known(row: sa.Row[Any]) -> KnownPost:
    told = {name: getattr(row, name) for name in REFRESHED}
    return KnownPost(
        row.number, row.version, row.state, row.revision, row.needs_person, dict(row.priority_parts or {}), told
    )


def insert(
    connection: sa.Connection, post: IncomingPost, scored: ScoredPost, standing: Standing, *, at: datetime
) -> KnownPost:
    """Keep a post that was not here before."""
    told: dict[str, Any] = {name: getattr(post, name) for name in REFRESHED}
    told |= {"views": post.views or 0, "replies": post.replies or 0, "posted_at": post.posted_at or at}
    row: dict[str, Any] = {
        "source": post.source,
        "post_id": post.post_id,
        "version": post.version,
        "received_at": at,
        "changed_at": at,
        "state": "open",
        "revision": 1,
        **told,
        **_standing_columns(standing),
        **_top_columns(scored),
    }
    number: int = connection.execute(POSTS.insert().returning(POSTS.c.number), row).scalar_one()
    known = KnownPost(number, post.version, "open", 1, standing.needs_person, standing.parts, told)
    insert_version(connection, known, post, scored, at=at)
    _replace_flags(connection, number, scored.flags)
    return known


def insert_version(
    connection: sa.Connection, known: KnownPost, post: IncomingPost, scored: ScoredPost, *, at: datetime
) -> None:
    """Keep a text in the post's history."""
    row: dict[str, Any] = {
        "post": known.number,
        "version": post.version,
        "title": post.title,
        "text": scored.text,
        "sent": post.text if scored.text != post.text else None,
        "format": post.format,
        "lang": post.lang,
        "digest": digest_of(post),
        "received_at": at,
        "report": scored.report,
        "model": scored.model,
    }
    connection.execute(POST_VERSIONS.insert(), row)
    known.digests[post.version] = row["digest"]


def update(
    connection: sa.Connection,
    known: KnownPost,
    standing: Standing,
    *,
    scored: ScoredPost | None = None,
    changed: dict[str, Any] | None = None,
) -> None:
    """Write what is new of a post: its place, its flags if it was read again, and further columns."""
    row = {**_standing_columns(standing), **known.told, **(_top_columns(scored) if scored else {}), **(changed or {})}
    connection.execute(POSTS.update().where(POSTS.c.number == known.number).values(row))
    known.needs_person, known.priority_parts = standing.needs_person, standing.parts
    if scored:
        _replace_flags(connection, known.number, scored.flags)


def rescored(connection: sa.Connection, known: KnownPost, scored: ScoredPost) -> None:
    """Put a new reading of the current version in the place of the old."""
    is_it = (POST_VERSIONS.c.post == known.number) & (POST_VERSIONS.c.version == known.version)
    connection.execute(POST_VERSIONS.update().where(is_it).values(report=scored.report, model=scored.model))


def note_reopening(connection: sa.Connection, known: KnownPost, version: int, *, at: datetime) -> None:
    """Write into the decisions that an edit opened the post again."""
    row = {
        "post": known.number,
        "version": version,
        "revision": known.revision,
        "kind": "reopen",
        "flags": [],
        "corrections": [],
        "who": EDIT,
        "at": at,
        "request_id": f"edit-{known.number}-{version}",
    }
    added = connection.execute(DECISIONS.insert().returning(DECISIONS.c.id), row).scalar_one()
    tell_forum(connection, added, now_open=True)


def erase(connection: sa.Connection, known: KnownPost, *, at: datetime) -> None:
    """Take away all words of a post. Its row, and what was decided, stay."""
    number = known.number
    connection.execute(POST_FLAGS.delete().where(POST_FLAGS.c.post == number))
    words: dict[str, Any] = {"title": None, "text": "", "sent": None, "lang": None, "digest": None, "report": {}}
    connection.execute(POST_VERSIONS.update().where(POST_VERSIONS.c.post == number).values(words))
    connection.execute(POST_NOTES.update().where(POST_NOTES.c.post == number).values(text=""))
    connection.execute(DECISIONS.update().where(DECISIONS.c.post == number).values(note=None))
    connection.execute(DISPUTES.update().where(DISPUTES.c.post == number).values(quote=None))
    gone = {
        "state": "deleted",
        "deleted_at": at,
        "changed_at": at,
        "revision": known.revision + 1,
        "url": None,
        "needs_person": False,
        "priority": 0.0,
        "priority_parts": {},
        "top_start": None,
        "top_end": None,
        "claimed_by": None,
        "claimed_until": None,
    }
    connection.execute(POSTS.update().where(POSTS.c.number == number).values(gone))


def _standing_columns(standing: Standing) -> dict[str, Any]:
    return {
        "needs_person": standing.needs_person,
        "priority": standing.priority,
        "rank": standing.rank,
        "priority_parts": standing.parts,
    }


def _top_columns(scored: ScoredPost) -> dict[str, Any]:
    start, end = scored.top or (None, None)
    return {"top_start": start, "top_end": end}


def _replace_flags(connection: sa.Connection, number: int, flags: Sequence[dict[str, Any]]) -> None:
    connection.execute(POST_FLAGS.delete().where(POST_FLAGS.c.post == number))
    names = ("id", "flag", "start", "end", "confidence", "severity", "origin")
    rows = [{"post": number, **{name: flag[name] for name in names}} for flag in flags]
    if rows:
        connection.execute(POST_FLAGS.insert(), rows)
