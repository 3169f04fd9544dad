"""Posts in the database: all SQL of theirs but the queue's. Rules are in :mod:`server.moderation.intake`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from server.moderation.incoming import IncomingPost
from server.moderation.priority import Standing
from server.moderation.scoring import ScoredPost, digest_of
from server.moderation.tables import DECISIONS, DISPUTES, POST_FLAGS, POST_NOTES, POST_VERSIONS, POSTS
from server.store.erasing import erase_remains

# One batch of posts writes at a time: rows are then locked in any order without two waiting for each other.
INTAKE_LOCK = 0x504F5354
_AT_ONCE = 200
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


class Posts:
    """Reads and writes posts."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """A transaction that writes; what was done in it is on the disk when it ends without an error."""
        engine = self._engine.execution_options(sqlite_begin="IMMEDIATE")
        with engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": INTAKE_LOCK})
            yield connection

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A connection that only reads."""
        with self._engine.connect() as connection:
            yield connection

    def erase(self, source: str, post_id: str, *, at: datetime) -> bool | None:
        """Erase the words of a post and of what was said of it. False when they were gone, None when there is none."""
        with self.writing() as connection:
            known = known_posts(connection, [(source, post_id)], is_locked=True).get((source, post_id))
            if known and not known.is_deleted:
                erase(connection, known, at=at)
        if known is None or known.is_deleted:
            return False if known else None
        erase_remains(self._engine)
        return True

    def find(self, source: str, post_id: str) -> sa.Row[Any] | None:
        """The post with the words of its current version."""
        is_it = (POSTS.c.source == source) & (POSTS.c.post_id == post_id)
        with self.reading() as connection:
            return connection.execute(CURRENT.where(is_it)).one_or_none()

    def versions(self, number: int) -> list[sa.Row[Any]]:
        """All versions of a post, the first first, without their words."""
        columns = (POST_VERSIONS.c.version, POST_VERSIONS.c.received_at, POST_VERSIONS.c.model)
        wanted = sa.select(*columns).where(POST_VERSIONS.c.post == number).order_by(POST_VERSIONS.c.version)
        with self.reading() as connection:
            return list(connection.execute(wanted))

    def first(self, limit: int, *, state: str = "open") -> list[sa.Row[Any]]:
        """The posts that stand first in the queue."""
        order = (POSTS.c.needs_person.desc(), POSTS.c.rank.desc(), POSTS.c.number)
        with self.reading() as connection:
            return list(connection.execute(CURRENT.where(POSTS.c.state == state).order_by(*order).limit(limit)))

    def after(self, number: int, *, model: str | None = None) -> list[sa.Row[Any]]:
        """The next few that are not deleted, by number; with ``model`` only those that another model read."""
        is_due = sa.true() if model is None else POST_VERSIONS.c.model != model
        is_next = (POSTS.c.number > number) & (POSTS.c.state != "deleted") & is_due
        with self.reading() as connection:
            return list(connection.execute(CURRENT.where(is_next).order_by(POSTS.c.number).limit(_AT_ONCE)))


_WORDS = (
    POST_VERSIONS.c.title,
    POST_VERSIONS.c.text,
    POST_VERSIONS.c.sent,
    POST_VERSIONS.c.format,
    POST_VERSIONS.c.lang,
    POST_VERSIONS.c.report,
    POST_VERSIONS.c.model,
)
CURRENT = sa.select(POSTS, *_WORDS).join_from(
    POSTS, POST_VERSIONS, (POST_VERSIONS.c.post == POSTS.c.number) & (POST_VERSIONS.c.version == POSTS.c.version)
)


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
        "who": "edit",
        "at": at,
        "request_id": f"edit-{known.number}-{version}",
    }
    connection.execute(DECISIONS.insert(), row)


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
    names = ("id", "flag", "start", "end", "confidence", "severity")
    rows = [{"post": number, **{name: flag[name] for name in names}} for flag in flags]
    if rows:
        connection.execute(POST_FLAGS.insert(), rows)
