"""Dumps of Reddit as Pushshift and its heirs write them: a submission or a comment on each line, as its API has it.

Where this comes from: https://doi.org/10.1609/icwsm.v14i1.7347 and Reddit's API. ``name`` or ``id`` names the post,
``t3_`` stands before a submission's and ``t1_`` before a comment's, ``link_id`` and ``parent_id`` point at such names.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from server.forums.dumps.lines import LeftOut, Made, count_of, name_of

SITE = "https://www.reddit.com"
_GONE = {
    "[deleted]": "deleted",
    "[removed]": "removed",
    "[ removed by reddit ]": "removed",
    "[removed by reddit]": "removed",
}
_BASE36 = re.compile(r"[a-z0-9]{1,20}")
_FULL_NAME = re.compile(r"t[13]_[a-z0-9]{1,20}")
_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~&])")
_FENCE = re.compile(r" {0,3}(```|~~~)")
_QUOTE = re.compile(r" {0,3}>(?!!)")  # >! opens a spoiler, which is the writer's own
_EDITED_SOMETIME = 2  # old dumps say that a post was edited, not when


def reddit_post(row: Mapping[str, Any]) -> Made:
    """A submission or a comment as a post. The listings of Reddit's own API hold each in ``data``."""
    if row.get("kind") in ("t1", "t3") and isinstance(row.get("data"), dict):
        row = row["data"]
    is_comment = "body" in row
    words = row.get("body") if is_comment else row.get("selftext")
    gone = _gone(row, words)
    if gone:
        return LeftOut(gone)
    made = {
        "post_id": _own_name(row, "t1" if is_comment else "t3"),
        "version": _version(row.get("edited")),
        "format": "markdown",
        "board": name_of(row.get("subreddit")),
        "author": _author(row.get("author")),
        "url": _url(row.get("permalink")),
        "posted_at": _time(row.get("created_utc")),
        **(_comment(row, words) if is_comment else _submission(row, words)),
    }
    return {key: value for key, value in made.items() if value is not None}


def _comment(row: Mapping[str, Any], words: object) -> dict[str, Any]:
    text = _plain(words) if isinstance(words, str) else words
    return {
        "text": _told_as_quotes(text) if isinstance(text, str) else text,
        "thread_id": _reference(row.get("link_id")),
        "thread_title": _title(row.get("link_title")),
        "reply_to": _reference(row.get("parent_id")),
    }


def _submission(row: Mapping[str, Any], words: object) -> dict[str, Any]:
    """The title is the heading of what is read: most of a link's words, and often the boldest ones, stand there."""
    title = _title(row.get("title"))
    text = _plain(words) if isinstance(words, str) else ""
    heading = "# " + _MARKS.sub(r"\\\1", title) if title else ""
    return {
        "text": "\n\n".join(part for part in (heading, text) if part.strip()),
        "thread_id": _own_name(row, "t3"),
        "thread_title": title,
        "replies": count_of(row.get("num_comments")),
    }


def _gone(row: Mapping[str, Any], words: object) -> str | None:
    """Why there is nothing to read, if there is not: what was deleted or removed is nobody's to bring back."""
    text = words.strip().lower() if isinstance(words, str) else ""
    if text in _GONE:
        return _GONE[text]
    by = row.get("removed_by_category") or row.get("removal_reason")
    if by:
        return "deleted" if by in ("deleted", "author") else "removed"
    title = row.get("title")
    if isinstance(title, str) and title.strip().lower() in _GONE:
        return _GONE[title.strip().lower()]
    return "empty" if not text and not title and ("body" in row or "selftext" in row) else None


def _own_name(row: Mapping[str, Any], kind: str) -> str | None:
    name, short = row.get("name"), name_of(row.get("id"))
    if isinstance(name, str) and _FULL_NAME.fullmatch(name):
        return name
    if short and _FULL_NAME.fullmatch(short):
        return short
    return f"{kind}_{short}" if short and _BASE36.fullmatch(short) else None


def _reference(value: object) -> str | None:
    """A full name; some dumps have numbers there, which name nothing that is here."""
    return value if isinstance(value, str) and _FULL_NAME.fullmatch(value) else None


def _author(value: object) -> str | None:
    name = name_of(value)
    return None if name is None or name.lower() in _GONE else name


def _url(permalink: object) -> str | None:
    if not isinstance(permalink, str) or not permalink.startswith("/") or len(permalink) > 1000:
        return None
    return f"{SITE}{permalink}"


def _version(edited: object) -> int:
    """1 for what was never edited, else the second of the last edit."""
    if edited is True:
        return _EDITED_SOMETIME
    return max(count_of(edited) or 0, 1)


def _time(value: object) -> str | None:
    """The second in UTC as ISO 8601. What is no second is passed on as words that the import refuses by its key."""
    seconds = count_of(value)
    if value is None:
        return None
    if seconds is None or seconds > 2**37:
        return "no time"
    return datetime.fromtimestamp(seconds, UTC).isoformat()


def _title(value: object) -> str | None:
    return " ".join(_plain(value).split()) or None if isinstance(value, str) else None


def _plain(text: str) -> str:
    """The Markdown as it was typed: Reddit writes three characters as entities, in whatever it gives out."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _told_as_quotes(text: str) -> str:
    """In a comment a block quote holds another's words: a line above says so, as the reader of Markdown wants it."""
    if ">" not in text:
        return text
    lines: list[str] = []
    is_code = was_quote = False
    for line in text.split("\n"):
        is_code ^= bool(_FENCE.match(line))
        is_quote = not is_code and bool(_QUOTE.match(line))
        if is_quote and not was_quote:
            lines += ["Somebody wrote:", ""]
        lines.append(line)
        was_quote = is_quote
    return "\n".join(lines)
