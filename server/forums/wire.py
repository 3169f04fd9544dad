"""Requests to a connected forum: to its own address alone, with short patience, and little read of what it answers."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import urllib3

CONNECT_WAIT, ANSWER_WAIT = 5.0, 10.0  # seconds
WHOLE_WAIT = 20.0  # for an answer that drips
MOST_READ = 2_000_000  # bytes of an answer; a long post of Discourse with all that stands beside it is far shorter
AGENT = "Pinch"


@dataclass(frozen=True, slots=True)
class Answered:
    """What a forum answered. ``wait`` is how long it asked to be left alone."""

    status: int
    body: bytes = b""
    wait: timedelta | None = None

    @property
    def is_good(self) -> bool:
        """Whether it took the request."""
        return 200 <= self.status < 300

    def json(self) -> Any:
        """The answer's value, None where it is no JSON."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            return None


class Wire:
    """Sends requests. Follows no redirect, uses no proxy and tries nothing twice by itself.

    A forum's address may be a private one: the team wrote it into its connections, and nothing else is ever asked.
    """

    def __init__(self) -> None:
        timeout = urllib3.Timeout(connect=CONNECT_WAIT, read=ANSWER_WAIT)
        self._pool = urllib3.PoolManager(retries=False, timeout=timeout)

    def send(
        self, method: str, url: str, *, headers: Mapping[str, str], body: bytes | None = None, most: int = 0
    ) -> Answered | None:
        """The answer with at most so many bytes of it, or None when there was none in time."""
        try:
            found = self._pool.request(
                method,
                url,
                body=body,
                headers={"User-Agent": AGENT, **headers},
                redirect=False,
                preload_content=False,
                decode_content=False,
            )
            try:
                return Answered(found.status, _beginning(found, most), _wait(found.headers))
            finally:
                found.close()
        except urllib3.exceptions.HTTPError:
            return None


def _beginning(answer: urllib3.BaseHTTPResponse, most: int) -> bytes:
    """At most so many bytes of an answer, as far as they come in time. The rest is left where it is."""
    read, end = b"", time.monotonic() + WHOLE_WAIT
    while len(read) < most and time.monotonic() < end and (part := answer.read1(min(65_536, most - len(read)))):
        read += part
    return read


def _wait(headers: Mapping[str, str]) -> timedelta | None:
    seconds = headers.get("Retry-After", "")
    return timedelta(seconds=int(seconds)) if seconds.isascii() and seconds.isdigit() and len(seconds) < 7 else None
