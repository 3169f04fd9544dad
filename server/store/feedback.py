"""What readers sent back about flags: the only page text that is ever stored, and so the only one that must be erased.

Kept with the day, not the hour: nobody needs to know when a person reads. ``number`` only orders.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from classifier.document import Setting
from server.store.clients import today
from server.store.erasing import erase_remains
from server.store.tables import CLIENTS, FEEDBACK

Verdict = Literal["wrong", "right", "missing"]
Taken = Literal["new", "known", "other"]
_AT_ONCE = 500  # rows read in one go, so that a long export holds no transaction open


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """One reader's word on one flag: it is wrong here, it is right, or it is missing."""

    id: str
    verdict: Verdict
    flag: str
    text: str
    fingerprint: str | None = None
    url: str | None = None
    confidence: float | None = None
    setting: Setting | None = None
    model: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class KeptFeedback:
    """Feedback with when and by whom it was sent."""

    number: int
    feedback: Feedback
    sent_on: date
    client_id: str
    client_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which feedback is meant; what is None does not matter. ``before`` is a number: only what is older."""

    verdict: Verdict | None = None
    flag: str | None = None
    client_id: str | None = None
    before: int | None = None

    def condition(self) -> sa.ColumnElement[bool]:
        """The choice in SQL."""
        columns = FEEDBACK.c
        wanted = ((columns.verdict, self.verdict), (columns.flag, self.flag), (columns.client_id, self.client_id))
        conditions = [column == value for column, value in wanted if value is not None]
        if self.before is not None:
            conditions.append(columns.number < self.before)
        return sa.and_(sa.true(), *conditions)


EVERYTHING = Choice()


class FeedbackStore:
    """Takes, lists and erases feedback. ``days`` is how long it is kept; None keeps it until somebody deletes it."""

    def __init__(self, engine: sa.Engine, *, days: int | None = None, today: Callable[[], date] = today) -> None:
        self._engine = engine
        self._days = days
        self._today = today
        self._looked_on: date | None = None

    def add(self, feedback: Feedback, *, client_id: str) -> Taken:
        """Keep it. ``known`` when the very same was sent before, ``other`` when another was sent under this id."""
        feedback = _storable(feedback)
        row = {**asdict(feedback), "sent_on": self._today(), "client_id": client_id}
        try:
            with self._engine.begin() as connection:
                connection.execute(FEEDBACK.insert(), row)
        except IntegrityError:
            known = self.find(feedback.id)
            if known is None:
                raise
            return "known" if known.feedback == feedback else "other"
        return "new"

    def find(self, feedback_id: str) -> KeptFeedback | None:
        """The feedback of this id."""
        with self._engine.connect() as connection:
            row = connection.execute(_SELECTED.where(FEEDBACK.c.id == _key(feedback_id))).one_or_none()
        return _kept(row) if row else None

    def page(self, choice: Choice = EVERYTHING, *, limit: int) -> list[KeptFeedback]:
        """The newest that are chosen, newest first."""
        wanted = _SELECTED.where(choice.condition()).order_by(FEEDBACK.c.number.desc()).limit(limit)
        with self._engine.connect() as connection:
            return [_kept(row) for row in connection.execute(wanted)]

    def all(self, choice: Choice = EVERYTHING) -> Iterator[KeptFeedback]:
        """All that are chosen, newest first."""
        while found := self.page(choice, limit=_AT_ONCE):
            yield from found
            choice = replace(choice, before=found[-1].number)

    def count(self, choice: Choice = EVERYTHING) -> int:
        """How many are chosen."""
        counted = sa.select(sa.func.count()).select_from(FEEDBACK).where(choice.condition())
        with self._engine.connect() as connection:
            return connection.execute(counted).scalar_one()

    def delete(self, feedback_id: str, *, client_id: str | None = None) -> bool:
        """Erase one, if it is this client's where one is named. False when there is none."""
        choice = Choice(client_id=client_id)
        return self._erase((FEEDBACK.c.id == _key(feedback_id)) & choice.condition()) == 1

    def delete_all(self, choice: Choice = EVERYTHING) -> int:
        """Erase all that are chosen. How many there were."""
        return self._erase(choice.condition())

    def forget_old(self) -> int:
        """Erase what is kept longer than the owner set, looking at most once a day. How many there were."""
        day = self._today()
        if self._days is None or self._looked_on == day:
            return 0
        self._looked_on = day
        return self._erase(FEEDBACK.c.sent_on < day - timedelta(days=self._days))

    def _erase(self, condition: sa.ColumnElement[bool]) -> int:
        with self._engine.begin() as connection:
            count = connection.execute(FEEDBACK.delete().where(condition)).rowcount
        if count:
            erase_remains(self._engine)
        return count


_FIELDS = tuple(Feedback.__dataclass_fields__)
_SELECTED = sa.select(FEEDBACK, CLIENTS.c.name.label("client_name")).join_from(
    FEEDBACK, CLIENTS, FEEDBACK.c.client_id == CLIENTS.c.id
)


def _key(feedback_id: str) -> str:
    """UUIDs are written in small letters, and read in any. No database key holds a NUL."""
    return feedback_id.lower().replace("\0", "\ufffd")


def _storable(feedback: Feedback) -> Feedback:
    """As it can be stored everywhere: PostgreSQL takes no NUL in a text."""
    changed: dict[str, Any] = {
        name: value.replace("\0", "\ufffd") for name, value in asdict(feedback).items() if isinstance(value, str)
    }
    return replace(feedback, **{**changed, "id": _key(feedback.id)})


def _kept(row: sa.Row[Any]) -> KeptFeedback:
    feedback = Feedback(**{name: getattr(row, name) for name in _FIELDS})
    return KeptFeedback(row.number, feedback, row.sent_on, row.client_id, row.client_name)
