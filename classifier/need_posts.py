"""Posts labelled by what they need of a moderator: none, look, danger or care (docs/priority.md).

TOML files with ``[[posts]]``, each with ``text``, ``need`` and ``why``. A file with ``thread`` is a whole thread of the
demo forum, whose posts' ids begin with their writer's; any other is one writer's dangerous posts beside harmless ones
that are told nearly alike.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from classifier.errors import LabelError
from classifier.words import WORD

POSTS = Path(__file__).parent / "data" / "posts"
THREADS = POSTS / "threads"
Need = Literal["none", "look", "danger", "care"]
NEEDS: tuple[Need, ...] = get_args(Need)
# Two posts that share so many words in a row were copied.
COPIED_WORDS = 16


@dataclass(frozen=True, slots=True)
class NeedPost:
    """One labelled post; ``source`` is its file and number."""

    source: str
    writer: str
    kind: Literal["threads", "near"]
    text: str
    need: Need


def read_posts(folder: Path = POSTS) -> list[NeedPost]:
    """All labelled posts, in the order of files. Raises :class:`LabelError` that names the post."""
    return [post for path in sorted(folder.rglob("*.toml")) for post in read_post_file(path)]


def check_posts(posts: Sequence[NeedPost]) -> Iterable[str]:
    """What is wrong with the posts together: words that stand in two of them."""
    first: dict[tuple[str, ...], str] = {}
    for post in posts:
        own = " ".join(line for line in post.text.lower().splitlines() if not line.startswith(">"))
        words = WORD.findall(own)
        runs = {tuple(words[at : at + COPIED_WORDS]) for at in range(len(words) - COPIED_WORDS + 1)}
        copied = {first[run] for run in runs if run in first}
        yield from (f"{post.source} shares {COPIED_WORDS} words in a row with {other}." for other in sorted(copied))
        first.update(dict.fromkeys(runs, post.source))


def read_post_file(path: Path) -> Iterable[NeedPost]:
    """The posts of one file. Raises :class:`LabelError` that names the post."""
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError):
        raise LabelError(f"{path.name}: is not TOML in UTF-8.") from None
    is_thread = "thread" in table
    for number, post in enumerate(table.get("posts", ()), start=1):
        text, need = _read(post, f"{path.name}, post {number}")
        writer = str(post.get("id", "")).partition("-")[0] if is_thread else path.stem
        yield NeedPost(f"{path.name}, post {number}", writer, "threads" if is_thread else "near", text, need)


def _read(post: dict[str, Any], source: str) -> tuple[str, Need]:
    text = post.get("text")
    if not isinstance(text, str) or not text.strip():
        raise LabelError(f"{source}: has no text.")
    if post.get("need") not in NEEDS:
        raise LabelError(f"{source}: 'need' must be one of {', '.join(NEEDS)}.")
    if not post.get("why"):
        raise LabelError(f"{source}: 'why' must tell in a line why it needs that.")
    return text.strip("\n"), post["need"]
