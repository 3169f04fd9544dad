"""Who sits at a browser that is signed in: a person with an account, or the owner of this installation."""

from __future__ import annotations

from dataclasses import dataclass

from server.moderation.people import OWNER_NAME, Person
from server.moderation.roles import Role
from server.store import Client


@dataclass(frozen=True, slots=True)
class Visitor:
    """A signed-in browser. Without a person it is the owner's, who came in by the start address."""

    client: Client
    person: Person | None

    @property
    def name(self) -> str:
        """The name that others see."""
        return self.person.name if self.person else OWNER_NAME

    @property
    def role(self) -> Role:
        """What this visitor may do."""
        return self.person.role if self.person else "admin"
