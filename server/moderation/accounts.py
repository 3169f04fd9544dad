"""The accounts as they are stored. All SQL that changes them is here and in ``invitations``.

An account is never deleted, only disabled: decisions and the audit log speak of it. Each change is in the audit log, in
one transaction with the change.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from server.moderation.audit import Plain, audit
from server.moderation.people import PeopleError, Person, name_key, person_of, read_name
from server.moderation.roles import Role
from server.moderation.tables import INVITATIONS, PEOPLE
from server.store.clients import today
from server.store.tables import CLIENTS
from server.store.times import now


class Accounts:
    """Makes, finds and changes accounts. ``by`` is who does it, for the audit log."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def add(self, name: str, role: Role, *, by: str, password_digest: str | None = None) -> Person:
        """A new account, without a password unless one is given. Raises :class:`PeopleError`."""
        name = read_name(name)
        row: dict[str, Any] = {"name": name, "key": name_key(name), "role": role, "epoch": 1, "created_at": now()}
        if password_digest:
            row |= _new_password(password_digest)
        try:
            with self._engine.begin() as connection:
                connection.execute(PEOPLE.insert(), row)
                audit(connection, by, "add-person", f"person {name}", {"role": role})
        except IntegrityError:
            raise PeopleError("There is an account of this name already.", hint="Give another name.") from None
        return cast(Person, self.find(name))

    def is_any(self) -> bool:
        """Whether there is any account."""
        with self._engine.connect() as connection:
            return connection.execute(sa.select(PEOPLE.c.number).limit(1)).first() is not None

    def all(self) -> list[Person]:
        """Everybody, by name; the disabled last."""
        order = (PEOPLE.c.disabled_at.is_not(None), PEOPLE.c.key)
        with self._engine.connect() as connection:
            return [person_of(row) for row in connection.execute(sa.select(PEOPLE).order_by(*order))]

    def find(self, name: str) -> Person | None:
        """The person of this name."""
        found = self._row(PEOPLE.c.key == name_key(name))
        return person_of(found) if found else None

    def get(self, number: int) -> Person | None:
        """The person of this number."""
        found = self._row(PEOPLE.c.number == number) if abs(number) < 2**31 else None
        return person_of(found) if found else None

    def for_sign_in(self, name: str) -> tuple[Person, str] | None:
        """The person of this name with what the password is checked against, unless there is no way to sign in."""
        found = self._row(PEOPLE.c.key == name_key(name))
        if found is None or found.digest is None or found.disabled_at is not None:
            return None
        return person_of(found), found.digest

    def set_password(self, person: Person, password_digest: str, *, by: str) -> Person:
        """Set it, and end all sessions and invitations that were before."""
        return self._change(person, "set-password", _new_password(password_digest), by=by)

    def rehash(self, person: Person, password_digest: str) -> None:
        """Keep the same password under newer parameters, unless it was changed meanwhile."""
        is_same = (PEOPLE.c.number == person.number) & (PEOPLE.c.epoch == person.epoch)
        with self._engine.begin() as connection:
            connection.execute(PEOPLE.update().where(is_same).values(digest=password_digest))

    def change_role(self, person: Person, role: Role, *, by: str) -> Person:
        """Give another role; it counts from the next request on."""
        detail: dict[str, Plain] = {"from": person.role, "to": role}
        return self._change(person, "change-role", {"role": role}, by=by, detail=detail, ends_sessions=False)

    def disable(self, person: Person, *, by: str) -> Person:
        """Shut out, at once and everywhere."""
        return self._change(person, "disable-person", {"disabled_at": now()}, by=by)

    def enable(self, person: Person, *, by: str) -> Person:
        """Let in again, with the password that was."""
        return self._change(person, "enable-person", {"disabled_at": None}, by=by)

    def end_sessions(self, person: Person, *, by: str) -> Person:
        """Sign out everywhere."""
        return self._change(person, "end-sessions", {}, by=by)

    def note_seen(self, person: Person) -> None:
        """Write when the person was here, at most once a day."""
        at = now()
        if person.last_seen_at is None or person.last_seen_at.date() != at.date():
            with self._engine.begin() as connection:
                connection.execute(PEOPLE.update().where(PEOPLE.c.number == person.number).values(last_seen_at=at))

    def _row(self, condition: sa.ColumnElement[bool]) -> sa.Row[Any] | None:
        with self._engine.connect() as connection:
            return connection.execute(sa.select(PEOPLE).where(condition)).one_or_none()

    def _change(
        self,
        person: Person,
        action: str,
        values: Mapping[str, Any],
        *,
        by: str,
        detail: Mapping[str, Plain] | None = None,
        ends_sessions: bool = True,
    ) -> Person:
        with self._engine.begin() as connection:
            if ends_sessions:
                end_everything(connection, person.number)
            if values:
                connection.execute(PEOPLE.update().where(PEOPLE.c.number == person.number).values(**values))
            audit(connection, by, action, f"person {person.name}", detail)
        return cast(Person, self.get(person.number))


def end_everything(connection: sa.Connection, number: int) -> None:
    """End all sessions and invitations of a person.

    The epoch does it, also for a browser that is being let in at this moment; revoking keeps the list of browsers true.
    """
    connection.execute(PEOPLE.update().where(PEOPLE.c.number == number).values(epoch=PEOPLE.c.epoch + 1))
    connection.execute(INVITATIONS.delete().where(INVITATIONS.c.person == number))
    is_theirs = (CLIENTS.c.person == number) & CLIENTS.c.revoked_on.is_(None)
    connection.execute(CLIENTS.update().where(is_theirs).values(revoked_on=today()))


def _new_password(password_digest: str) -> dict[str, Any]:
    return {"digest": password_digest, "password_changed_at": now()}
