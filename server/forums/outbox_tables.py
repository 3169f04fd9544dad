"""The tables of what goes out to forums.

``forum_out`` names the sources whose forum wants to be told, as the server last read its connections: a decision on
their posts is written into ``outbox`` in its own transaction, whoever takes it. Neither holds words of a post.
"""

from __future__ import annotations

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, String, Table

from server.store.tables import METADATA
from server.store.times import UtcTime

FORUM_OUT = Table("forum_out", METADATA, Column("source", String(80), primary_key=True))

# ``delivery`` names the message in every try. ``state``: waiting, sent or failed. ``due_at`` is the next try: it moves
# before a try begins, so that two processes never make the same one, and one that dies in it is followed by another.
# ``told`` says in a few words what came of it; never words of an answer.
OUTBOX = Table(
    "outbox",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("delivery", String(36), nullable=False, unique=True),
    Column("source", String(80), nullable=False),
    Column("post", Integer, ForeignKey("post.number"), nullable=False),
    Column("decision", Integer, ForeignKey("decision.id"), nullable=False, unique=True),
    Column("body", JSON, nullable=False),
    Column("made_at", UtcTime, nullable=False),
    Column("due_at", UtcTime, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("state", String(8), nullable=False),
    Column("told", String(120)),
    Column("ended_at", UtcTime),
)
Index("outbox_waiting", OUTBOX.c.state, OUTBOX.c.source, OUTBOX.c.post, OUTBOX.c.id)
