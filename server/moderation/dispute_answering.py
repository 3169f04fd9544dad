"""Answers to disputes: each is given once, and both who answers and who decided before are kept in the audit log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from server.errors import ApiError
from server.moderation.audit import Plain, audit
from server.moderation.disputes import Dispute, Outcome, get_dispute, no_such_dispute
from server.moderation.tables import DECISIONS, DISPUTES
from server.store.writing import writing


@dataclass(frozen=True, slots=True)
class Answer:
    """What moderators say to it: ``words`` go to whoever filed it, ``ground`` into the public log."""

    outcome: Outcome
    ground: str
    words: str


def answer_dispute(engine: sa.Engine, number: int, said: Answer, *, who: str, at: datetime) -> None:
    """Answer it, once. Raises :class:`ApiError` when there is none or another answered before."""
    values = {"state": "answered", "outcome": said.outcome, "ground": said.ground, "answer": said.words}
    is_open = (DISPUTES.c.id == number) & (DISPUTES.c.state == "open")
    with writing(engine) as connection:
        changed = connection.execute(
            DISPUTES.update().where(is_open).values(**values, answered_at=at, answered_by=who)
        ).rowcount
        found = get_dispute(connection, number)
        if found is None:
            raise no_such_dispute()
        if changed:
            is_own = is_own_decision(connection, found, who)
            detail: dict[str, Plain] = {"outcome": said.outcome, "ground": said.ground, "own-decision": is_own}
            audit(connection, who, "answer-dispute", f"dispute {number}", detail)
        elif not _is_same(found, said, who):
            raise _answered_before()


def _is_same(found: Dispute, said: Answer, who: str) -> bool:
    """Whether a form was only sent twice."""
    return (found.outcome, found.ground, found.answer, found.answered_by) == (
        said.outcome,
        said.ground,
        said.words,
        who,
    )


def is_own_decision(connection: sa.Connection, dispute: Dispute, who: str) -> bool:
    """Whether this person made the decision that is appealed against."""
    made = sa.select(DECISIONS.c.who).where(DECISIONS.c.id == dispute.decision)
    return dispute.decision is not None and connection.execute(made).scalar() == who


def erase_words(engine: sa.Engine, number: int, *, who: str) -> None:
    """Erase all that was written in an answered dispute; its line in the log stays."""
    nothing = {"quote": None, "reason": "", "contact": None, "url": None, "answer": None}
    is_answered = (DISPUTES.c.id == number) & (DISPUTES.c.state == "answered")
    with writing(engine) as connection:
        if not connection.execute(DISPUTES.update().where(is_answered).values(**nothing)).rowcount:
            raise no_such_dispute()
        audit(connection, who, "erase-dispute", f"dispute {number}", {})


def _answered_before() -> ApiError:
    return ApiError(
        409,
        "dispute-answered",
        "Another moderator answered this dispute first.",
        hint="Load the page to see the answer.",
    )
