"""Looks at the weeks now and then: counting them for every page and every scrape would cost more than it tells."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta

import sqlalchemy as sa

from server.detecting import Detector
from server.models import Models
from server.moderation.drift import ForumDrift, Training, drift_by_forum
from server.store.times import now

# How old what was counted may be: on a page that people look at, and for programs that ask all the time.
FOR_PEOPLE, FOR_PROGRAMS = timedelta(minutes=1), timedelta(minutes=10)


class DriftWatch:
    """Counts the weeks, and keeps what came out for a while. Several threads may ask."""

    def __init__(self, engine: sa.Engine, models: Models, *, now: Callable[[], datetime] = now) -> None:
        self._engine = engine
        self._models = models
        self._now = now
        self._lock = threading.Lock()
        self._kept: tuple[datetime, list[ForumDrift]] | None = None

    def forums(self, *, no_older: timedelta) -> list[ForumDrift]:
        """The weeks of each forum, counted ``no_older`` ago. While one thread counts, others wait for its sums."""
        with self._lock:
            at = self._now()
            if self._kept is None or at - self._kept[0] > no_older:
                with self._engine.connect() as connection:
                    found = drift_by_forum(connection, at=at, training=training_of(self._models.detector))
                self._kept = at, found
            return self._kept[1]


def training_of(detector: Detector) -> Training | None:
    """What the model that speaks saw in training: pages of forums, if there were any."""
    reference = detector.reference
    if reference is None:
        return None
    return Training(detector.model.name, reference.forum or reference.whole)
