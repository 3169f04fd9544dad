"""Posts and decisions as files: JSON Lines that lose nothing, and tables that a spreadsheet may open.

A line of JSON is one post with its versions, flags, decisions and notes: column for column what the database holds, so
that it can be read back (a test does). Posts are read some at a time, each batch in one transaction: a line never
mixes two moments, and no transaction stays open while a slow reader takes the file.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from server.feedback.export import json_line
from server.feedback.spreadsheet import table_lines
from server.moderation.tables import DECISIONS, POST_FLAGS, POST_NOTES, POST_VERSIONS, POSTS
from server.store.times import UtcTime

AT_ONCE = 200  # posts in one batch
# What belongs to a post, by the name it has in a line, and in which order its rows stand.
PARTS: Mapping[str, tuple[sa.Table, tuple[sa.Column[Any], ...]]] = {
    "versions": (POST_VERSIONS, (POST_VERSIONS.c.version,)),
    "flags": (POST_FLAGS, (POST_FLAGS.c.start, POST_FLAGS.c.id)),
    "decisions": (DECISIONS, (DECISIONS.c.id,)),
    "notes": (POST_NOTES, (POST_NOTES.c.id,)),
}
_Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ExportChoice:
    """Which posts are meant; what is None does not matter. ``since`` and ``until`` are of the posting."""

    source: str | None = None
    since: datetime | None = None
    until: datetime | None = None

    @classmethod
    def of_days(cls, source: str | None, first: datetime | None, last: datetime | None) -> ExportChoice:
        """Days in UTC, the last one too. Nothing is posted after the last day that a calendar knows."""
        until = last + timedelta(days=1) if last and last.date() < date.max else None
        return cls(source, first and first.replace(tzinfo=UTC), until and until.replace(tzinfo=UTC))

    def condition(self) -> sa.ColumnElement[bool]:
        """The choice in SQL."""
        conditions: list[sa.ColumnElement[bool]] = [sa.true()]
        if self.source is not None:
            conditions.append(POSTS.c.source == self.source)
        if self.since is not None:
            conditions.append(POSTS.c.posted_at >= self.since)
        if self.until is not None:
            conditions.append(POSTS.c.posted_at < self.until)
        return sa.and_(*conditions)


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """A form of export: ``about`` says in a few words what it is good for."""

    about: str
    file_name: str
    content_type: str
    lines: Callable[[Iterable[_Row]], Iterator[str]]


def read_posts(engine: sa.Engine, choice: ExportChoice) -> Iterator[_Row]:
    """All posts that are chosen, by number: the columns of each, and under the names of PARTS its other rows."""
    after = -1
    while found := _batch(engine, choice, after):
        yield from found
        after = found[-1]["number"]


def _batch(engine: sa.Engine, choice: ExportChoice, after: int) -> list[_Row]:
    wanted = sa.select(POSTS).where(POSTS.c.number > after, choice.condition()).order_by(POSTS.c.number)
    with _snapshot(engine) as connection, connection.begin():
        posts: list[_Row] = [dict(row) for row in connection.execute(wanted.limit(AT_ONCE)).mappings()]
        by_number = {post["number"]: post for post in posts}
        for post in posts:
            post.update({name: [] for name in PARTS})
        for name, (table, order) in PARTS.items():
            rows = sa.select(table).where(table.c.post.in_(by_number)).order_by(table.c.post, *order)
            for row in connection.execute(rows).mappings():
                by_number[row["post"]][name].append(dict(row))
    return posts


def _snapshot(engine: sa.Engine) -> sa.Connection:
    """A connection whose transaction sees one moment: SQLite's always does."""
    connection = engine.connect()
    if engine.dialect.name == "postgresql":
        connection = connection.execution_options(isolation_level="REPEATABLE READ")
    return connection


