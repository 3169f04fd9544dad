"""Feedback of readers on flags."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "feedback",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("id", sa.String(36), nullable=False, unique=True),
        sa.Column("verdict", sa.String(8), nullable=False),
        sa.Column("flag", sa.String(40), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("fingerprint", sa.Text),
        sa.Column("url", sa.Text),
        sa.Column("confidence", sa.Float(53)),
        sa.Column("setting", sa.String(8)),
        sa.Column("model", sa.Text),
        sa.Column("note", sa.Text),
        sa.Column("sent_on", sa.Date, nullable=False),
        sa.Column("client_id", sa.String(8), sa.ForeignKey("client.id"), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("feedback")
