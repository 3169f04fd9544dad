"""Who acts: the name that decisions and the audit log keep, and the role that it acts in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import g

from server.moderation.audit import Plain, audit
from server.moderation.people import NAME_LIMIT, OWNER_NAME
from server.moderation.roles import Role, is_at_least
from server.parts import parts
from server.security.visitor import Visitor

OWNER = OWNER_NAME


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever does something. A program with a token has no role."""

    name: str
    role: Role | None


def acting() -> Actor:
    """Who sends this request: a person, the owner, or a program by the name of its token.

    No person can be called ``owner`` or have a colon in the name, so none can pass for another kind.
    """
    visitor: Visitor | None = g.visitor
    if visitor is not None:
        return Actor(visitor.name, visitor.role)
    if g.client is not None:
        return Actor(f"token: {g.client.name}"[:NAME_LIMIT], None)
    return Actor("nobody", None)


def actor() -> str:
    """The name that stands beside what is done."""
    return acting().name


def is_lead() -> bool:
    """Whether whoever acts may undo what others decided."""
    role = acting().role
    return role is not None and is_at_least(role, "lead")


def note(action: str, subject: str, detail: Mapping[str, Plain] | None = None) -> None:
    """Add a line to the audit log, for deeds that have no transaction of their own."""
    with parts().store.engine.begin() as connection:
        audit(connection, actor(), action, subject, detail)
