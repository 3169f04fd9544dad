"""How far each connected forum was read, and who reads it now."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, String, Table

from server.store.tables import METADATA
from server.store.times import UtcTime

# ``reached_at``: everything posted up to this moment is here; ``deep_at``: so were edits and deletions of the days
# before. ``result`` is "ok" or the code of what went wrong when the forum was asked at ``asked_at``. ``taken`` counts
# what that brought. The lease keeps two processes from reading one forum at once.
FORUM_PULLS = Table(
    "forum_pull",
    METADATA,
    Column("source", String(80), primary_key=True),
    Column("last_post_id", BigInteger),
    Column("reached_at", UtcTime),
    Column("deep_at", UtcTime),
    Column("asked_at", UtcTime),
    Column("result", String(40)),
    Column("taken", Integer, nullable=False, server_default="0"),
    Column("leased_by", String(36)),
    Column("leased_until", UtcTime),
)
