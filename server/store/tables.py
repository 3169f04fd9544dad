"""The tables. Days instead of times where a day is enough: nobody needs to know when a person reads."""

from __future__ import annotations

from sqlalchemy import Column, Date, Float, ForeignKey, Integer, MetaData, String, Table, Text

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
    # Whose browser it is, and that person's epoch when it was let in. The owner's browsers and tokens have neither.
    Column("person", Integer),
    Column("epoch", Integer),
)

CODES = Table(
    "pairing_code",
    METADATA,
    Column("digest", String(64), primary_key=True),
    Column("expires_at", Integer, nullable=False),
)

FEEDBACK = Table(
    "feedback",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("id", String(36), nullable=False, unique=True),
    Column("verdict", String(8), nullable=False),
    Column("flag", String(40), nullable=False),
    Column("text", Text, nullable=False),
    Column("fingerprint", Text),
    Column("url", Text),
    Column("confidence", Float(53)),
    Column("setting", String(8)),
    Column("model", Text),
    Column("note", Text),
    Column("sent_on", Date, nullable=False),
    Column("client_id", String(8), ForeignKey("client.id"), nullable=False),
)
