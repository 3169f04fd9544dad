"""One-time pairing codes: eight characters that let one browser in, good for ten minutes.

The alphabet leaves out letters and digits that are read for one another (0 O, 1 I L, U V). 29^8 codes, ten minutes and
a handful of wrong tries leave a guesser nothing; a stored digest is worth nothing ten minutes later.
"""

from __future__ import annotations

import hmac
import secrets
import time
from collections.abc import Callable

import sqlalchemy as sa

from server.store.clients import digest
from server.store.tables import CODES

ALPHABET = "ABCDEFGHJKMNPQRSTWXYZ23456789"
LENGTH = 8
GOOD_FOR = 600  # seconds


def normalise(code: str) -> str:
    """A code as typed, without blanks and hyphens, in capitals."""
    return "".join(char for char in code.upper() if not char.isspace() and char not in "-\u2010\u2011\u2013")


class Codes:
    """Makes codes and takes each once."""

    def __init__(self, engine: sa.Engine, *, clock: Callable[[], float] = time.time) -> None:
        self._engine = engine
        self._clock = clock

    def make(self) -> str:
        """A new code, written ABCD-EFGH. Sweeps away those that have run out."""
        code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        now = int(self._clock())
        with self._engine.begin() as connection:
            connection.execute(CODES.delete().where(CODES.c.expires_at <= now))
            connection.execute(CODES.insert(), {"digest": digest(code), "expires_at": now + GOOD_FOR})
        return f"{code[:4]}-{code[4:]}"

    def take(self, code: str) -> bool:
        """Whether the code is good. A good code is used up by this, also when two ask at once."""
        wanted = digest(normalise(code))
        now = int(self._clock())
        with self._engine.connect() as connection:
            live = connection.execute(sa.select(CODES.c.digest).where(CODES.c.expires_at > now)).scalars().all()
        # Every live code is compared, so that the time taken tells nothing.
        good = [known for known in live if hmac.compare_digest(known, wanted)]
        if not good:
            return False
        with self._engine.begin() as connection:
            return connection.execute(CODES.delete().where(CODES.c.digest == wanted)).rowcount == 1
