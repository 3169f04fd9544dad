"""While the server runs it reads the connected forums, in a thread of its own, at the start and every few minutes."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence

from sqlalchemy.exc import SQLAlchemyError

from server.forums.connections import DiscourseForum
from server.forums.pulling import Puller
from server.log import describe, log

_STEP = 5.0  # seconds between looks at the clock


class BackgroundPulls:
    """Reads forums until it is stopped. Another process that does the same is waited for by the lease."""

    def __init__(
        self, puller: Puller, forums: Sequence[DiscourseForum], *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._puller = puller
        self._forums = forums
        self._clock = clock
        self._due = dict.fromkeys((forum.source for forum in forums), 0.0)
        self._stopped = threading.Event()

    def start(self) -> None:
        """Begin. The thread ends with the process."""
        threading.Thread(target=self._run, name="forum-pulls", daemon=True).start()

    def stop(self) -> None:
        """Begin no further pull."""
        self._stopped.set()

    def step(self) -> None:
        """Read the forums whose time has come."""
        for forum in self._forums:
            if self._stopped.is_set() or self._clock() < self._due[forum.source]:
                continue
            self._due[forum.source] = self._clock() + 60 * forum.pull_minutes
            self._pull(forum)

    def _run(self) -> None:
        while not self._stopped.is_set():
            self.step()
            self._stopped.wait(_STEP)

    def _pull(self, forum: DiscourseForum) -> None:
        try:
            pulled = self._puller.pull(forum)
        except SQLAlchemyError as error:
            # The database may be back with the next pull; a thread that ended would not be.
            log.error("forum-pull", source=forum.source, result="store-away", **describe(error))
            return
        if pulled is not None:
            result = pulled.error.code if pulled.error else "ok"
            log.info("forum-pull", source=forum.source, result=result, taken=pulled.taken)
