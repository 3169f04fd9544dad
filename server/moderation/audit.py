"""The audit log: who did what to what, and when. Added to in the transaction of the deed itself, never changed.

It never holds words of a post. ``detail`` takes numbers and short identifiers; a text with a blank in it is left out
and only its length kept, so that a slip of a caller cannot put a stranger's words here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from server.moderation.tables import AUDIT
from server.store.times import now

Plain = bool | int | float | str | None
COMMAND_LINE = "command line"
_IDENTIFIER = re.compile(r"[\w.:@/+-]{1,120}")
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One line of the log."""

    id: int
    at: datetime
    actor: str
    action: str
    subject: str
    detail: Mapping[str, Plain]


@dataclass(frozen=True, slots=True)
class AuditChoice:
    """Which entries are asked for; None chooses all. ``subject`` is a beginning, such as "post 12" or "person"."""

    actor: str | None = None
    action: str | None = None
    subject: str | None = None
    before: int | None = None

    def condition(self) -> sa.ColumnElement[bool]:
        """As a WHERE clause."""
        columns = AUDIT.c
        conditions: list[sa.ColumnElement[bool]] = [sa.true()]
        if self.actor is not None:
            conditions.append(columns.actor == self.actor)
        if self.action is not None:
            conditions.append(columns.action == self.action)
        if self.subject is not None:
            is_whole = columns.subject == self.subject
            conditions.append(is_whole | columns.subject.startswith(f"{self.subject} ", autoescape=True))
        if self.before is not None:
            conditions.append(columns.id < self.before)
        return sa.and_(*conditions)


def audit(
    connection: sa.Connection, actor: str, action: str, subject: str, detail: Mapping[str, Plain] | None = None
) -> None:
    """Add a line, in the caller's transaction: the deed and its line are kept together or not at all."""
    row = {
        "at": now(),
        "actor": _storable(actor, 80),
        "action": _storable(action, 40),
        "subject": _storable(subject, 300),
        "detail": {_storable(name, 80): _without_words(value) for name, value in (detail or {}).items()},
    }
    connection.execute(AUDIT.insert(), row)


def _storable(text: str, most: int) -> str:
    """As both databases take it: cut, and without NUL."""
    return text.replace("\0", "\ufffd")[:most]


def _without_words(value: Plain) -> Plain:
    if isinstance(value, str) and not _IDENTIFIER.fullmatch(value):
        return f"left-out:{len(value)}-characters" if value else ""
    return value


class AuditLog:
    """Reads the log."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def page(self, choice: AuditChoice, *, limit: int) -> list[AuditEntry]:
        """The newest that are chosen, newest first."""
        wanted = sa.select(AUDIT).where(choice.condition()).order_by(AUDIT.c.id.desc()).limit(limit)
        with self._engine.connect() as connection:
            return [_entry(row) for row in connection.execute(wanted)]

    def all(self, choice: AuditChoice) -> Iterator[AuditEntry]:
        """All that are chosen, newest first, without holding them all in memory."""
        while found := self.page(choice, limit=_AT_ONCE):
            yield from found
            choice = replace(choice, before=found[-1].id)

    def actions(self) -> list[str]:
        """Every kind of deed in the log."""
        return self._distinct(AUDIT.c.action)

    def actors(self) -> list[str]:
        """Everybody in the log."""
        return self._distinct(AUDIT.c.actor)

    def _distinct(self, column: sa.Column[Any]) -> list[str]:
        with self._engine.connect() as connection:
            return sorted(connection.execute(sa.select(column).distinct()).scalars())


def _entry(row: sa.Row[Any]) -> AuditEntry:
    return AuditEntry(row.id, row.at, row.actor, row.action, row.subject, row.detail)
