"""How far each connected forum was read."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "forum_pull",
        sa.Column("source", sa.String(80), primary_key=True),
        sa.Column("last_post_id", sa.BigInteger),
        sa.Column("reached_at", sa.DateTime),
        sa.Column("deep_at", sa.DateTime),
        sa.Column("asked_at", sa.DateTime),
        sa.Column("result", sa.String(40)),
        sa.Column("taken", sa.Integer, nullable=False, server_default="0"),
        sa.Column("leased_by", sa.String(36)),
        sa.Column("leased_until", sa.DateTime),
    )


def downgrade() -> None:
    op.drop_table("forum_pull")
