"""Reads the demo forum: one TOML file per thread, with what a careful moderator would say of each post.

``need`` is the label: ``none``, ``look`` (it misleads), ``danger`` (somebody who follows it could come to serious harm)
or ``care`` (its writer is in distress and needs a person). Word lists were written with the
threads under ``tuned`` alone; those under ``heldout`` are by three other writers.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import time
from pathlib import Path
from typing import Any

from classifier.errors import InputError
from classifier.need_posts import NEEDS, THREADS, Need
from classifier.taxonomy import flag_ids

DAYS = 30
_FIELDS = {"id", "author", "day", "time", "views", "text", "need", "flags", "why"}


@dataclass(frozen=True, slots=True)
class DemoPost:
    """A post with its label. ``day`` is 1 to 30, and 30 is yesterday."""

    id: str
    thread: str
    thread_title: str
    board: str
    author: str
    day: int
    time: time
    views: int
    replies: int
    text: str
    need: Need
    flags: tuple[str, ...]
    why: str
    reply_to: str | None = None


def read_threads(folder: Path = THREADS) -> tuple[DemoPost, ...]:
    """All posts of all thread files of a folder and its folders, by day and time.

    Raises :class:`InputError` naming the file and the post that are not as they should be.
    """
    posts = [post for path in sorted(folder.rglob("*.toml")) for post in read_thread(path)]
    if len({post.id for post in posts}) != len(posts):
        raise InputError("Two posts of the demo forum have the same id.", hint="Give each an id of its own.")
    return tuple(sorted(posts, key=lambda post: (post.day, post.time, post.id)))


def read_thread(path: Path) -> tuple[DemoPost, ...]:
    """The posts of one file, in the order they stand in. Raises :class:`InputError`."""
    try:
        content = tomllib.loads(path.read_text("utf-8"))
        rows = content["posts"]
        answered = [row.get("reply_to") for row in rows]
        return tuple(_read_post(row, content, path.stem, answered.count(row["id"])) for row in rows)
    except (tomllib.TOMLDecodeError, KeyError, ValueError, TypeError) as error:
        raise InputError(
            f"{path.name} is no thread of the demo forum ({type(error).__name__}: {error}).",
            hint="It has `thread`, `board` and `[[posts]]`; see a file beside it.",
        ) from None


def _read_post(row: dict[str, Any], content: dict[str, Any], thread: str, replies: int) -> DemoPost:
    if missing := _FIELDS - row.keys():
        raise ValueError(f"post {row.get('id')} lacks {sorted(missing)}")
    if row["need"] not in NEEDS or not set(row["flags"]) <= set(flag_ids()) or not 1 <= row["day"] <= DAYS:
        raise ValueError(f"post {row['id']} has an unknown need or flag, or a day outside 1 to {DAYS}")
    return DemoPost(
        row["id"],
        thread,
        content["thread"],
        content["board"],
        row["author"],
        row["day"],
        time.fromisoformat(row["time"]),
        row["views"],
        replies,
        row["text"].strip(),
        row["need"],
        tuple(row["flags"]),
        row["why"],
        row.get("reply_to"),
    )
