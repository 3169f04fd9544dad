"""Names that tell people apart and do not tell who they are.

A keyed digest (HMAC-SHA256) of a name: the same person has the same pseudonym in every export of this installation, and
without its key nobody can try names out until one fits.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass

_LENGTH = 12  # hex digits: 48 bits


@dataclass(frozen=True, slots=True)
class Pseudonyms:
    """Makes pseudonyms with the key of this installation."""

    key: bytes

    def moderator(self, name: str) -> str:
        """Of somebody who decides."""
        return f"m-{self._digest('moderator', name)}"

    def reader(self, client_id: str) -> str:
        """Of a browser that sent feedback."""
        return f"r-{self._digest('reader', client_id)}"

    def thread(self, *key: str) -> str:
        """Of a thread of a forum, or a page."""
        return f"t-{self._digest('thread', *key)}"

    def _digest(self, *parts: str) -> str:
        told = "\0".join(("pinch labels", *parts)).encode("utf-8", "surrogatepass")
        return hmac.new(self.key, told, hashlib.sha256).hexdigest()[:_LENGTH]
