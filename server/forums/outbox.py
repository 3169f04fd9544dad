"""What forums are told of decisions: written with the decision itself, sent later, in the order of each post.

Nothing is lost, because the row and the decision are one transaction. A message may come twice, when the process dies
between sending and noting it; its ``delivery`` is then the same.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from server.forums.outbox_tables import FORUM_OUT, OUTBOX
from server.moderation.tables import DECISIONS, POSTS
from server.store.writing import writing

State = Literal["waiting", "sent", "failed"]
EVENTS = {"decide": "decision.made", "undo": "decision.undone", "reopen": "post.reopened"}
# How long after a try the next one comes; the last holds for all that follow.
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 15, 30, 60, 120, 240, 360))
BRINGING = timedelta(minutes=3)  # that a try may take; only then another process may think that the first one died
GIVEN_UP = timedelta(days=3)
KEPT = timedelta(days=30)  # that rows stay after they were sent or given up
LATE = timedelta(minutes=10)
_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Letter:
    """A message that waits. ``body`` is what the forum is told."""

    id: int
    delivery: str
    source: str
    post: int
    body: Mapping[str, Any]
    made_at: datetime
    tries: int


@dataclass(frozen=True, slots=True)
class OutboxState:
    """How the messages to one forum stand. ``told`` is what came of the last one that failed or waits."""

    source: str
    waiting: int
    failed: int
    oldest: datetime | None
    told: str | None


def want_told(engine: sa.Engine, sources: Collection[str], *, at: datetime) -> None:
    """Note which forums are to be told from now on. What waits for others is given up: nobody will send it."""
    try:
        _note_wanted(engine, sources, at)
    except IntegrityError:
        # Another process that starts now wrote one of them between two statements.
        _note_wanted(engine, sources, at)


def _note_wanted(engine: sa.Engine, sources: Collection[str], at: datetime) -> None:
    with writing(engine) as connection:
        noted = set(connection.execute(sa.select(FORUM_OUT.c.source)).scalars())
        if noted == set(sources):
            return
        connection.execute(FORUM_OUT.delete().where(FORUM_OUT.c.source.not_in(sources)))
        for source in sorted(set(sources) - noted):
            connection.execute(FORUM_OUT.insert(), {"source": source})
        is_orphan = (OUTBOX.c.state == "waiting") & OUTBOX.c.source.not_in(sources)
        gone = {"state": "failed", "told": "the forum is not connected any more", "ended_at": at}
        connection.execute(OUTBOX.update().where(is_orphan).values(gone))


def tell_forum(connection: sa.Connection, decision: int, *, now_open: bool = False) -> None:
    """Write what a decision tells the post's forum, in the decision's own transaction, if that forum is to be told.

    ``now_open``: the post is being opened again, and its row does not say so yet.
    """
    joined = sa.join(DECISIONS, POSTS, POSTS.c.number == DECISIONS.c.post)
    joined = joined.join(FORUM_OUT, FORUM_OUT.c.source == POSTS.c.source)
    columns = (POSTS.c.source, POSTS.c.post_id, POSTS.c.state, POSTS.c.outcome.label("standing"))
    row = connection.execute(
        sa.select(DECISIONS, *columns).select_from(joined).where(DECISIONS.c.id == decision)
    ).one_or_none()
    if row is None:
        return
    delivery = str(uuid.uuid4())
    body = {
        "event": EVENTS[row.kind],
        "delivery": delivery,
        "source": row.source,
        "post_id": row.post_id,
        "version": row.version,
        "decision": row.id,
        "undoes": row.undoes,
        "outcome": row.outcome,
        "flags": [{"flag": flag["flag"], "verdict": flag["verdict"]} for flag in row.flags],
        "state": "open" if now_open else row.state,
        "standing": None if now_open else row.standing,
        "at": row.at.isoformat(),
    }
    values = {"delivery": delivery, "source": row.source, "post": row.post, "decision": row.id, "body": body}
    times = {"made_at": row.at, "due_at": row.at}
    connection.execute(OUTBOX.insert(), {**values, **times, "tries": 0, "state": "waiting"})


class Outbox:
    """The messages as the couriers see them."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def due(self, source: str, *, at: datetime) -> list[Letter]:
        """The messages to send now: of each post only the first that waits, so that their order stays."""
        waits = (OUTBOX.c.state == "waiting") & (OUTBOX.c.source == source)
        first = sa.select(sa.func.min(OUTBOX.c.id)).where(waits).group_by(OUTBOX.c.post)
        wanted = sa.select(OUTBOX).where(OUTBOX.c.id.in_(first), OUTBOX.c.due_at <= at)
        with self._engine.connect() as connection:
            rows = connection.execute(wanted.order_by(OUTBOX.c.due_at, OUTBOX.c.id).limit(_AT_ONCE)).all()
        return [Letter(row.id, row.delivery, row.source, row.post, row.body, row.made_at, row.tries) for row in rows]

    def claim(self, letter: Letter, *, at: datetime) -> bool:
        """Take this try of the message, for as long as one may last. False when another process took it."""
        is_it = (OUTBOX.c.id == letter.id) & (OUTBOX.c.state == "waiting") & (OUTBOX.c.tries == letter.tries)
        with writing(self._engine) as connection:
            taken = OUTBOX.update().where(is_it).values(tries=letter.tries + 1, due_at=at + BRINGING)
            return connection.execute(taken).rowcount == 1

    def sent(self, letter: Letter, told: str, *, at: datetime) -> None:
        """Note that it arrived, and what came of it."""
        self._note(letter, {"state": "sent", "told": told, "ended_at": at})

    def failed(self, letter: Letter, told: str, *, at: datetime, wait: timedelta | None = None) -> bool:
        """Note why a try failed, and the time of the next; whether it is given up.

        ``wait`` is how long the forum asked to be left alone.
        """
        if at - letter.made_at >= GIVEN_UP:
            self._note(letter, {"state": "failed", "told": told, "ended_at": at})
            return True
        own_wait = WAITS[min(letter.tries, len(WAITS) - 1)]
        self._note(letter, {"told": told, "due_at": at + (min(wait, WAITS[-1]) if wait else own_wait)})
        return False

    def _note(self, letter: Letter, values: dict[str, Any]) -> None:
        with writing(self._engine) as connection:
            is_it = (OUTBOX.c.id == letter.id) & (OUTBOX.c.state == "waiting")
            connection.execute(OUTBOX.update().where(is_it).values(values))

    def states(self) -> list[OutboxState]:
        """How the messages to each forum stand that has some which did not arrive."""
        is_open = OUTBOX.c.state != "sent"
        counts = [sa.func.sum(sa.case((OUTBOX.c.state == state, 1), else_=0)) for state in ("waiting", "failed")]
        oldest = sa.func.min(sa.case((OUTBOX.c.state == "waiting", OUTBOX.c.made_at)), type_=OUTBOX.c.made_at.type)
        wanted = sa.select(OUTBOX.c.source, *counts, oldest, sa.func.max(OUTBOX.c.id)).where(is_open)
        with self._engine.connect() as connection:
            rows = connection.execute(wanted.group_by(OUTBOX.c.source).order_by(OUTBOX.c.source)).all()
            return [OutboxState(*row[:4], self._last_told(connection, row.source)) for row in rows]

    def late(self, *, at: datetime) -> list[OutboxState]:
        """Of these, the ones that people should see: something was given up, or waits for longer than a try takes."""
        return [
            state for state in self.states() if state.failed or (state.oldest is not None and at - state.oldest > LATE)
        ]

    def _last_told(self, connection: sa.Connection, source: str) -> str | None:
        has_some = (OUTBOX.c.source == source) & (OUTBOX.c.state != "sent") & OUTBOX.c.told.is_not(None)
        wanted = sa.select(OUTBOX.c.told).where(has_some).order_by(OUTBOX.c.due_at.desc()).limit(1)
        return connection.execute(wanted).scalar()

    def forget_old(self, *, at: datetime) -> None:
        """Delete what was sent or given up long ago."""
        with writing(self._engine) as connection:
            connection.execute(OUTBOX.delete().where(OUTBOX.c.ended_at < at - KEPT))
