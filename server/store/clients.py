"""Who may call: programs and extensions with a token, and browsers signed in to the pages.

A token is ``pinch_<id>_<secret>``. Only the SHA-256 digest of the whole is stored: the secret has 256 random
bits, so a slow password hash would add nothing but time to every call.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Literal

import sqlalchemy as sa

from server.store.tables import CLIENTS

Kind = Literal["token", "browser"]
ID_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"
NAME_LIMIT = 80
_TOKEN = re.compile(r"pinch_([a-z0-9]{8})_[A-Za-z0-9_-]{43}")


@dataclass(frozen=True, slots=True)
class Client:
    """One paired browser or program, as its owner sees it."""

    id: str
    kind: Kind
    name: str
    created_on: date
    last_used_on: date | None
    revoked_on: date | None
    person: int | None = None
    epoch: int | None = None


@dataclass(frozen=True, slots=True)
class IssuedClient:
    """A new client with its token, which nothing can show again."""

    client: Client
    token: str


def today() -> date:
    """The day in UTC."""
    return datetime.now(UTC).date()


def digest(secret: str) -> str:
    """The SHA-256 of a token or code in hexadecimal."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


class Clients:
    """Issues, checks, lists and revokes."""

    def __init__(self, engine: sa.Engine, *, today: Callable[[], date] = today) -> None:
        self._engine = engine
        self._today = today

    def issue(
        self, name: str, *, kind: Kind = "token", person: int | None = None, epoch: int | None = None
    ) -> IssuedClient:
        """Let a new client in; a person's browser with the number and epoch of that person."""
        client_id = "".join(secrets.choice(ID_ALPHABET) for _ in range(8))
        token = f"pinch_{client_id}_{secrets.token_urlsafe(32)}"
        client = Client(client_id, kind, name[:NAME_LIMIT], self._today(), None, None, person, epoch)
        row = {**{column: getattr(client, column) for column in _COLUMNS}, "digest": digest(token)}
        with self._engine.begin() as connection:
            connection.execute(CLIENTS.insert(), row)
        return IssuedClient(client, token)

    def check(self, token: str, *, kind: Kind = "token") -> Client | None:
        """The client of this token, or None when there is none, it was revoked, or it is of the other kind."""
        match = _TOKEN.fullmatch(token)
        if not match:
            return None
        with self._engine.connect() as connection:
            row = connection.execute(sa.select(CLIENTS).where(CLIENTS.c.id == match[1])).one_or_none()
        known = row.digest if row else "0" * 64
        if not hmac.compare_digest(known, digest(token)) or row is None:
            return None
        client = _client(row)
        if client.revoked_on or client.kind != kind:
            return None
        self._note_use(client)
        return client

    def _note_use(self, client: Client) -> None:
        """Write the day of the last use, at most once a day."""
        day = self._today()
        if client.last_used_on != day:
            with self._engine.begin() as connection:
                connection.execute(CLIENTS.update().where(CLIENTS.c.id == client.id).values(last_used_on=day))

    def all(self) -> list[Client]:
        """Everyone ever let in, the newest first, those in force before the revoked."""
        order = (CLIENTS.c.revoked_on.is_not(None), CLIENTS.c.created_on.desc(), CLIENTS.c.name, CLIENTS.c.id)
        with self._engine.connect() as connection:
            return [_client(row) for row in connection.execute(sa.select(CLIENTS).order_by(*order))]

    def of_person(self, number: int) -> list[Client]:
        """The browsers in force of one person."""
        return [client for client in self.all() if client.person == number and not client.revoked_on]

    def find(self, name_or_id: str) -> list[Client]:
        """Those in force with this id, or else with this name."""
        live = [client for client in self.all() if not client.revoked_on]
        by_id = [client for client in live if client.id == name_or_id]
        return by_id or [client for client in live if client.name == name_or_id]

    def revoke(self, client_id: str) -> bool:
        """Shut a client out, at once. False when there is no such client in force."""
        is_live = (CLIENTS.c.id == client_id) & CLIENTS.c.revoked_on.is_(None)
        with self._engine.begin() as connection:
            result = connection.execute(CLIENTS.update().where(is_live).values(revoked_on=self._today()))
        return result.rowcount == 1


_COLUMNS = ("id", "kind", "name", "created_on", "last_used_on", "revoked_on", "person", "epoch")


def _client(row: sa.Row[tuple[object, ...]]) -> Client:
    return Client(*(getattr(row, column) for column in _COLUMNS))
