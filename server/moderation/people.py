"""What an account is, and which names it may have."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from classifier.errors import PinchError
from server.moderation.audit import COMMAND_LINE
from server.moderation.roles import Role

OWNER_NAME = "owner"
NAME_LIMIT = 80
# They stand for the machine in the history of a post and beside shipped replies.
EDIT, SHIPPED = "edit", "pinch"
_RESERVED = frozenset({OWNER_NAME, COMMAND_LINE, "nobody", EDIT, SHIPPED})


class PeopleError(PinchError):
    """An account that cannot be made or changed as asked."""

    code = "bad-account"


@dataclass(frozen=True, slots=True)
class Person:
    """An account. ``epoch`` grows when all sessions must end: a browser let in under another epoch is out."""

    number: int
    name: str
    role: Role
    epoch: int
    has_password: bool
    created_at: datetime
    last_seen_at: datetime | None
    disabled_at: datetime | None


def person_of(row: sa.Row[Any]) -> Person:
    """The account of a row of the table."""
    has_password = row.digest is not None
    return Person(
        row.number, row.name, row.role, row.epoch, has_password, row.created_at, row.last_seen_at, row.disabled_at
    )


def read_name(text: str) -> str:
    """A name as it is kept. Raises :class:`PeopleError`.

    No colon, and no name that the audit log uses: nobody may pass for a program or for the owner.
    """
    name = " ".join(unicodedata.normalize("NFC", text).split())
    is_readable = name.isprintable() and any(char.isalpha() for char in name)
    if not is_readable or len(name_key(name)) > NAME_LIMIT or len(name) > NAME_LIMIT or ":" in name_key(name):
        raise PeopleError("A name has 1 to 80 characters, a letter among them, and no colon.", hint="Give another.")
    if name_key(name) in _RESERVED:
        raise PeopleError("This name means somebody else in the audit log.", hint="Give another.")
    return name


def name_key(name: str) -> str:
    """A name as it is compared: however it is typed, it is the same person."""
    readable = name.encode("utf-8", "replace").decode("utf-8").replace("\0", "\ufffd")
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", readable).casefold())
    return " ".join(folded.split())
