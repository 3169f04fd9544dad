"""Moderation: posts with their versions and flags, decisions, notes, the audit log, people, disputes, replies."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    _make_posts()
    _make_post_versions()
    _make_post_flags()
    _make_decisions()
    _make_post_notes()
    _make_audit()
    _make_people()
    _make_invitations()
    _tell_whose_browser()
    _make_disputes()
    _make_macros()


def _make_posts() -> None:
    op.create_table(
        "post",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("source", sa.String(80), nullable=False),
        sa.Column("post_id", sa.String(200), nullable=False),
        sa.Column("thread_id", sa.String(200)),
        sa.Column("thread_title", sa.Text),
        sa.Column("board", sa.String(200)),
        sa.Column("reply_to", sa.String(200)),
        sa.Column("author", sa.String(200)),
        sa.Column("url", sa.Text),
        sa.Column("posted_at", sa.DateTime, nullable=False),
        sa.Column("views", sa.BigInteger, nullable=False),
        sa.Column("replies", sa.BigInteger, nullable=False),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.Column("received_at", sa.DateTime, nullable=False),
        sa.Column("changed_at", sa.DateTime, nullable=False),
        sa.Column("deleted_at", sa.DateTime),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("needs_person", sa.Boolean, nullable=False),
        sa.Column("priority", sa.Float(53), nullable=False),
        sa.Column("rank", sa.Float(53), nullable=False),
        sa.Column("priority_parts", sa.JSON, nullable=False),
        sa.Column("top_start", sa.Integer),
        sa.Column("top_end", sa.Integer),
        sa.Column("outcome", sa.String(10)),
        sa.Column("claimed_by", sa.String(80)),
        sa.Column("claimed_until", sa.DateTime),
        sa.UniqueConstraint("source", "post_id", name="post_once"),
    )
    op.create_index("post_author", "post", ["source", "author", "posted_at"])
    op.create_index("post_board", "post", ["board"])
    op.create_index("post_posted", "post", ["posted_at"])
    op.create_index("post_queue", "post", ["state", sa.text("needs_person DESC"), sa.text("rank DESC"), "number"])
    op.create_index("post_thread", "post", ["source", "thread_id", "posted_at"])


def _make_post_versions() -> None:
    op.create_table(
        "post_version",
        sa.Column("post", sa.Integer, sa.ForeignKey("post.number"), primary_key=True),
        sa.Column("version", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("title", sa.Text),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("sent", sa.Text),
        sa.Column("format", sa.String(10), nullable=False),
        sa.Column("lang", sa.String(35)),
        sa.Column("digest", sa.String(64)),
        sa.Column("received_at", sa.DateTime, nullable=False),
        sa.Column("report", sa.JSON, nullable=False),
        sa.Column("model", sa.String(120), nullable=False),
    )
    op.create_index("post_version_digest", "post_version", ["digest"])
    op.create_index("post_version_model", "post_version", ["model", "received_at"])


def _make_post_flags() -> None:
    op.create_table(
        "post_flag",
        sa.Column("post", sa.Integer, sa.ForeignKey("post.number"), primary_key=True),
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("flag", sa.String(40), nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("confidence", sa.Float(53), nullable=False),
        sa.Column("severity", sa.String(8), nullable=False),
    )
    op.create_index("post_flag_kind", "post_flag", ["flag", "post"])


def _make_decisions() -> None:
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("post", sa.Integer, sa.ForeignKey("post.number"), nullable=False),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("outcome", sa.String(10)),
        sa.Column("flags", sa.JSON, nullable=False),
        sa.Column("corrections", sa.JSON, nullable=False),
        sa.Column("note", sa.Text),
        sa.Column("who", sa.String(80), nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("undoes", sa.Integer, sa.ForeignKey("decision.id")),
        sa.Column("request_id", sa.String(64), nullable=False, unique=True),
    )
    op.create_index("decision_post", "decision", ["post", "id"])
    op.create_index("decision_time", "decision", ["at"])
    op.create_index("decision_undoes", "decision", ["undoes"])


def _make_post_notes() -> None:
    op.create_table(
        "post_note",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("post", sa.Integer, sa.ForeignKey("post.number"), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("who", sa.String(80), nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("deleted_at", sa.DateTime),
        sa.Column("request_id", sa.String(64), nullable=False, unique=True),
    )
    op.create_index("post_note_post", "post_note", ["post", "id"])


def _make_audit() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("actor", sa.String(80), nullable=False),
        sa.Column("action", sa.String(40), nullable=False),
        sa.Column("subject", sa.String(300), nullable=False),
        sa.Column("detail", sa.JSON, nullable=False),
    )
    op.create_index("audit_subject", "audit", ["subject"])
    op.create_index("audit_time", "audit", ["at"])


def _make_people() -> None:
    op.create_table(
        "person",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("key", sa.String(80), nullable=False, unique=True),
        sa.Column("digest", sa.Text),
        sa.Column("role", sa.String(10), nullable=False),
        sa.Column("epoch", sa.Integer, nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("password_changed_at", sa.DateTime),
        sa.Column("last_seen_at", sa.DateTime),
        sa.Column("disabled_at", sa.DateTime),
    )


def _make_invitations() -> None:
    op.create_table(
        "invitation",
        sa.Column("person", sa.Integer, sa.ForeignKey("person.number"), primary_key=True, autoincrement=False),
        sa.Column("digest", sa.String(64), nullable=False, unique=True),
        sa.Column("epoch", sa.Integer, nullable=False),
        sa.Column("expires_at", sa.DateTime, nullable=False),
    )


def _tell_whose_browser() -> None:
    op.add_column("client", sa.Column("person", sa.Integer))
    op.add_column("client", sa.Column("epoch", sa.Integer))


def _make_disputes() -> None:
    op.create_table(
        "dispute",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("reference", sa.String(36), nullable=False, unique=True),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("by", sa.String(8), nullable=False),
        sa.Column("post", sa.Integer, sa.ForeignKey("post.number")),
        sa.Column("version", sa.BigInteger),
        sa.Column("decision", sa.Integer, sa.ForeignKey("decision.id")),
        sa.Column("url", sa.Text),
        sa.Column("flag", sa.String(40)),
        sa.Column("fingerprint", sa.String(64)),
        sa.Column("quote", sa.Text),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("contact", sa.Text),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("outcome", sa.String(10)),
        sa.Column("ground", sa.String(20)),
        sa.Column("answer", sa.Text),
        sa.Column("filed_at", sa.DateTime, nullable=False),
        sa.Column("answered_at", sa.DateTime),
        sa.Column("answered_by", sa.String(80)),
        sa.Column("request_id", sa.String(64), nullable=False, unique=True),
    )
    op.create_index("dispute_post", "dispute", ["post"])
    op.create_index("dispute_state", "dispute", ["state", "id"])


def _make_macros() -> None:
    op.create_table(
        "macro",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("name", sa.String(80), nullable=False, unique=True),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("flag", sa.String(40)),
        sa.Column("topic", sa.String(80)),
        sa.Column("sources", sa.JSON, nullable=False),
        sa.Column("changed_by", sa.String(80), nullable=False),
        sa.Column("changed_at", sa.DateTime, nullable=False),
        sa.Column("retired_at", sa.DateTime),
    )


def downgrade() -> None:
    op.drop_column("client", "epoch")
    op.drop_column("client", "person")
    for table in ("macro", "dispute", "invitation", "person", "audit", "post_note", "decision"):
        op.drop_table(table)
    for table in ("post_flag", "post_version", "post"):
        op.drop_table(table)
