"""Decisions as they are kept: only ever added to. What a post's state is follows from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

import sqlalchemy as sa

from classifier.document import Origin
from server.moderation.refusals import Seen
from server.moderation.states import OUTCOME_WORDS, STATE_AFTER, Kind, Outcome, State, Verdict
from server.moderation.tables import DECISIONS

CorrectionVerdict = Literal["missing", "wrong"]


@dataclass(frozen=True, slots=True)
class Correction:
    """Words that lack a flag, or that carry one wrongly: code points into the version that was seen."""

    flag: str
    start: int
    end: int
    verdict: CorrectionVerdict


@dataclass(frozen=True, slots=True)
class FlagVerdict:
    """What was decided of one flag, with the confidence that it had and who had raised it, model or list.

    The model is kept here because reading posts again replaces what is known of it there. Older rows have none.
    """

    id: str
    flag: str
    verdict: Verdict
    confidence: float
    origin: Origin = "model"
    model: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDecision:
    """A decision to take. ``verdicts`` names flags by id; a flag that is not named goes with the post."""

    number: int
    seen: Seen
    outcome: Outcome
    request_id: str
    verdicts: Mapping[str, Verdict] = field(default_factory=dict)
    corrections: tuple[Correction, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A decision that was taken, an undoing of one, or a reopening. ``outcome`` is None for the last two."""

    id: int
    number: int
    seen: Seen
    kind: Kind
    outcome: Outcome | None
    flags: tuple[FlagVerdict, ...]
    corrections: tuple[Correction, ...]
    note: str | None
    who: str
    at: datetime
    undoes: int | None
    request_id: str

    @property
    def words(self) -> str:
        """What was done, for people."""
        if self.outcome is not None:
            return OUTCOME_WORDS[self.outcome]
        return "Undone" if self.kind == "undo" else "Reopened"


def history(connection: sa.Connection, number: int) -> list[Decision]:
    """All that was ever decided of a post, the oldest first."""
    return read_decisions(connection, DECISIONS.c.post == number)


def find_decision(connection: sa.Connection, decision_id: int) -> Decision | None:
    """The decision of this id."""
    found = read_decisions(connection, DECISIONS.c.id == decision_id)
    return found[0] if found else None


def by_request(connection: sa.Connection, request_id: str) -> Decision | None:
    """The decision that was sent with this request id."""
    found = read_decisions(connection, DECISIONS.c.request_id == request_id)
    return found[0] if found else None


def of_batch(connection: sa.Connection, batch: str) -> list[Decision]:
    """The decisions that were taken together."""
    return read_decisions(connection, DECISIONS.c.request_id.startswith(f"{batch}.", autoescape=True))


def is_any_undone(connection: sa.Connection, *decision_ids: int) -> bool:
    """Whether one of them was taken back."""
    undoing = sa.select(sa.func.count()).where(DECISIONS.c.undoes.in_(decision_ids))
    return connection.execute(undoing).scalar_one() > 0


def last_undoable(past: Sequence[Decision], revision: int) -> Decision | None:
    """The decision that may be undone: the last row, if nothing happened to the post since."""
    last = past[-1] if past else None
    if last is None or last.kind == "undo" or last.seen.revision + 1 != revision:
        return None
    return last


def standing_before(past: Sequence[Decision]) -> tuple[State, Outcome | None]:
    """The state and outcome that a post had before the last row of its history.

    What was undone does not count. A change of the post between two rows shows as a gap in the revisions they saw: it
    opens a decided post again, and leaves one that waits for a second look where it is.
    """
    standing: list[Decision] = []
    for place, row in enumerate(past):
        is_gap = place and past[place - 1].seen.revision + 1 != row.seen.revision
        if is_gap and standing and (outcome := standing[-1].outcome) and STATE_AFTER[outcome] == "decided":
            standing.clear()
        if row is past[-1]:
            break
        if row.kind == "undo":
            standing[:] = [other for other in standing if other.id != row.undoes]
        else:
            standing.append(row)
    outcome = standing[-1].outcome if standing else None
    return (STATE_AFTER[outcome], outcome) if outcome else ("open", None)


def read_decisions(connection: sa.Connection, condition: sa.ColumnElement[bool]) -> list[Decision]:
    """Those that meet a condition, the oldest first."""
    wanted = sa.select(DECISIONS).where(condition).order_by(DECISIONS.c.id)
    return [_decision(row) for row in connection.execute(wanted)]


def _decision(row: sa.Row[Any]) -> Decision:
    return Decision(
        id=row.id,
        number=row.post,
        seen=Seen(row.version, row.revision),
        kind=row.kind,
        outcome=row.outcome,
        flags=tuple(FlagVerdict(**flag) for flag in row.flags),
        corrections=tuple(Correction(**said) for said in row.corrections),
        note=row.note,
        who=row.who,
        at=row.at,
        undoes=row.undoes,
        request_id=row.request_id,
    )
