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

EVERY = 0.1  # seconds between two looks at the file
AGAIN = 5.0  # another process may have died over its work
# So long after, posts are looked at that were taken in meanwhile: another process, or a large batch, may have read them
# with the old list.
LATE = (5.0, 60.0)
_SINCE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class _Late:
    """Entries that changed, to be looked for in what changed since then, at a time of the process's clock."""

    at: float
    changed: OwnPhrases
    since: datetime


@dataclass(slots=True)
class Watcher:
    """Looks at the list once with each :meth:`step`. ``intake`` makes an intake that reads with a list."""

    phrases: LivePhrases
    engine: sa.Engine
    intake: Callable[[OwnPhrases], Intake]
    clock: Callable[[], float] = time.monotonic
    _noticed: str | None = None
    _next: float = 0.0
    _late: list[_Late] = field(default_factory=list)

    def step(self) -> int:
        """Take up what changed; how many posts were read again."""
        current, at = self.phrases.current, self.clock()
        if current.digest == self._noticed and at < self._next:
            return 0
        if current.digest != self._noticed:
            Versions(self.engine).keep(current)
        count = self._read_late(current, at) + self._catch_up(current)
        self._noticed, self._next = current.digest, at + AGAIN
        return count

    def _catch_up(self, current: OwnPhrases) -> int:
        versions = Versions(self.engine)
        due = versions.claim(current.digest)
        if not due:
            return 0
        newest, started, since = due[0].number, self.clock(), now() - _SINCE
        changed = changed_entries(due)
        count = bring_in_line(self.engine, self.intake(current), changed, done=lambda: versions.hold(newest))
        versions.applied(newest)
        ended = self.clock()
        self._late += [_Late(ended + after, changed, since) for after in LATE]
        log.info("phrases-applied", posts=count, ms=round((ended - started) * 1000, 1))
        return count

    def _read_late(self, current: OwnPhrases, at: float) -> int:
        """Posts that came in while others were searched, read with the list before."""
        due = [late for late in self._late if late.at <= at]
        count = sum(bring_in_line(self.engine, self.intake(current), late.changed, since=late.since) for late in due)
        self._late = [late for late in self._late if late not in due]
        return count


def watcher_of(parts: Parts) -> Watcher:
    """The watcher of this server."""
    return Watcher(parts.phrases, parts.store.engine, lambda phrases: intake_of(parts, phrases))


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
