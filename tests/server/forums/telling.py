"""Decisions to be told, and a courier whose clock a test sets."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count
from typing import Any

import sqlalchemy as sa
from pydantic import SecretStr

from server.forums.connections import Connections, GenericForum
from server.forums.outbox_tables import OUTBOX
from server.moderation.deciding import Decider
from server.moderation.decisions import NewDecision
from server.moderation.refusals import Seen
from server.store.times import now
from tests.server.forums.listening import SECRET, Listener
from tests.server.moderation.placed import put_post

_REQUESTS = count(1)


def connected(listener: Listener) -> Connections:
    secret = SecretStr(SECRET)
    forum = GenericForum(source="boards", kind="generic", callback_url=listener.address, callback_secret=secret)
    return Connections(None, {"boards": forum})


class Clock:
    """The time, which passes when it is told to."""

    def __init__(self) -> None:
        self.passed = timedelta()

    def __call__(self) -> datetime:
        return now() + self.passed


def put(engine: sa.Engine, *numbers: int, source: str = "boards") -> None:
    with engine.begin() as connection:
        for number in numbers:
            put_post(connection, number, source=source, flags=("miracle",))


def decide(engine: sa.Engine, number: int, outcome: Any = "upheld", revision: int = 1) -> int:
    new = NewDecision(number=number, seen=Seen(1, revision), outcome=outcome, request_id=f"o{next(_REQUESTS)}")
    return Decider(engine, "ann", is_lead=True).decide(new).id


def undo(engine: sa.Engine, decision: int) -> None:
    Decider(engine, "ann", is_lead=True).undo(decision, f"o{next(_REQUESTS)}")


def rows(engine: sa.Engine) -> list[Any]:
    with engine.connect() as connection:
        return list(connection.execute(sa.select(OUTBOX).order_by(OUTBOX.c.id)))
