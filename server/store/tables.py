"""The tables. Days instead of times where a day is enough: nobody needs to know when a person reads."""

from __future__ import annotations

from sqlalchemy import Column, Date, Integer, MetaData, String, Table

METADATA = MetaData()

CLIENTS = Table(
    "client",
    METADATA,
    Column("id", String(8), primary_key=True),
    Column("kind", String(8), nullable=False),
    Column("name", String(80), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("created_on", Date, nullable=False),
    Column("last_used_on", Date),
    Column("revoked_on", Date),
)

CODES = Table(
    "pairing_code",
    METADATA,
    Column("digest", String(64), primary_key=True),
    Column("expires_at", Integer, nullable=False),
)
