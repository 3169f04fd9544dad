"""Replies with sources that moderators copy: shipped ones to begin with, then the team's own.

The replies of ``macros.toml`` are put into the database the first time that replies are asked for. From then on they
belong to the team: they can be changed or retired, and a newer Pinch does not bring them back.
"""

from __future__ import annotations

import tomllib
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, ClassVar, Literal

import sqlalchemy as sa
from pydantic import ConfigDict, TypeAdapter
from sqlalchemy.exc import IntegrityError

from server.context.cards import NO_EXTRA_KEYS
from server.moderation.audit import audit
from server.moderation.people import SHIPPED
from server.moderation.tables import MACROS
from server.store.times import now
from server.store.writing import writing

_FILE = Path(__file__).with_name("macros.toml")
Saved = Literal["saved", "name-taken", "stale"]


@dataclass(frozen=True, slots=True)
class MacroSource:
    """Where a reader can look it up; https only."""

    __pydantic_config__: ClassVar[ConfigDict] = NO_EXTRA_KEYS

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What a reply says. It is offered first beside posts with its ``flag`` or on its ``topic``."""

    __pydantic_config__: ClassVar[ConfigDict] = NO_EXTRA_KEYS

    name: str
    text: str
    sources: tuple[MacroSource, ...]
    flag: str | None = None
    topic: str | None = None

    @property
    def to_copy(self) -> str:
        """The reply as it is pasted into a forum: words, then sources one a line."""
        sources = [f"- {source.title}: {source.url}" for source in self.sources]
        return "\n".join([self.text, "", "Sources:", *sources]) if sources else self.text


@dataclass(frozen=True, slots=True)
class Macro:
    """A reply that is kept. ``changed_at`` also tells whether somebody changed it meanwhile."""

    id: int
    draft: Draft
    changed_by: str
    changed_at: datetime


@cache
def shipped() -> tuple[Draft, ...]:
    """The replies that come with Pinch."""
    with _FILE.open("rb") as file:
        return TypeAdapter(tuple[Draft, ...]).validate_python(tomllib.load(file)["macros"])


def all_macros(engine: sa.Engine) -> tuple[Macro, ...]:
    """All replies that are not retired, by name."""
    _ship(engine)
    live = sa.select(MACROS).where(MACROS.c.retired_at.is_(None)).order_by(MACROS.c.name)
    with engine.connect() as connection:
        return tuple(map(_macro, connection.execute(live)))


def _ship(engine: sa.Engine) -> None:
    """Put in the shipped replies where there was never any, unless another process does so at this moment."""
    with engine.connect() as connection:
        if connection.execute(_ANY).first() is not None:
            return
    try:
        with writing(engine) as connection:
            if connection.execute(_ANY).first() is None:
                connection.execute(MACROS.insert(), [_row(draft, SHIPPED) for draft in shipped()])
    except IntegrityError:
        return


_ANY = sa.select(MACROS.c.id).limit(1)


def add_macro(engine: sa.Engine, draft: Draft, *, who: str) -> Saved:
    """Keep a new reply."""
    _ship(engine)
    try:
        with writing(engine) as connection:
            _free_name(connection, draft.name)
            number = connection.execute(MACROS.insert().returning(MACROS.c.id), _row(draft, who)).scalar_one()
            audit(connection, who, "add-reply", f"reply {number}", {})
    except IntegrityError:
        return "name-taken"
    return "saved"


def change_macro(engine: sa.Engine, number: int, draft: Draft, *, who: str, seen: datetime) -> Saved:
    """Change a reply, unless somebody else did since it was ``seen``."""
    try:
        return _update(engine, number, _row(draft, who), who=who, action="change-reply", seen=seen)
    except IntegrityError:
        return "name-taken"


def retire_macro(engine: sa.Engine, number: int, *, who: str, seen: datetime) -> Saved:
    """Take a reply out of use, unless somebody else changed it since it was ``seen``."""
    values = {"retired_at": now(), "changed_by": who, "changed_at": now()}
    return _update(engine, number, values, who=who, action="retire-reply", seen=seen)


def _update(engine: sa.Engine, number: int, values: dict[str, Any], *, who: str, action: str, seen: datetime) -> Saved:
    is_as_seen = sa.and_(MACROS.c.id == number, MACROS.c.changed_at == seen, MACROS.c.retired_at.is_(None))
    with writing(engine) as connection:
        _free_name(connection, values.get("name"))
        if connection.execute(MACROS.update().where(is_as_seen).values(values)).rowcount != 1:
            return "stale"
        audit(connection, who, action, f"reply {number}", {})
    return "saved"


def _free_name(connection: sa.Connection, name: str | None) -> None:
    """The name of a retired reply is free again."""
    connection.execute(MACROS.delete().where(MACROS.c.name == name, MACROS.c.retired_at.is_not(None)))


def _row(draft: Draft, who: str) -> dict[str, Any]:
    sources = [asdict(source) for source in draft.sources]
    return {**asdict(draft), "sources": sources, "changed_by": who, "changed_at": now()}


def _macro(row: Any) -> Macro:
    sources = tuple(MacroSource(**source) for source in row.sources)
    return Macro(row.id, Draft(row.name, row.text, sources, row.flag, row.topic), row.changed_by, row.changed_at)
