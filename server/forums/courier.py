"""Brings a forum what waits for it: a pass at a time, in one thread for each forum while the server runs."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from server.forums.outbox import Letter, Outbox
from server.log import log
from server.store.times import now

LOOK_AGAIN = 2.0  # seconds between two looks into the outbox
REST = timedelta(minutes=1)  # that a forum is left alone which did not answer, or asked for less


@dataclass(frozen=True, slots=True)
class Brought:
    """It arrived, and this came of it."""

    told: str


@dataclass(frozen=True, slots=True)
class NotBrought:
    """It did not. ``is_away``: not this message is the trouble but the whole forum, so the others wait too."""

    told: str
    is_away: bool = False
    wait: timedelta | None = None


class Bring(Protocol):
    """The way to bring one message to one forum."""

    def __call__(self, letter: Letter, /) -> Brought | NotBrought:
        """Bring it, and say what came of it. Never raises for what the forum does."""


@dataclass
class Courier:
    """Brings the messages of one source. Any number may run: each try of a message is taken by one of them."""

    engine: sa.Engine
    source: str
    bring: Bring
    now: Callable[[], datetime] = now
    _rests_until: datetime | None = field(default=None, init=False)

    def make_round(self) -> tuple[int, int]:
        """Bring what is due, until nothing is or the forum is away; how many arrived, and how many tries failed."""
        outbox, brought, failed = Outbox(self.engine), 0, 0
        while not self._is_resting() and (letters := outbox.due(self.source, at=self.now())):
            for letter in letters:
                if self._is_resting():
                    break
                if not outbox.claim(letter, at=self.now()):
                    continue
                if self._bring(outbox, letter):
                    brought += 1
                else:
                    failed += 1
        outbox.forget_old(at=self.now())
        return brought, failed

    def _bring(self, outbox: Outbox, letter: Letter) -> bool:
        result = self.bring(letter)
        if isinstance(result, Brought):
            outbox.sent(letter, result.told, at=self.now())
            return True
        given_up = outbox.failed(letter, result.told, at=self.now(), wait=result.wait)
        if result.is_away:
            self._rests_until = self.now() + max(REST, result.wait or REST)
        log.warning("forum-not-told", source=self.source, decision=letter.body["decision"], given_up=given_up)
        return False

    def _is_resting(self) -> bool:
        return self._rests_until is not None and self.now() < self._rests_until


def run_in_background(couriers: list[Courier], stop: threading.Event) -> list[threading.Thread]:
    """A thread for each courier, so that a slow forum keeps no other waiting. They end with the process."""
    threads = [threading.Thread(target=_run, args=(courier, stop), daemon=True) for courier in couriers]
    for thread in threads:
        thread.start()
    return threads


def _run(courier: Courier, stop: threading.Event) -> None:
    while not stop.wait(LOOK_AGAIN):
        try:
            courier.make_round()
        except SQLAlchemyError as error:
            log.error("outbox-not-read", source=courier.source, error=type(error).__name__)
            stop.wait(30 * LOOK_AGAIN)
