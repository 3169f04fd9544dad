"""The table of phrase lists: every list that was in force, so that a change can be taken back."""

from __future__ import annotations

from sqlalchemy import Column, Integer, String, Table, Text

from server.store.tables import METADATA
from server.store.times import UtcTime

# ``who`` is who saved it in the browser, or "file". ``applied_at``: when all waiting posts were brought in line with
# it; until then one process at a time holds it (``claimed_until``).
PHRASE_LISTS = Table(
    "phrase_list",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("digest", String(16), nullable=False),
    Column("text", Text, nullable=False),
    Column("who", String(80), nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("claimed_until", UtcTime),
    Column("applied_at", UtcTime),
)
