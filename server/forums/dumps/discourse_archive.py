"""Tables of a Discourse's posts: a member's archive (``user_archive.csv``), or any with ``id`` and ``raw``.

The archive names no post: it is called by topic and place, which its address tells. It holds private messages, which
never go in, and deleted posts without a mark, which nobody can tell from others.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from typing import Any, TextIO

from classifier.errors import InputError
from server.forums.dumps.lines import LeftOut, Made, count_of
from server.moderation.incoming import TEXT_LIMIT
from server.moderation.rows import FileRow, csv_lines, not_csv

_PLACE = re.compile(r"https?://[^\s/]+(?:/[^\s?#]*)?/t/(?:[^\s/?#]+/)?([0-9]{1,18})/([0-9]{1,9})/?")
_ZONE = re.compile(r"(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d(?:\.\d+)?) ?(?:UTC|Z)?", re.ASCII)


def archive_rows(text: TextIO) -> Iterator[FileRow]:
    """The rows of the table. Raises :class:`InputError` when it has other columns."""
    csv.field_size_limit(8 * TEXT_LIMIT)
    reader = csv.reader(text)
    names = [name.strip().lower() for name in next(reader, [])]
    if not {"post_raw", "post", "raw", "cooked"} & set(names) or not {"url", "id"} & set(names):
        raise InputError(
            "This is no table of a Discourse's posts: it lacks 'post_raw' with 'url', or 'raw' with 'id'.",
            hint="Take user_archive.csv of a member's download, or JSON of the API.",
        )
    for line, cells in csv_lines(reader):
        if cells is None:
            yield FileRow(line, {}, not_csv())
        elif any(cells):
            yield FileRow(line, dict(zip(names, cells, strict=False)))


def archive_post(row: Mapping[str, Any]) -> Made:
    """A row as a post. Only what is plainly no private message goes in."""
    if str(row.get("is_pm", "no")).strip().lower() not in ("no", "false", "f"):
        return LeftOut("private")
    place = _PLACE.fullmatch(str(row.get("url", "")).strip())
    raw = row.get("post_raw") or row.get("post") or row.get("raw")
    when = _ZONE.fullmatch(str(row.get("created_at", "")).strip())
    made = {
        "post_id": row.get("id") or (f"t{place[1]}.{place[2]}" if place else None),
        "version": count_of(row.get("version")) or 1,
        "text": raw or row.get("post_cooked") or row.get("cooked"),
        "format": "markdown" if raw else "html",
        "thread_id": row.get("topic_id") or (place[1] if place else None),
        "thread_title": row.get("topic_title"),
        "board": row.get("categories"),
        "author": row.get("username"),
        "url": row.get("url"),
        "posted_at": f"{when[1]}T{when[2]}Z" if when else row.get("created_at"),
        "replies": count_of(row.get("reply_count")),
    }
    return {key: value for key, value in made.items() if value not in (None, "")}
