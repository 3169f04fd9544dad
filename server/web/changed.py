"""What changed of a post since it was looked at: the words before and after, and what others decided."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile
from typing import Any

import sqlalchemy as sa

from server.moderation.decisions import history
from server.moderation.queue import QueuedPost
from server.moderation.refusals import Seen
from server.moderation.tables import POST_VERSIONS
from server.parts import parts


@dataclass(frozen=True, slots=True)
class Change:
    """A text with the stretch in its middle that another version lacks."""

    start: str
    middle: str
    end: str


def changed_words(post: QueuedPost, seen: Seen) -> dict[str, Any]:
    """What the page of a stale view shows besides the post."""
    version = POST_VERSIONS.c
    wanted = sa.select(version.text).where(version.post == post.number, version.version == seen.version)
    with parts().store.engine.connect() as connection:
        old = connection.execute(wanted).scalar()
        since = [decision for decision in history(connection, post.number) if decision.seen.revision >= seen.revision]
    is_edited = seen.version != post.version and old is not None and not post.is_deleted
    before, now = compare(old or "", post.text) if is_edited else (None, None)
    return {"since": since, "before_text": before, "now_text": now}


def compare(old: str, new: str) -> tuple[Change, Change]:
    """Both texts without their common beginning and end, cut between words. Linear: no full comparison is made."""
    start = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))
    while start and not old[start - 1].isspace():
        start -= 1
    room = min(len(old), len(new)) - start
    pairs = zip(reversed(old), reversed(new), strict=False)
    end = min(room, sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs)))
    while end and not old[len(old) - end].isspace():
        end -= 1
    return _cut(old, start, end), _cut(new, start, end)


def _cut(text: str, start: int, end: int) -> Change:
    last = len(text) - end
    return Change(text[:start], text[start:last], text[last:])
