"""Which detector answers: the promoted model, looked for anew while the server runs, or one that was given.

Whoever asks gets one detector and keeps it for the whole request, so that no answer is made by two models.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from classifier import load
from classifier.errors import PinchError
from classifier.promotions import POINTER
from classifier.registry import Registry
from server.detecting import Detector
from server.log import log
from server.settings import Settings

# How often the file that names the model in use is looked at, at most.
SECONDS = 1.0
_Stamp = tuple[int, int, int] | None


class Models(Protocol):
    """Where a request gets its detector."""

    @property
    def detector(self) -> Detector:
        """The one in use now."""


class OneModel:
    """A detector that stays."""

    def __init__(self, detector: Detector) -> None:
        self.detector = detector


class PromotedModels:
    """The registry's model in use. Raises :class:`PinchError` when the one to begin with cannot be used.

    The request that notices a promotion loads the model, about two seconds long; others meanwhile are answered by the
    old one. A new model that cannot be used is told in the log, and the old one stays.
    """

    def __init__(self, registry: Registry, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._registry = registry
        self._clock = clock
        self._lock = threading.Lock()
        self._next = clock() + SECONDS
        self._seen = self._stamp()
        self._detector: Detector = load(registry.current())

    @property
    def detector(self) -> Detector:
        """The one in use now."""
        if self._clock() >= self._next and self._lock.acquire(blocking=False):
            try:
                self._next = self._clock() + SECONDS
                self._look()
            finally:
                self._lock.release()
        return self._detector

    def _look(self) -> None:
        stamp = self._stamp()
        if stamp == self._seen:
            return
        self._seen = stamp  # also when it is refused below: once is enough
        try:
            self._detector = load(self._registry.current())
        except PinchError as error:
            log.error("model-refused", message=error.message, hint=error.hint)
        else:
            log.info("model", version=self._detector.model.version, digest=self._detector.model.digest)

    def _stamp(self) -> _Stamp:
        """What changes when the file is replaced; None where there is none."""
        try:
            found = (self._registry.folder / POINTER).stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_ino, found.st_size


def models_of(settings: Settings) -> Models:
    """The model of ``PINCH_MODEL_DIR`` where that is set, else the promoted one, whichever it becomes."""
    return OneModel(load(settings.model_dir)) if settings.model_dir else PromotedModels(Registry(settings.models))


def bundle_in_use(settings: Settings) -> Path:
    """The folder of the same, for commands that load it once. Raises :class:`PinchError`."""
    return settings.model_dir or Registry(settings.models).current()
