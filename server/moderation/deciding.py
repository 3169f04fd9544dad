"""Takes decisions: one transaction each, in which the post is looked at, changed and the decision added.

The post is changed first, by one UPDATE that names what the moderator saw. It locks the post on both databases, and
changes nothing when another was quicker; everything read after it belongs to the revision that was seen. A decision is
acknowledged when these functions return, which is after the commit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import datetime

import sqlalchemy as sa

from server.errors import ApiError
from server.moderation.changes import Change
from server.moderation.decisions import (
    Decision,
    NewDecision,
    find_decision,
    history,
    last_undoable,
    of_batch,
    standing_before,
)
from server.moderation.refusals import Seen, cannot_undo
from server.moderation.states import PRESENT, STATE_AFTER, WAITING
from server.moderation.tables import POSTS
from server.moderation.verdicts import check_corrections, flag_verdicts
from server.store.times import now
from server.store.writing import writing

_FREE = {"claimed_by": None, "claimed_until": None}


@dataclass(frozen=True, slots=True)
class Refused:
    """A post of a batch that was not decided, and why."""

    number: int
    error: ApiError


@dataclass(frozen=True, slots=True)
class Decider:
    """Decides, undoes and reopens in one person's name."""

    engine: sa.Engine
    who: str
    is_lead: bool
    now: Callable[[], datetime] = now

    def decide(self, new: NewDecision) -> Decision:
        """Take a decision, or give back the one that the same request took before.

        Raises :class:`StaleViewError`, :class:`HeldError` or another :class:`ApiError`; then nothing was decided.
        """
        with writing(self.engine) as connection:
            return self._decide(connection, new)

    def decide_all(self, several: Iterable[NewDecision]) -> tuple[list[Decision], list[Refused]]:
        """Take those that can be taken, all in one transaction; what is refused leaves the others as they are."""
        taken: list[Decision] = []
        refused: list[Refused] = []
        with writing(self.engine) as connection:
            # Always in the same order: two batches that share posts would otherwise wait for each other.
            for new in sorted(several, key=lambda new: new.number):
                try:
                    with connection.begin_nested():
                        taken.append(self._decide(connection, new))
                except ApiError as error:
                    refused.append(Refused(new.number, error))
        return taken, refused

    def _decide(self, connection: sa.Connection, new: NewDecision) -> Decision:
        change = Change(connection, self.who, new.number, new.seen, new.request_id, self.now)
        known = change.known()
        if known is not None:
            return known
        if not change.make({"state": STATE_AFTER[new.outcome], "outcome": new.outcome, **_FREE}, WAITING):
            # The very same request may have been waiting for its own twin.
            return change.known() or change.refuse()
        check_corrections(connection, new)
        flags = [asdict(verdict) for verdict in flag_verdicts(connection, new)]
        corrections = [asdict(correction) for correction in new.corrections]
        return change.add("decide", outcome=new.outcome, flags=flags, corrections=corrections, note=new.note)

    def undo(self, decision_id: int, request_id: str) -> Decision:
        """Take back the last decision of a post, while nothing else happened to it."""
        with writing(self.engine) as connection:
            return self._undo(connection, decision_id, request_id)

    def undo_batch(self, batch: str, request_id: str) -> tuple[list[Decision], list[Refused]]:
        """Take back what was decided together, as far as nothing else happened to it."""
        taken: list[Decision] = []
        refused: list[Refused] = []
        with writing(self.engine) as connection:
            for decision in sorted(of_batch(connection, batch), key=lambda decision: decision.number):
                try:
                    with connection.begin_nested():
                        taken.append(self._undo(connection, decision.id, f"{request_id}.{decision.number}"))
                except ApiError as error:
                    refused.append(Refused(decision.number, error))
        return taken, refused

    def _undo(self, connection: sa.Connection, decision_id: int, request_id: str) -> Decision:
        decision = find_decision(connection, decision_id)
        if decision is None:
            raise cannot_undo("there is none of this number")
        seen = Seen(decision.seen.version, decision.seen.revision + 1)
        change = Change(connection, self.who, decision.number, seen, request_id, self.now)
        known = change.known()
        if known is not None:
            return known
        if decision.who != self.who and not self.is_lead:
            raise cannot_undo("another moderator made it, and only they or a lead may")
        past = history(connection, decision.number)
        state, outcome = standing_before(past)
        if last_undoable(past, seen.revision) != decision:
            raise cannot_undo("something else happened to the post since")
        if not change.make({"state": state, "outcome": outcome}, PRESENT):
            return change.known() or change.refuse()
        return change.add("undo", undoes=decision.id)

    def reopen(self, number: int, seen: Seen, request_id: str) -> Decision:
        """Put a post that was decided back into the queue. Its earlier decisions stay as they are."""
        with writing(self.engine) as connection:
            change = Change(connection, self.who, number, seen, request_id, self.now)
            known = change.known()
            if known is not None:
                return known
            if not change.make({"state": "open", "outcome": None, **_FREE}, PRESENT & (POSTS.c.state != "open")):
                return change.known() or change.refuse()
            return change.add("reopen")