def post_line(post: _Row) -> str:
    """A post as a line of JSON. Times are ISO 8601 in UTC."""
    parts = {name: [_plain(row, leave_out="post") for row in post[name]] for name in PARTS}
    return json_line({**_plain({column.name: post[column.name] for column in POSTS.c}), **parts})


def read_line(line: str) -> dict[sa.Table, list[_Row]]:
    """The rows of a line, table by table, as they were: what :func:`post_line` wrote."""
    told = json.loads(line)
    rows = {POSTS: [_typed(POSTS, {column.name: told[column.name] for column in POSTS.c})]}
    for name, (table, _) in PARTS.items():
        rows[table] = [_typed(table, {**row, "post": told["number"]}) for row in told[name]]
    return rows


def _plain(row: _Row, *, leave_out: str | None = None) -> _Row:
    return {name: _told(value) for name, value in row.items() if name != leave_out}


def _told(value: Any) -> Any:
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value


def _typed(table: sa.Table, row: _Row) -> _Row:
    is_time = {column.name for column in table.c if isinstance(column.type, UtcTime)}
    return {
        name: datetime.fromisoformat(value) if name in is_time and value is not None else value
        for name, value in row.items()
    }


POST_COLUMNS = (
    "number", "source", "post_id", "posted_at", "state", "outcome", "priority", "flags", "title", "text", "author",
    "board", "thread_id", "thread_title", "url", "views", "replies", "version", "model", "decided_by", "decided_at",
    "decision_note", "deleted_at",
)  # fmt: skip
DECISION_COLUMNS = (
    "id", "at", "who", "kind", "outcome", "undoes", "source", "post_id", "version", "flag_verdicts", "corrections",
    "note", "request_id",
)  # fmt: skip


def _post_table(posts: Iterable[_Row]) -> Iterator[str]:
    return table_lines(POST_COLUMNS, map(_post_row, posts))


def _post_row(post: _Row) -> _Row:
    """A post as it is now, with the last decision that stands."""
    now: _Row = next((version for version in post["versions"] if version["version"] == post["version"]), {})
    undone = {decision["undoes"] for decision in post["decisions"]}
    standing = [one for one in post["decisions"] if one["kind"] == "decide" and one["id"] not in undone]
    last = standing[-1] if standing and post["outcome"] else {}
    told = {
        "flags": " ".join(sorted({flag["flag"] for flag in post["flags"]})),
        **{name: now.get(name) for name in ("title", "text", "model")},
        "decided_by": last.get("who"),
        "decided_at": last.get("at"),
        "decision_note": last.get("note"),
    }
    return _plain({name: told[name] if name in told else post[name] for name in POST_COLUMNS})


def _decision_table(posts: Iterable[_Row]) -> Iterator[str]:
    return table_lines(DECISION_COLUMNS, (_decision_row(post, one) for post in posts for one in post["decisions"]))


def _decision_row(post: _Row, decision: _Row) -> _Row:
    told = {
        "source": post["source"],
        "post_id": post["post_id"],
        "flag_verdicts": " ".join(f"{flag['flag']}={flag['verdict']}" for flag in decision["flags"]),
        "corrections": " ".join(
            f"{said['flag']}[{said['start']}:{said['end']}]={said['verdict']}" for said in decision["corrections"]
        ),
    }
    return _plain({name: told[name] if name in told else decision[name] for name in DECISION_COLUMNS})


def _lines(posts: Iterable[_Row]) -> Iterator[str]:
    return map(post_line, posts)


_CSV = "text/csv; charset=utf-8"
EXPORT_FORMATS: Mapping[str, ExportFormat] = {
    "jsonl": ExportFormat(
        "everything, to keep or to read back", "posts.jsonl", "application/jsonl; charset=utf-8", _lines
    ),
    "posts-csv": ExportFormat("posts as they are now, for a spreadsheet", "posts.csv", _CSV, _post_table),
    "decisions-csv": ExportFormat("every decision, for a spreadsheet", "decisions.csv", _CSV, _decision_table),
}
