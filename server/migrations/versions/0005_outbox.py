"""What goes out to connected forums."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table("forum_out", sa.Column("source", sa.String(80), primary_key=True))
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("delivery", sa.String(36), nullable=False, unique=True),
        sa.Column("source", sa.String(80), nullable=False),
        sa.Column("post", sa.Integer, sa.ForeignKey("post.number"), nullable=False),
        sa.Column("decision", sa.Integer, sa.ForeignKey("decision.id"), nullable=False, unique=True),
        sa.Column("body", sa.JSON, nullable=False),
        sa.Column("made_at", sa.DateTime, nullable=False),
        sa.Column("due_at", sa.DateTime, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("told", sa.String(120)),
        sa.Column("ended_at", sa.DateTime),
    )
    op.create_index("outbox_waiting", "outbox", ["state", "source", "post", "id"])


def downgrade() -> None:
    op.drop_table("outbox")
    op.drop_table("forum_out")
