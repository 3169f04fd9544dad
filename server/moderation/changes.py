"""The steps of which a decision is made, all within one transaction of the caller's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NoReturn

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from server.moderation.audit import audit
from server.moderation.claims import claim_of, is_free_for
from server.moderation.decisions import Decision, by_request, is_any_undone
from server.moderation.refusals import HeldError, Seen, StaleViewError, no_such_post, not_waiting, request_taken
from server.moderation.tables import DECISIONS, POSTS
from server.store.times import now


@dataclass(frozen=True, slots=True)
class Change:
    """One person's change to one post, from the state that they saw."""

    connection: sa.Connection
    who: str
    number: int
    seen: Seen
    request_id: str
    now: Callable[[], datetime] = now

    def known(self) -> Decision | None:
        """What the same request did before. Raises :class:`StaleViewError` when that was undone since."""
        known = by_request(self.connection, self.request_id)
        if known is None:
            return None
        if known.number != self.number or known.who != self.who:
            raise request_taken()
        if is_any_undone(self.connection, known.id):
            raise StaleViewError(self.number, known.seen)
        return known

    def make(self, values: dict[str, Any], condition: sa.ColumnElement[bool]) -> bool:
        """Change the post if it still is as it was seen, and nobody else holds it. It stays locked until the commit."""
        posts = POSTS.c
        is_seen = sa.and_(
            posts.number == self.number, posts.revision == self.seen.revision, posts.version == self.seen.version
        )
        wanted = POSTS.update().where(is_seen, condition, is_free_for(self.who, self.now()))
        return self.connection.execute(wanted.values(revision=posts.revision + 1, **values)).rowcount == 1

    def refuse(self) -> NoReturn:
        """Tell why the post could not be changed."""
        row = self.connection.execute(sa.select(POSTS).where(POSTS.c.number == self.number)).one_or_none()
        if row is None:
            raise no_such_post()
        if row.deleted_at is not None or Seen(row.version, row.revision) != self.seen:
            raise StaleViewError(self.number, self.seen)
        claim = claim_of(row, self.now())
        if claim is not None and claim.by != self.who:
            raise HeldError(self.number, claim)
        raise not_waiting()

    def add(self, kind: str, **more: Any) -> Decision:
        """Write it down, here and in the log."""
        empty: dict[str, Any] = {"outcome": None, "flags": [], "corrections": [], "note": None, "undoes": None}
        whole = {**empty, **more, "kind": kind, "post": self.number, "who": self.who, "at": self.now()}
        whole |= {"version": self.seen.version, "revision": self.seen.revision, "request_id": self.request_id}
        try:
            self.connection.execute(DECISIONS.insert(), whole)
        except IntegrityError:
            raise request_taken() from None
        detail = {name: whole[name] for name in ("outcome", "version", "revision", "undoes") if whole[name] is not None}
        audit(self.connection, self.who, kind, f"post {self.number}", detail)
        added = by_request(self.connection, self.request_id)
        if added is None:
            raise LookupError("The decision that was just added is not there.")
        return added
