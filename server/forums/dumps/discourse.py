"""Posts of a Discourse as its API gives them out, alone, in lists, or in the pages that hold them.

Each becomes what a delivery of the same post becomes (server/forums/discourse/shapes.py), so that a post which comes
both ways is here once. That shape is strict; this one takes what old releases gave out.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, BinaryIO, cast

import ijson
from ijson.common import ObjectBuilder

from classifier.errors import InputError
from server.forums.discourse.shapes import REGULAR, marked_words, version_of
from server.forums.dumps.lines import LINE_LIMIT, LeftOut, Made, count_of, is_object, json_lines, name_of
from server.moderation.rows import FileRow

MOST_EVENTS = 20_000  # of one post: its words and what stands beside them
_LISTS = {"item", "latest_posts.item", "posts.item"}
_TOPICS = ("post_stream", "item.post_stream")
_HOST = re.compile(r"[a-z0-9.-]+\.[a-z]{2,}")


def discourse_rows(stream: BinaryIO) -> Iterator[FileRow]:
    """The posts of a file: JSON Lines of posts or pages, one page or list, or a list of any length.

    In lines the row is that of the line, else the post's place in the file.
    """
    head = stream.read(LINE_LIMIT)
    joined = cast(BinaryIO, io.BufferedReader(_Joined(head, stream)))
    if len(head) < LINE_LIMIT and (page := _whole(head)) is not None:
        yield from (FileRow(number, post) for number, post in enumerate(_posts_of(page), 1))
    elif is_object(head.split(b"\n", 1)[0]):
        for row in json_lines(joined):
            yield from [row] if row.problem else (FileRow(row.line, post) for post in _posts_of(row.value))
    else:
        yield from _streamed(joined)


def discourse_post(row: Mapping[str, Any], *, source: str | None = None) -> Made:
    """A post of the API as one of ours. ``source`` completes its address when it is the forum's host name."""
    why = _why_left_out(row)
    if why:
        return LeftOut(why)
    raw = row.get("raw")
    text = marked_words(raw) if isinstance(raw, str) else raw
    title = _words(row.get("topic_title"))
    topic = name_of(row.get("topic_id"))
    made = {
        "post_id": name_of(row.get("id")),
        "version": _version(row),
        "text": text if text is not None else row.get("cooked"),
        "format": "markdown" if raw is not None else "html",
        "thread_id": topic,
        "title": title if row.get("post_number") == 1 else None,
        "thread_title": title,
        "board": _words(row.get("category_slug"))
        or _words(row.get("category_name"))
        or name_of(row.get("category_id")),
        "author": name_of(row.get("username")),
        "url": _url(row, topic, source),
        "posted_at": row.get("created_at"),
        "views": count_of(row.get("reads")),
        "replies": count_of(row.get("reply_count")),
    }
    return {key: value for key, value in made.items() if value is not None}


def _why_left_out(row: Mapping[str, Any]) -> str | None:
    if row.get("deleted_at") or row.get("user_deleted"):
        return "deleted"
    if row.get("hidden"):
        return "hidden"
    if "private_message" in (row.get("topic_archetype"), row.get("archetype")):
        return "private"
    if row.get("post_type", REGULAR) != REGULAR:
        return "not a member's words"
    user = row.get("user_id")
    if row.get("username") in ("system", "discobot") or (isinstance(user, int) and user < 1):
        return "not a member's words"
    return None


def _version(row: Mapping[str, Any]) -> int:
    """The millisecond of the last change, as for deliveries: Discourse's own ``version`` misses quick edits."""
    changed = row.get("updated_at")
    try:
        at = datetime.fromisoformat(changed) if isinstance(changed, str) else None
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        return count_of(row.get("version")) or 1
    return version_of(at)


def _url(row: Mapping[str, Any], topic: str | None, source: str | None) -> str | None:
    if not source or not _HOST.fullmatch(source) or not topic:
        return None
    number = count_of(row.get("post_number"))
    return f"https://{source}/t/{topic}" + (f"/{number}" if number else "")


def _words(value: object) -> str | None:
    return value if isinstance(value, str) and value.strip() else None


def _whole(head: bytes) -> Any:
    """The file's one value, or None when it has several or is broken."""
    try:
        return json.loads(head.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError):
        return None


def _posts_of(page: object) -> Iterator[Mapping[str, Any]]:
    """The posts in a value of the API: a post, what a webhook sends, a page of posts, a topic, or a list of these."""
    if isinstance(page, list):
        for part in page:
            yield from _posts_of(part)
    elif isinstance(page, dict):
        stream = page.get("post_stream")
        posts = stream.get("posts") if isinstance(stream, dict) else page.get("latest_posts", page.get("posts"))
        if isinstance(posts, list):
            told = {"topic_title": page.get("title"), "archetype": page.get("archetype")}
            told["category_id"] = page.get("category_id")
            for post in posts:
                if isinstance(post, dict):
                    yield {**{key: value for key, value in told.items() if value is not None}, **post}
        elif isinstance(page.get("post"), dict):
            yield page["post"]
        elif posts is None and stream is None:
            yield page


def _streamed(stream: BinaryIO) -> Iterator[FileRow]:
    """The posts of a long list, each built only where a list of posts holds it, and only up to a size.

    A topic's page tells behind its posts whether they are private, so none is taken from one that is not read whole.
    """
    number = events = 0
    at: str | None = None
    builder = ObjectBuilder()
    try:
        for prefix, event, value in ijson.parse(stream, use_float=True, multiple_values=True):
            if prefix in _TOPICS:
                raise _not_whole(number)
            if at is None:
                if event != "start_map" or prefix not in _LISTS:
                    continue
                at, builder, events = prefix, ObjectBuilder(), 0
            events += 1
            if events <= MOST_EVENTS:
                builder.event(event, value)
            if event == "end_map" and prefix == at:
                number, at = number + 1, None
                yield _built(number, builder.value if events <= MOST_EVENTS else None)
    except (ijson.JSONError, UnicodeDecodeError) as error:
        raise InputError(
            f"The file is no JSON: reading stopped behind post {number} ({type(error).__name__}).",
            hint="What was read before is kept. Fetch the file again.",
        ) from None


def _not_whole(number: int) -> InputError:
    return InputError(
        f"Reading stopped behind post {number}: pages of topics are only read whole.",
        hint="Write each page on a line of its own: jq -c '.[]' FILE, or jq -c . FILE.",
    )


def _built(number: int, post: Any) -> FileRow:
    if post is None:
        return FileRow(number, {}, InputError(f"This post has over {MOST_EVENTS:,} parts.", code="bad-row"))
    return FileRow(number, post)


class _Joined(io.RawIOBase):
    """A stream with its beginning, which was read already, put back before it."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head, self._rest = io.BytesIO(head), rest

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer as far as there is something."""
        found = self._head.read(len(buffer)) or self._rest.read(len(buffer))
        buffer[: len(found)] = found
        return len(found)
