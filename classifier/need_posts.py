"""Posts labelled by what they need of a moderator: none, look, danger or care (docs/priority.md).

One TOML file a writer: ``kind`` is ``threads`` where whole threads were written, ``near`` where dangerous posts were
written beside harmless ones that are told nearly alike; then ``[[posts]]`` with ``text``, ``need`` and ``why``.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from classifier.errors import LabelError
from classifier.words import WORD

POSTS = Path(__file__).parent / "data" / "advice"
NEEDS = ("none", "look", "danger", "care")
KINDS = ("threads", "near")
# Two posts that share so many words in a row were copied.
COPIED_WORDS = 16


@dataclass(frozen=True, slots=True)
class NeedPost:
    """One labelled post; ``source`` is its file and number, ``writer`` the file."""

    source: str
    writer: str
    kind: str
    text: str
    need: str


def read_posts(folder: Path = POSTS) -> list[NeedPost]:
    """All labelled posts, in the order of files. Raises :class:`LabelError` that names the post."""
    return [post for path in sorted(folder.glob("*.toml")) for post in _posts_of(path)]


def posts_digest(folder: Path = POSTS) -> str:
    """SHA-256 over all files of posts, by name and content."""
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.toml")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


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


def _posts_of(path: Path) -> Iterable[NeedPost]:
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError):
        raise LabelError(f"{path.name}: is not TOML in UTF-8.") from None
    if table.get("kind") not in KINDS:
        raise LabelError(f"{path.name}: 'kind' must be one of {', '.join(KINDS)}.")
    for number, post in enumerate(table.get("posts", ()), start=1):
        yield _post(post, f"{path.name}, post {number}", path.stem, table["kind"])


def _post(post: dict[str, Any], source: str, writer: str, kind: str) -> NeedPost:
    text = post.get("text")
    if not isinstance(text, str) or not text.strip():
        raise LabelError(f"{source}: has no text.")
    if post.get("need") not in NEEDS:
        raise LabelError(f"{source}: 'need' must be one of {', '.join(NEEDS)}.")
    if not post.get("why"):
        raise LabelError(f"{source}: 'why' must tell in a line why it needs that.")
    return NeedPost(source, writer, kind, text.strip("\n"), post["need"])
