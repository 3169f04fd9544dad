"""Advice for a forum that asks before it publishes: let the post stand at once, or hold it for a moderator.

What a moderator decided counts first. It is advice: what happens to the post is up to the forum, also while Pinch does
not answer (``when_away``, docs/forum-answers.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import sqlalchemy as sa

from server.forums.connections import GenericForum
from server.moderation.tables import POSTS


@dataclass(frozen=True, slots=True)
class Advice:
    """What to do with a post now, and why, in words for its forum's team. Never words of the post."""

    advice: Literal["publish", "hold"]
    why: str


def advice_on(engine: sa.Engine, forum: GenericForum, post_id: str) -> Advice | None:
    """The advice on a post as it stands; None when it is not here or was deleted."""
    is_it = (POSTS.c.source == forum.source) & (POSTS.c.post_id == post_id) & (POSTS.c.state != "deleted")
    with engine.connect() as connection:
        row = connection.execute(sa.select(POSTS).where(is_it)).one_or_none()
    return None if row is None else _advice(forum, row)


def _advice(forum: GenericForum, row: sa.Row[Any]) -> Advice:
    if row.outcome == "upheld":
        return Advice("hold", "A moderator upheld what was marked in it.")
    if row.outcome == "dismissed":
        return Advice("publish", "A moderator looked at it and dismissed what was marked.")
    if row.needs_person:
        return Advice("hold", "Whoever wrote it may need a person soon.")
    if forum.hold_from is not None and row.priority >= forum.hold_from:
        return Advice("hold", f"Its priority is {row.priority:.2f}, and posts are held from {forum.hold_from:g} on.")
    return Advice("publish", "Nothing in it weighs enough to hold it.")
