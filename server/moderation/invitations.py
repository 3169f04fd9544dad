"""One-time addresses by which a person chooses a password, so that nobody types another's."""

from __future__ import annotations

import secrets
from datetime import timedelta

import sqlalchemy as sa

from server.moderation.accounts import end_everything
from server.moderation.audit import audit
from server.moderation.people import Person, person_of
from server.moderation.tables import INVITATIONS, PEOPLE
from server.store.clients import digest
from server.store.times import now

GOOD_FOR = timedelta(hours=24)


class Invitations:
    """Makes codes of 256 random bits and takes each once."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def make(self, person: Person, *, by: str) -> str:
        """A code that is good for a day. It takes the place of one made before."""
        code = secrets.token_urlsafe(32)
        row = {"person": person.number, "digest": digest(code), "epoch": person.epoch, "expires_at": now() + GOOD_FOR}
        with self._engine.begin() as connection:
            connection.execute(INVITATIONS.delete().where(INVITATIONS.c.person == person.number))
            connection.execute(INVITATIONS.insert(), row)
            audit(connection, by, "invite", f"person {person.name}")
        return code

    def find(self, code: str) -> Person | None:
        """Who may choose a password by this code; None when it is unknown, used or too old, or its person shut out."""
        is_good = (
            (INVITATIONS.c.digest == digest(code))
            & (INVITATIONS.c.epoch == PEOPLE.c.epoch)
            & (INVITATIONS.c.expires_at > now())
            & PEOPLE.c.disabled_at.is_(None)
        )
        wanted = sa.select(PEOPLE).join(INVITATIONS, INVITATIONS.c.person == PEOPLE.c.number).where(is_good)
        with self._engine.connect() as connection:
            found = connection.execute(wanted).one_or_none()
        return person_of(found) if found else None

    def take(self, code: str, password_digest: str) -> Person | None:
        """Set the password and use the code up, once also when two try at once. None when it is not good (any more)."""
        person = self.find(code)
        if person is None:
            return None
        with self._engine.begin() as connection:
            if not connection.execute(INVITATIONS.delete().where(INVITATIONS.c.digest == digest(code))).rowcount:
                return None
            end_everything(connection, person.number)
            changed = {"digest": password_digest, "password_changed_at": now()}
            connection.execute(PEOPLE.update().where(PEOPLE.c.number == person.number).values(**changed))
            audit(connection, person.name, "accept-invitation", f"person {person.name}")
            row = connection.execute(sa.select(PEOPLE).where(PEOPLE.c.number == person.number)).one()
        return person_of(row)
