"""Signatures of deliveries: HMAC-SHA256 (RFC 2104, FIPS 180-4) over the bytes that came, compared in constant time.

Discourse signs the body alone. Pinch's own shape signs ``timestamp + "." + body``, so that a delivery that was caught
on the way is of no use after five minutes.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import time
from dataclasses import dataclass

WINDOW = 300  # seconds that a signed time may lie from ours, either way
DISCOURSE_HEADER = "X-Discourse-Event-Signature"
SIGNATURE_HEADER = "X-Pinch-Signature"
TIME_HEADER = "X-Pinch-Timestamp"
_SIGNATURE = re.compile(r"sha256=[0-9a-f]{64}")
_SECONDS = re.compile(r"[0-9]{1,12}")


@dataclass(frozen=True, slots=True)
class SignedWith:
    """What came beside a body: its signature, and for Pinch's own shape the time that was signed."""

    signature: str
    timestamp: str | None = None


def sign(secret: str, body: bytes, timestamp: str | None = None) -> str:
    """The signature as it stands in the header. Raises :class:`ValueError` without a secret: there is no default."""
    if not secret:
        raise ValueError("Nothing is signed without a secret.")
    signed = body if timestamp is None else timestamp.encode() + b"." + body
    return "sha256=" + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


def is_signed(secret: str, body: bytes, given: SignedWith) -> bool:
    """Whether whoever knows the secret signed these very bytes."""
    if not secret or not _SIGNATURE.fullmatch(given.signature):
        return False
    if given.timestamp is not None and not _SECONDS.fullmatch(given.timestamp):
        return False
    return hmac.compare_digest(sign(secret, body, given.timestamp), given.signature)


def is_fresh(timestamp: str, *, now: float | None = None) -> bool:
    """Whether a signed time lies in the window."""
    return bool(_SECONDS.fullmatch(timestamp)) and abs((time.time() if now is None else now) - int(timestamp)) <= WINDOW
