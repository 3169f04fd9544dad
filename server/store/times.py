"""Points in time: aware of UTC in Python, stored without a zone, so that both databases give back what they took."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa


class UtcTime(sa.types.TypeDecorator[datetime]):
    """A column of points in time. Refuses a time without a zone: nobody could say when that is."""

    impl = sa.DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        """As it is stored: in UTC, without saying so."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A time without a zone cannot be stored.")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        """As it is used: with its zone."""
        return value.replace(tzinfo=UTC) if value else None


def now() -> datetime:
    """This moment in UTC."""
    return datetime.now(UTC)
