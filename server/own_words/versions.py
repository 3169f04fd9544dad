"""Every list that was in force, the last of them first, and which of them waiting posts were read with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from classifier.errors import InputError
from classifier.own_phrases import OwnPhrases
from classifier.phrase_file import OwnPhrase
from server.own_words.live import LivePhrases
from server.own_words.tables import PHRASE_LISTS
from server.store.times import now
from server.store.writing import writing

BY_FILE = "file"
_LISTED = 50
_HELD_FOR = timedelta(seconds=30)
_LISTS = PHRASE_LISTS.c


@dataclass(frozen=True, slots=True)
class Version:
    """A list that was in force. ``is_applied``: all waiting posts were brought in line with it."""

    number: int
    digest: str
    text: str
    who: str
    at: datetime
    is_applied: bool


@dataclass(frozen=True, slots=True)
class Versions:
    """Keeps and reads the versions."""

    engine: sa.Engine

    def keep(self, phrases: OwnPhrases, who: str = BY_FILE) -> None:
        """Add a list, unless it is the newest here already or nobody ever had one."""
        with changing(self.engine) as connection:
            keep(connection, phrases, who)

    def newest(self) -> Version | None:
        """The last one."""
        found = self.last(1)
        return found[0] if found else None

    def last(self, count: int = _LISTED) -> list[Version]:
        """The last few, the newest first."""
        wanted = sa.select(PHRASE_LISTS).order_by(_LISTS.number.desc()).limit(count)
        with self.engine.connect() as connection:
            return [_version(row) for row in connection.execute(wanted)]

    def find(self, number: int) -> Version | None:
        """The version of this number."""
        with self.engine.connect() as connection:
            row = connection.execute(sa.select(PHRASE_LISTS).where(_LISTS.number == number)).one_or_none()
        return None if row is None else _version(row)

    def claim(self, digest: str) -> list[Version]:
        """Those that waiting posts lack, with the last that they have, the newest first; none where all is done,
        another process is at it, or ``digest``, the list of whoever asks, is not the newest. They are this process's
        own for half a minute, or until :meth:`hold`.
        """
        at = now()
        with writing(self.engine) as connection:
            newest = connection.execute(sa.select(sa.func.max(_LISTS.number))).scalar()
            is_free = _LISTS.claimed_until.is_(None) | (_LISTS.claimed_until <= at)
            is_due = (_LISTS.number == newest) & (_LISTS.digest == digest) & _LISTS.applied_at.is_(None) & is_free
            taken = connection.execute(PHRASE_LISTS.update().where(is_due).values(claimed_until=at + _HELD_FOR))
            if not taken.rowcount:
                return []
            had = sa.select(sa.func.max(_LISTS.number)).where(_LISTS.applied_at.is_not(None)).scalar_subquery()
            since = sa.select(PHRASE_LISTS).where(_LISTS.number >= sa.func.coalesce(had, 0))
            return [_version(row) for row in connection.execute(since.order_by(_LISTS.number.desc()))]

    def hold(self, number: int) -> None:
        """Go on holding a version that takes long."""
        with writing(self.engine) as connection:
            is_it = _LISTS.number == number
            connection.execute(PHRASE_LISTS.update().where(is_it).values(claimed_until=now() + _HELD_FOR))

    def applied(self, number: int) -> None:
        """Say that waiting posts are in line with a version, and so with all before it."""
        with writing(self.engine) as connection:
            is_done = (_LISTS.number <= number) & _LISTS.applied_at.is_(None)
            connection.execute(PHRASE_LISTS.update().where(is_done).values(applied_at=now()))


def live_phrases(path: Path, engine: sa.Engine) -> LivePhrases:
    """The list in a file; where the file cannot be used, the last list that was in force."""
    live = LivePhrases(path)
    newest = Versions(engine).newest() if live.current.digest == "" and live.fault else None
    if newest is not None:
        live.start_with(newest.text)
    return live


@contextmanager
def changing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A transaction in which nobody else changes the lists."""
    with writing(engine) as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(sa.text("LOCK TABLE phrase_list IN EXCLUSIVE MODE"))
        yield connection


def keep(connection: sa.Connection, phrases: OwnPhrases, who: str) -> None:
    """Add a list in the caller's transaction, unless it is the newest here already or nobody ever had one."""
    newest = sa.select(_LISTS.digest).order_by(_LISTS.number.desc()).limit(1)
    if (connection.execute(newest).scalar() or "") != phrases.digest:
        row = {"digest": phrases.digest, "text": phrases.text, "who": who, "at": now()}
        connection.execute(PHRASE_LISTS.insert(), row)


def changed_entries(versions: Sequence[Version]) -> OwnPhrases:
    """The entries that are not in all of these versions: only texts that hold one of them can read differently."""
    lists = [_entries(version) for version in versions]
    if len(lists) == 1:
        # Nobody had a list before the first.
        lists.append(frozenset())
    return OwnPhrases(tuple(frozenset().union(*lists) - frozenset.intersection(*lists)))


def _entries(version: Version) -> frozenset[OwnPhrase]:
    """None of a list that another release of Pinch could read and this one cannot: nothing here was read with it."""
    try:
        return frozenset(OwnPhrases.parse(version.text).entries)
    except InputError:
        return frozenset()


def _version(row: sa.Row[tuple[object, ...]]) -> Version:
    return Version(row.number, row.digest, row.text, row.who, row.at, row.applied_at is not None)
