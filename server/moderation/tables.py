"""The tables of moderation.

Posts are never deleted as rows: a deleted one stays without its words, so that sending it again does not bring it
back. ``decision`` and ``audit`` are only ever added to. Columns of words (``text``, ``title``, ``note``, …) are erased
with the post they speak of; everything else that is kept of a post is numbers, names of flags and offsets.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from server.store.tables import METADATA
from server.store.times import UtcTime

# A post as it stands now. ``version`` is the sender's number, ``revision`` ours: it grows with each change of the
# text, each decision and the deletion, and a moderator's view that saw another one is stale.
# ``priority`` is without age and at most 1; ``rank`` is what the queue is ordered by: priority with age, see
# server/moderation/priority.py. ``top_start`` and ``top_end`` are the sentence that put the post where it stands.
POSTS = Table(
    "post",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("source", String(80), nullable=False),
    Column("post_id", String(200), nullable=False),
    Column("thread_id", String(200)),
    Column("thread_title", Text),
    Column("board", String(200)),
    Column("reply_to", String(200)),
    Column("author", String(200)),
    Column("url", Text),
    Column("posted_at", UtcTime, nullable=False),
    Column("views", BigInteger, nullable=False),
    Column("replies", BigInteger, nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("received_at", UtcTime, nullable=False),
    Column("changed_at", UtcTime, nullable=False),
    Column("deleted_at", UtcTime),
    Column("state", String(10), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("needs_person", Boolean, nullable=False),
    Column("priority", Float(53), nullable=False),
    Column("rank", Float(53), nullable=False),
    Column("priority_parts", JSON, nullable=False),
    Column("top_start", Integer),
    Column("top_end", Integer),
    Column("outcome", String(10)),
    Column("claimed_by", String(80)),
    Column("claimed_until", UtcTime),
    UniqueConstraint("source", "post_id", name="post_once"),
)
Index("post_queue", POSTS.c.state, POSTS.c.needs_person.desc(), POSTS.c.rank.desc(), POSTS.c.number)
Index("post_thread", POSTS.c.source, POSTS.c.thread_id, POSTS.c.posted_at)
Index("post_author", POSTS.c.source, POSTS.c.author, POSTS.c.posted_at)
Index("post_posted", POSTS.c.posted_at)
Index("post_board", POSTS.c.board)

# Every text of a post that was ever sent. ``text`` is what flags' offsets (code points) point into and what is shown;
# ``sent`` is what was sent where that differs (markdown, BBCode, HTML). ``digest`` tells equal texts of all posts.
# ``report``: {"state", "state_reason", "language", "sentences", "by_flag", "flags", "quoted", "topics", "notices"}.
POST_VERSIONS = Table(
    "post_version",
    METADATA,
    Column("post", Integer, ForeignKey("post.number"), primary_key=True),
    Column("version", BigInteger, primary_key=True, autoincrement=False),
    Column("title", Text),
    Column("text", Text, nullable=False),
    Column("sent", Text),
    Column("format", String(10), nullable=False),
    Column("lang", String(35)),
    Column("digest", String(64)),
    Column("received_at", UtcTime, nullable=False),
    Column("report", JSON, nullable=False),
    Column("model", String(120), nullable=False),
)
Index("post_version_digest", POST_VERSIONS.c.digest)
Index("post_version_model", POST_VERSIONS.c.model, POST_VERSIONS.c.received_at)

# The flags of the current version, one a row, for filters and counts. ``id`` is the flag's fingerprint.
POST_FLAGS = Table(
    "post_flag",
    METADATA,
    Column("post", Integer, ForeignKey("post.number"), primary_key=True),
    Column("id", String(64), primary_key=True),
    Column("flag", String(40), nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("confidence", Float(53), nullable=False),
    Column("severity", String(8), nullable=False),
)
Index("post_flag_kind", POST_FLAGS.c.flag, POST_FLAGS.c.post)

# ``flags``: [{"id", "flag", "verdict", "confidence", "model"}]; ``corrections``: [{"flag", "start", "end", "verdict"}],
# offsets into the version that was seen. ``request_id``: a form that is sent twice is one decision.
DECISIONS = Table(
    "decision",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("post", Integer, ForeignKey("post.number"), nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("kind", String(8), nullable=False),
    Column("outcome", String(10)),
    Column("flags", JSON, nullable=False),
    Column("corrections", JSON, nullable=False),
    Column("note", Text),
    Column("who", String(80), nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("undoes", Integer, ForeignKey("decision.id")),
    Column("request_id", String(64), nullable=False, unique=True),
)
Index("decision_post", DECISIONS.c.post, DECISIONS.c.id)
Index("decision_time", DECISIONS.c.at)
Index("decision_undoes", DECISIONS.c.undoes)

# What moderators tell each other about a post.
POST_NOTES = Table(
    "post_note",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("post", Integer, ForeignKey("post.number"), nullable=False),
    Column("text", Text, nullable=False),
    Column("who", String(80), nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("deleted_at", UtcTime),
    Column("request_id", String(64), nullable=False, unique=True),
)
Index("post_note_post", POST_NOTES.c.post, POST_NOTES.c.id)

# Who did what to what, never with words of a post. ``subject`` is a kind and a key, such as "post 12".
AUDIT = Table(
    "audit",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", UtcTime, nullable=False),
    Column("actor", String(80), nullable=False),
    Column("action", String(40), nullable=False),
    Column("subject", String(300), nullable=False),
    Column("detail", JSON, nullable=False),
)
Index("audit_time", AUDIT.c.at)
Index("audit_subject", AUDIT.c.subject)

# ``key`` is the name as it is compared (small letters). ``epoch`` grows when all sessions of a person must end.
PEOPLE = Table(
    "person",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("name", String(80), nullable=False),
    Column("key", String(80), nullable=False, unique=True),
    Column("digest", Text),
    Column("role", String(10), nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("password_changed_at", UtcTime),
    Column("last_seen_at", UtcTime),
    Column("disabled_at", UtcTime),
)

# The one address by which a person sets a password: a digest of its code. A new one takes the place of the old.
INVITATIONS = Table(
    "invitation",
    METADATA,
    Column("person", Integer, ForeignKey("person.number"), primary_key=True, autoincrement=False),
    Column("digest", String(64), nullable=False, unique=True),
    Column("epoch", Integer, nullable=False),
    Column("expires_at", UtcTime, nullable=False),
)

# An author's appeal, or a reader's or a site owner's dispute; of a post here, or of a page at an address. ``decision``
# is the one that stood when an appeal came. ``ground`` is the category of the answer's reason, for the public log.
DISPUTES = Table(
    "dispute",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("reference", String(36), nullable=False, unique=True),
    Column("kind", String(8), nullable=False),
    Column("by", String(8), nullable=False),
    Column("post", Integer, ForeignKey("post.number")),
    Column("version", BigInteger),
    Column("decision", Integer, ForeignKey("decision.id")),
    Column("url", Text),
    Column("flag", String(40)),
    Column("fingerprint", String(64)),
    Column("quote", Text),
    Column("reason", Text, nullable=False),
    Column("contact", Text),
    Column("state", String(10), nullable=False),
    Column("outcome", String(10)),
    Column("ground", String(20)),
    Column("answer", Text),
    Column("filed_at", UtcTime, nullable=False),
    Column("answered_at", UtcTime),
    Column("answered_by", String(80)),
    Column("request_id", String(64), nullable=False, unique=True),
)
Index("dispute_state", DISPUTES.c.state, DISPUTES.c.id)
Index("dispute_post", DISPUTES.c.post)

# Replies ready to copy. ``sources``: [{"title", "url"}].
MACROS = Table(
    "macro",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("name", String(80), nullable=False, unique=True),
    Column("text", Text, nullable=False),
    Column("flag", String(40)),
    Column("topic", String(80)),
    Column("sources", JSON, nullable=False),
    Column("changed_by", String(80), nullable=False),
    Column("changed_at", UtcTime, nullable=False),
    Column("retired_at", UtcTime),
)
