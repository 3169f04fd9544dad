"""Notes that moderators leave each other about a post. Forum members never see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from server.moderation.audit import audit
from server.moderation.tables import POST_NOTES, POSTS
from server.store.erasing import erase_remains
from server.store.times import now
from server.store.writing import writing

LONGEST = 2000
SHOWN = 200
Added = Literal["added", "known", "no-post"]


@dataclass(frozen=True, slots=True)
class Note:
    """One note: what ``who`` wrote, and when."""

    id: int
    text: str
    who: str
    at: datetime


def notes_of(connection: sa.Connection, post: int) -> tuple[Note, ...]:
    """The notes of a post, the oldest first; of very many the newest ``SHOWN``."""
    wanted = sa.select(POST_NOTES).where(POST_NOTES.c.post == post, POST_NOTES.c.deleted_at.is_(None))
    newest = connection.execute(wanted.order_by(POST_NOTES.c.id.desc()).limit(SHOWN)).all()
    # A deleted post takes the words of its notes along.
    return tuple(Note(row.id, row.text, row.who, row.at) for row in reversed(newest) if row.text)


def add_note(engine: sa.Engine, *, post: int, text: str, who: str, request_id: str) -> Added:
    """Keep a note. A form that is sent twice (``request_id``) is one note; a deleted post takes none."""
    row = {"post": post, "text": text, "who": who, "at": now(), "request_id": request_id}
    is_live = sa.select(POSTS.c.number).where(POSTS.c.number == post, POSTS.c.deleted_at.is_(None))
    try:
        with writing(engine) as connection:
            # Held, so that a deletion that comes meanwhile erases this note too.
            if connection.execute(is_live.with_for_update()).one_or_none() is None:
                return "no-post"
            number = connection.execute(POST_NOTES.insert().returning(POST_NOTES.c.id), row).scalar_one()
            audit(connection, who, "add-note", f"post {post}", {"note": number})
    except IntegrityError:
        return "known"
    return "added"


def delete_note(engine: sa.Engine, *, post: int, note: int, who: str) -> bool:
    """Erase a note of one's own. False when there is none: not this person's, not of this post, or gone already."""
    columns = POST_NOTES.c
    own = sa.and_(columns.id == note, columns.post == post, columns.who == who, columns.deleted_at.is_(None))
    with writing(engine) as connection:
        erased = POST_NOTES.update().where(own).values(text="", deleted_at=now())
        is_deleted = connection.execute(erased).rowcount == 1
        if is_deleted:
            audit(connection, who, "delete-note", f"post {post}", {"note": note})
    if is_deleted:
        erase_remains(engine)
    return is_deleted
