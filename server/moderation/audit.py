"""The log of who did what to what. Only ever added to, and never with words of a post."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from server.moderation.tables import AUDIT
from server.store.times import now


def audit(connection: sa.Connection, actor: str, action: str, subject: str, detail: Mapping[str, Any]) -> None:
    """Note it in the transaction of the deed itself: neither is ever kept without the other."""
    row = {"at": now(), "actor": actor, "action": action, "subject": subject, "detail": dict(detail)}
    connection.execute(AUDIT.insert(), row)
