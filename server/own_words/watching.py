"""A thread of every server process that takes up a changed list and brings waiting posts in line with it."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from classifier.errors import PinchError
from classifier.language import prepare
from classifier.own_phrases import OwnPhrases
from server.api.posts import intake_of
from server.log import describe, log
from server.moderation.intake import Intake
from server.own_words.live import LivePhrases
from server.own_words.versions import Versions, changed_entries
from server.own_words.waiting import bring_in_line
from server.parts import Parts
from server.store.times import now

EVERY = 0.2  # seconds between two looks at the file
# Another process may have died over its work, or taken a post in with the old list while this one searched.
AGAIN = 5.0


@dataclass(slots=True)
class Watcher:
    """Looks at the list once with each :meth:`step`. ``intake`` makes the intake anew, with the list of the moment."""

    phrases: LivePhrases
    engine: sa.Engine
    intake: Callable[[], Intake]
    _noticed: str | None = None
    _next: float = 0.0
    _late: tuple[OwnPhrases, datetime] | None = field(default=None)

    def step(self) -> int:
        """Take up what changed; how many posts were read again."""
        current, at = self.phrases.current, time.monotonic()
        if current.digest == self._noticed and at < self._next:
            return 0
        if current.digest != self._noticed:
            Versions(self.engine).keep(current)
            count = self._catch_up()
        else:
            count = self._read_late() + self._catch_up()
        self._noticed, self._next = current.digest, at + AGAIN
        return count

    def _catch_up(self) -> int:
        versions = Versions(self.engine)
        due = versions.claim()
        if not due:
            return 0
        newest, started, at = due[0].number, time.monotonic(), now()
        changed = changed_entries(due)
        count = bring_in_line(self.engine, self.intake(), changed, done=lambda: versions.hold(newest))
        versions.applied(newest)
        before = self._late or (OwnPhrases(), at)
        self._late = OwnPhrases((*before[0].entries, *changed.entries)), before[1] - timedelta(minutes=1)
        log.info("phrases-applied", posts=count, ms=round((time.monotonic() - started) * 1000, 1))
        return count

    def _read_late(self) -> int:
        """Posts that came in while others were searched, read with the list before."""
        if self._late is None:
            return 0
        (changed, since), self._late = self._late, None
        return bring_in_line(self.engine, self.intake(), changed, since=since)


def watcher_of(parts: Parts) -> Watcher:
    """The watcher of this server."""
    return Watcher(parts.phrases, parts.store.engine, lambda: intake_of(parts))


def watch(app: Flask) -> None:
    """Start the thread. It ends with the process; what it had in hand another process does, or this one's next run."""
    threading.Thread(target=_watch, args=(watcher_of(app.extensions["pinch"]),), name="phrases", daemon=True).start()


def _watch(watcher: Watcher) -> None:
    prepare()
    while True:
        try:
            watcher.step()
        except (PinchError, SQLAlchemyError, sqlite3.Error) as error:
            log.warning("phrases-not-applied", **describe(error))
            time.sleep(AGAIN)
        time.sleep(EVERY)
