"""The four roles. Each may do all that those before it may."""

from __future__ import annotations

from typing import Literal

Role = Literal["viewer", "moderator", "lead", "admin"]
# In ascending order, each with what it may do more than the one before, in words for the pages.
ROLES: dict[Role, str] = {
    "viewer": "checks texts and looks at the queue",
    "moderator": "decides about posts, answers disputes",
    "lead": "undoes others' decisions, changes replies, erases disputes, reads feedback and the audit log, exports",
    "admin": "lets people and programs in, and shuts them out",
}
_ORDER = tuple(ROLES)


def is_at_least(role: Role, least: Role) -> bool:
    """Whether a role reaches another."""
    return _ORDER.index(role) >= _ORDER.index(least)
