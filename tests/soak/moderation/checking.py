"""Whether all that was acknowledged is in the database, once, and nothing that nobody sent."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from pathlib import Path

import sqlalchemy as sa

from server.moderation.states import STATE_AFTER
from server.moderation.tables import AUDIT, DECISIONS, POST_NOTES, POST_VERSIONS, POSTS
from tests.soak.moderation.forum import SOURCE
from tests.soak.moderation.installation import Installation
from tests.soak.moderation.notebook import Act, Notebook


def problems(connection: sa.Connection, book: Notebook) -> list[str]:
    """What is not as it was acknowledged, in words; nothing when all is."""
    return [*_of_posts(connection, book), *_of_acts(connection, book), *_of_notes(connection, book),
                *_of_states(connection)]  # fmt: skip


def unsound(made: Installation) -> list[str]:
    """What the database itself finds wrong with its files. The server is not running."""
    return _unsound_sqlite(made.settings.data_dir) if made.postgres is None else _unsound_postgresql(made)


def _of_posts(connection: sa.Connection, book: Notebook) -> Iterator[str]:
    joined = sa.select(POSTS.c.post_id, POST_VERSIONS.c.text).join_from(POSTS, POST_VERSIONS)
    rows = [(row.post_id, row.text) for row in connection.execute(joined.where(POSTS.c.source == SOURCE))]
    yield from _compare("post", rows, book.posts)


def _of_acts(connection: sa.Connection, book: Notebook) -> Iterator[str]:
    columns = DECISIONS.c
    wanted = sa.select(columns.request_id, columns.kind, columns.post, columns.who, columns.outcome)
    yield from _compare("decision", [Act(*row) for row in connection.execute(wanted)], book.acts)
    audited = sa.select(AUDIT.c.action, AUDIT.c.subject, AUDIT.c.actor).where(AUDIT.c.action.in_(("decide", "undo")))
    told = [(act.kind, f"post {act.number}", act.who) for act in book.acts]
    yield from _compare("line of the audit log", [tuple(row) for row in connection.execute(audited)], told)


def _of_notes(connection: sa.Connection, book: Notebook) -> Iterator[str]:
    rows = connection.execute(sa.select(POST_NOTES.c.request_id, POST_NOTES.c.post))
    yield from _compare("note", [tuple(row) for row in rows], book.notes)


def _compare(name: str, kept: Sequence[Hashable], told: Sequence[Hashable]) -> Iterator[str]:
    there, acknowledged = Counter(kept), Counter(told)
    if lost := (acknowledged - there).total():
        yield f"{lost} of {len(told)} acknowledged: {name} lost or changed"
    if more := (there - acknowledged).total():
        yield f"{more} times: {name} twice, or never acknowledged"


def _of_states(connection: sa.Connection) -> Iterator[str]:
    """Each post must stand as its decisions say. There are no edits here, so that each change is a decision."""
    standing: dict[int, list[sa.Row[tuple[object, ...]]]] = {}
    for row in connection.execute(sa.select(DECISIONS).order_by(DECISIONS.c.post, DECISIONS.c.id)):
        standing.setdefault(row.post, []).append(row)
    wrong = 0
    for post in connection.execute(sa.select(POSTS.c.number, POSTS.c.state, POSTS.c.outcome, POSTS.c.revision)):
        rows = standing.get(post.number, [])
        undone = {row.undoes for row in rows}
        last = next((row for row in reversed(rows) if row.kind == "decide" and row.id not in undone), None)
        state = (STATE_AFTER[last.outcome], last.outcome) if last else ("open", None)
        is_in_step = [row.revision for row in rows] == list(range(1, len(rows) + 1))
        wrong += not (is_in_step and post.revision == len(rows) + 1 and (post.state, post.outcome) == state)
    if wrong:
        yield f"{wrong} posts do not stand as their decisions say"


def _unsound_sqlite(folder: Path) -> list[str]:
    """Checked on a copy, so that the next start finds the log as the kill left it."""
    with tempfile.TemporaryDirectory(prefix="pinch-soak-") as name:
        for file in folder.glob("pinch.sqlite3*"):
            shutil.copy(file, name)
        connection = sqlite3.connect(Path(name) / "pinch.sqlite3")
        try:
            found = connection.execute("PRAGMA integrity_check").fetchall()
            foreign = connection.execute("PRAGMA foreign_key_check").fetchall()
        except sqlite3.DatabaseError as error:
            return [str(error)]
        finally:
            connection.close()
    return [str(row[0]) for row in found if row[0] != "ok"] + [f"{row[0]}: a row of nothing" for row in foreign]


def _unsound_postgresql(made: Installation) -> list[str]:
    """Every row of every index is looked for in its table, and every table is read."""
    indexes = (
        "SELECT bt_index_check(c.oid, true) FROM pg_class c JOIN pg_am a ON a.oid = c.relam WHERE a.amname = 'btree'"
    )

    tables = (
        "SELECT c.relname, h.msg FROM pg_class c, LATERAL verify_heapam(c.oid) h "
        "WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace"
    )
    with made.engine() as engine, engine.begin() as connection:
        connection.execute(sa.text("CREATE EXTENSION IF NOT EXISTS amcheck"))
        connection.execute(sa.text(indexes))
        return [f"{row[0]}: {row[1]}" for row in connection.execute(sa.text(tables))]
