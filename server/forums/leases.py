"""The row of a forum's readings: who reads it now, how far it was read, and what came of it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from server.forums.tables import FORUM_PULLS
from server.store.writing import writing

LEASE = timedelta(minutes=10)  # longer than one request may take, with all its tries and waits
_ROW = FORUM_PULLS.c


@dataclass(frozen=True, slots=True)
class Reached:
    """How far a forum was read. All None before the first time."""

    last_post_id: int | None = None
    reached_at: datetime | None = None
    deep_at: datetime | None = None
    asked_at: datetime | None = None
    result: str | None = None
    taken: int = 0


@dataclass(frozen=True, slots=True)
class Leases:
    """Reads and writes the rows, as one reader of its own."""

    engine: sa.Engine
    reader: str = field(default_factory=lambda: str(uuid.uuid4()))

    def reached(self, source: str) -> Reached:
        """How far the forum was read."""
        columns = [_ROW[name] for name in Reached.__slots__]
        with self.engine.connect() as connection:
            row = connection.execute(sa.select(*columns).where(_ROW.source == source)).one_or_none()
        return Reached(*row) if row else Reached()

    def take(self, source: str, *, at: datetime) -> bool:
        """Take the lease, or lengthen one's own. False while another reader has it."""
        self._make_row(source)
        is_free = _ROW.leased_until.is_(None) | (_ROW.leased_until < at) | (_ROW.leased_by == self.reader)
        row = {"leased_by": self.reader, "leased_until": at + LEASE}
        return self._write(source, is_free, row)

    def give_back(self, source: str, **reached: Any) -> None:
        """End one's own lease, and keep what came of it."""
        self._write(source, _ROW.leased_by == self.reader, {"leased_by": None, "leased_until": None, **reached})

    def _write(self, source: str, condition: sa.ColumnElement[bool], row: dict[str, Any]) -> bool:
        with writing(self.engine) as connection:
            changed = connection.execute(FORUM_PULLS.update().where((_ROW.source == source) & condition).values(row))
        return changed.rowcount == 1

    def _make_row(self, source: str) -> None:
        try:
            with writing(self.engine) as connection:
                if connection.execute(sa.select(_ROW.source).where(_ROW.source == source)).first() is None:
                    connection.execute(FORUM_PULLS.insert(), {"source": source})
        except IntegrityError:
            # Another process made it between the two statements.
            return
