"""The list that is in force now: read anew when its file changes, and kept as it was when the file cannot be used."""

from __future__ import annotations

import threading
import time
from pathlib import Path

from classifier.document import Report
from classifier.errors import InputError
from classifier.own_phrases import OwnPhrases
from classifier.phrase_file import digest_of, read_text
from server.log import log

Signature = tuple[int, int, int, int] | None
# A file that was written this short a time ago may be written again within one tick of the file system's clock.
_SETTLED_NS = 100_000_000


class LivePhrases:
    """The list in a file. Thread-safe; asking costs one look at the file's times, a few microseconds.

    ``fault`` says why the file, as it was at the last look, is not in force; None where it is. ``is_logged``: whether
    the log tells what changes.
    """

    def __init__(self, path: Path, *, is_logged: bool = True) -> None:
        self.path = path
        self._is_logged = is_logged
        self.fault: str | None = None
        self._list = OwnPhrases()
        self._seen: tuple[Signature, bool] | None = None
        self._lock = threading.Lock()

    @property
    def current(self) -> OwnPhrases:
        """The list in force. While one thread reads a new file, others wait for it: nobody answers by the old list."""
        if self._is_due():
            with self._lock:
                self._read()
        return self._list

    def apply(self, report: Report) -> Report:
        """The report with the list in force, see :meth:`OwnPhrases.apply`."""
        return self.current.apply(report)

    def look(self) -> str | None:
        """The fault after a look at the file as it stands now."""
        _ = self.current
        return self.fault

    def start_with(self, text: str) -> None:
        """Put a list in force that was in force before, where the file cannot be used from the start."""
        if self.fault is not None and not self._list.digest:
            try:
                self._list = OwnPhrases.parse(text, str(self.path))
            except InputError:
                log.warning("phrases-version-unusable")

    def _is_due(self) -> bool:
        return self._seen is None or not self._seen[1] or self._signature() != self._seen[0]

    def _signature(self) -> Signature:
        try:
            found = self.path.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino

    def _read(self) -> None:
        # The times are taken before the text, so that a change in between is seen as one.
        signature = self._signature()
        # A time ahead of this machine's clock says as little as one long past.
        is_settled = signature is None or abs(time.time_ns() - signature[0]) > _SETTLED_NS
        try:
            text = read_text(self.path)
            if ("" if text is None else digest_of(text)) != self._list.digest:
                self._list = OwnPhrases.read_from(text, str(self.path))
                if self._is_logged:
                    log.info("phrases-changed", entries=len(self._list.entries), digest=self._list.digest)
            self.fault = None
        except InputError as error:
            if self._is_logged and self.fault != str(error):
                log.warning("phrases-refused", reason=str(error))
            self.fault = str(error)
        self._seen = signature, is_settled
