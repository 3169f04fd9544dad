"""Posts in the database: transactions, looking up, erasing. Rules are in :mod:`server.moderation.intake`."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from server.moderation.audit import audit
from server.moderation.incoming import storable
from server.moderation.post_rows import erase, known_posts
from server.moderation.tables import POST_VERSIONS, POSTS
from server.store.erasing import erase_remains

# One batch of posts writes at a time: rows are then locked in any order without two waiting for each other.
INTAKE_LOCK = 0x504F5354
_AT_ONCE = 200


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

    def erase(self, source: str, post_id: str, *, who: str, at: datetime) -> bool | None:
        """Erase the words of a post and of what was said of it. False when they were gone, None when there is none."""
        with self.writing() as connection:
            key = storable(source), storable(post_id)
            known = known_posts(connection, [key], is_locked=True).get(key)
            if known and not known.is_deleted:
                erase(connection, known, at=at)
                audit(connection, who, "delete-post", f"post {known.number}")
        if known is None or known.is_deleted:
            return False if known else None
        erase_remains(self._engine)
        return True

    def find(self, source: str, post_id: str) -> sa.Row[Any] | None:
        """The post with the words of its current version."""
        is_it = (POSTS.c.source == storable(source)) & (POSTS.c.post_id == storable(post_id))
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

    def of(self, numbers: Collection[int]) -> list[sa.Row[Any]]:
        """Those of these numbers that are not deleted."""
        is_it = POSTS.c.number.in_(numbers) & (POSTS.c.state != "deleted")
        with self.reading() as connection:
            return list(connection.execute(CURRENT.where(is_it)))


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
