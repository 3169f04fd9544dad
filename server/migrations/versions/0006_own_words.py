"""A team's own phrase lists, and which flags they raised."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "phrase_list",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("digest", sa.String(16), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("who", sa.String(80), nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("claimed_until", sa.DateTime),
        sa.Column("applied_at", sa.DateTime),
    )
    op.add_column("post_flag", sa.Column("origin", sa.String(8), nullable=False, server_default="model"))


def downgrade() -> None:
    op.drop_column("post_flag", "origin")
    op.drop_table("phrase_list")
