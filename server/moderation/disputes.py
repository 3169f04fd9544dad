"""Disputes: a reader or a site's owner objects to a flag, an author appeals against a decision. All their SQL.

Whoever files one gets a reference and no account. An answer is given once. What goes into the public log is a date, a
flag, an outcome and the category of the reason, never a name or a word of anybody's.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from server.errors import ApiError
from server.moderation.overview import is_standing
from server.moderation.tables import DECISIONS, DISPUTES, POSTS
from server.store.codes import ALPHABET, normalise
from server.store.writing import writing

Kind = Literal["dispute", "appeal"]
By = Literal["reader", "owner", "author"]
Outcome = Literal["upheld", "changed", "rejected"]
PAGE_SIZE = 50
_REFERENCE_LENGTH = 12  # of 29 letters: 58 bits, and wrong ones are counted

BY: Mapping[By, str] = {
    "reader": "A reader",
    "owner": "The page's or site's owner",
    "author": "The author of the post",
}
OUTCOMES: Mapping[Outcome, str] = {
    "upheld": "Upheld: the objection was right",
    "changed": "Changed: right in part",
    "rejected": "Rejected: it stays as it was",
}
GROUNDS: Mapping[str, str] = {
    "denied": "the words deny or debunk the claim",
    "reported": "the words report what others claim",
    "sourced": "a source is given",
    "ordinary": "ordinary medical or everyday wording",
    "context": "what stands around the words was overlooked",
    "as-described": "the wording is what the flag describes",
    "house-rules": "the forum's own rules decide this",
    "text-changed": "the text was changed since",
    "not-here": "not decided at this server",
    "unclear": "it could not be told what was meant",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDispute:
    """What somebody filed. ``url`` or ``source`` and ``post_id`` say where."""

    kind: Kind
    by: By
    reason: str
    request_id: str
    url: str | None = None
    source: str | None = None
    post_id: str | None = None
    flag: str | None = None
    fingerprint: str | None = None
    quote: str | None = None
    contact: str | None = None


@dataclass(frozen=True, slots=True)
class Dispute:
    """A dispute as it is kept. ``post`` is None where it is about a page that is not in the queue."""

    id: int
    reference: str
    kind: Kind
    by: By
    post: int | None
    version: int | None
    decision: int | None
    url: str | None
    flag: str | None
    fingerprint: str | None
    quote: str | None
    reason: str
    contact: str | None
    state: Literal["open", "answered"]
    outcome: Outcome | None
    ground: str | None
    answer: str | None
    filed_at: datetime
    answered_at: datetime | None
    answered_by: str | None


_SELECTED = sa.select(*(DISPUTES.c[field.name] for field in fields(Dispute)))


def file_dispute(engine: sa.Engine, new: NewDispute, *, at: datetime) -> str:
    """Keep it. Its reference; a form that is sent twice is one dispute."""
    sent = sa.select(DISPUTES.c.reference).where(DISPUTES.c.request_id == new.request_id)
    try:
        with writing(engine) as connection:
            known: str | None = connection.execute(sent).scalar()
            return known or _keep(connection, new, at)
    except IntegrityError:  # its twin, sent at the same moment, was quicker
        with engine.connect() as connection:
            return str(connection.execute(sent).scalar_one())


def _keep(connection: sa.Connection, new: NewDispute, at: datetime) -> str:
    reference = "".join(secrets.choice(ALPHABET) for _ in range(_REFERENCE_LENGTH))
    words = {name: getattr(new, name) for name in ("kind", "by", "reason", "request_id", "url", "flag")}
    words |= {"fingerprint": new.fingerprint, "quote": new.quote, "contact": new.contact}
    row = {**words, **_about(connection, new), "reference": reference, "state": "open", "filed_at": at}
    connection.execute(DISPUTES.insert(), row)
    return reference


def _about(connection: sa.Connection, new: NewDispute) -> dict[str, Any]:
    """The post that is meant, and, for an appeal, the decision that stands."""
    is_meant = POSTS.c.url == new.url
    if new.source and new.post_id:
        is_meant = (POSTS.c.source == new.source) & (POSTS.c.post_id == new.post_id)
    wanted = sa.select(POSTS.c.number, POSTS.c.version).where(is_meant, POSTS.c.deleted_at.is_(None))
    post = connection.execute(wanted.order_by(POSTS.c.number.desc()).limit(1)).one_or_none()
    if post is None:
        return {"post": None, "version": None, "decision": None}
    last = sa.select(sa.func.max(DECISIONS.c.id)).where(DECISIONS.c.post == post.number, is_standing())
    decision = connection.execute(last).scalar() if new.kind == "appeal" else None
    return {"post": post.number, "version": post.version, "decision": decision}


def find_by_reference(connection: sa.Connection, reference: str) -> Dispute | None:
    """The dispute of this reference, however it is typed."""
    wanted = _SELECTED.where(DISPUTES.c.reference == normalise(reference).replace("\0", ""))
    row = connection.execute(wanted).one_or_none()
    return Dispute(*row) if row else None


def get_dispute(connection: sa.Connection, number: int) -> Dispute | None:
    """The dispute of this id."""
    row = connection.execute(_SELECTED.where(DISPUTES.c.id == number)).one_or_none()
    return Dispute(*row) if row else None


def open_disputes(connection: sa.Connection, *, after: int = 0) -> list[Dispute]:
    """Those that wait, the oldest first."""
    wanted = _SELECTED.where(DISPUTES.c.state == "open", DISPUTES.c.id > after).order_by(DISPUTES.c.id)
    return [Dispute(*row) for row in connection.execute(wanted.limit(PAGE_SIZE))]


def answered_disputes(connection: sa.Connection, *, before: int | None = None) -> list[Dispute]:
    """Those that were answered, the last filed first."""
    wanted = _SELECTED.where(DISPUTES.c.state == "answered").order_by(DISPUTES.c.id.desc()).limit(PAGE_SIZE)
    if before is not None:
        wanted = wanted.where(DISPUTES.c.id < before)
    return [Dispute(*row) for row in connection.execute(wanted)]


def disputes_of_post(connection: sa.Connection, post: int) -> list[Dispute]:
    """All about one post, the oldest first; ``decision`` says against which decision an appeal goes."""
    return [
        Dispute(*row) for row in connection.execute(_SELECTED.where(DISPUTES.c.post == post).order_by(DISPUTES.c.id))
    ]


def count_disputes(connection: sa.Connection) -> dict[str, int]:
    """How many by outcome, and how many are ``open``."""
    kind = sa.func.coalesce(DISPUTES.c.outcome, "open")
    found: dict[str, int] = dict(connection.execute(sa.select(kind, sa.func.count()).group_by(kind)).tuples().all())
    return {name: found.get(name, 0) for name in ("open", *OUTCOMES)}


def no_such_dispute() -> ApiError:
    """No dispute has this number, or not in this state."""
    return ApiError(404, "unknown-dispute", "There is no such dispute.", hint="See that the reference is typed whole.")
