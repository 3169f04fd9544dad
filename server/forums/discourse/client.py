"""Asks a Discourse at its API. Only the address in the file of connections is ever asked: no redirect is followed."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

import urllib3
from urllib3.exceptions import HTTPError

from server.errors import ApiError
from server.forums.connections import DiscourseForum
from server.forums.discourse.shapes import DiscoursePost, read_discourse

TRIES = 4
LONGEST_WAIT = 60.0  # seconds; a forum that wants more is asked again with the next pull
LONGEST_ANSWER = 16 * 1024 * 1024
_TIMEOUT = urllib3.Timeout(connect=5, read=20)
_WHOLE = 60.0  # seconds for one answer, however slowly it drips
_AGAIN = frozenset({429, 500, 502, 503, 504})


class ForumError(ApiError):
    """The forum did not answer as it should."""


@dataclass(frozen=True, slots=True)
class DiscourseClient:
    """Asks one forum."""

    forum: DiscourseForum
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    pool: urllib3.PoolManager = field(default_factory=lambda: urllib3.PoolManager(retries=False, timeout=_TIMEOUT))

    def latest(self, before: int | None) -> list[DiscoursePost]:
        """Up to 50 public posts with an id below ``before``, the newest first. Raises :class:`ForumError`."""
        status, value = self.get("/posts.json" if before is None else f"/posts.json?before={before}")
        posts = value.get("latest_posts") if status == 200 and isinstance(value, dict) else None
        if not isinstance(posts, list):
            raise _broken(status)
        return [read_discourse(post) for post in posts]

    def post(self, number: str) -> DiscoursePost | None:
        """One post, also a hidden one; None when the forum says that there is none. Raises :class:`ForumError`."""
        value = self._found(f"/posts/{number}.json")
        return None if value is None else read_discourse(value)

    def is_topic_gone(self, number: int) -> bool:
        """Whether a topic was deleted. Staff is shown it all the same. Raises :class:`ForumError`."""
        value = self._found(f"/t/{number}.json")
        return value is None or (isinstance(value, dict) and value.get("deleted_at") is not None)

    def _found(self, path: str) -> Any:
        """The JSON of what is there; None when the forum itself says that there is nothing."""
        status, value = self.get(path)
        # A proxy's own page of "not found" is no word of the forum.
        if status in (404, 410) and isinstance(value, dict) and value.get("error_type") == "not_found":
            return None
        if status != 200:
            raise _broken(status)
        return value

    def get(self, path: str) -> tuple[int, Any]:
        """Status and JSON of an answer, after as many tries as it takes. Raises :class:`ForumError`."""
        for number in range(1, TRIES + 1):
            wait = 2.0 ** (number - 1)
            try:
                status, asked_wait, body = self._once(path)
            except HTTPError as error:
                if number == TRIES:
                    raise _away(type(error).__name__) from None
            else:
                if status not in _AGAIN:
                    return status, _parsed(status, body)
                wait = wait if asked_wait is None else asked_wait
                if number == TRIES or wait > LONGEST_WAIT:
                    raise _busy(status)
            self.sleep(wait)
        raise AssertionError("The last try returns or raises.")

    def _once(self, path: str) -> tuple[int, float | None, bytes]:
        address = f"{self.forum.url}{path}"
        response = self.pool.request(
            "GET", address, headers=self._headers(), redirect=False, preload_content=False, retries=False
        )
        try:
            if 300 <= response.status < 400:
                raise _redirects(response.headers.get("Location", ""), self.forum.url)
            return response.status, _wait(response.headers.get("Retry-After")), self._body(response)
        finally:
            response.close()

    def _headers(self) -> dict[str, str]:
        key = self.forum.api_key.get_secret_value() if self.forum.api_key else ""
        return {
            "Api-Key": key,
            "Api-Username": self.forum.api_user,
            "Accept": "application/json",
            "User-Agent": "Pinch",
        }

    def _body(self, response: urllib3.BaseHTTPResponse) -> bytes:
        parts, size, end = [], 0, self.clock() + _WHOLE
        for part in response.stream(65536):
            size += len(part)
            if size > LONGEST_ANSWER or self.clock() > end:
                raise ForumError(502, "forum-endless", "The forum's answer did not end.", hint="Ask again later.")
            parts.append(part)
        return b"".join(parts)


def _wait(told: str | None) -> float | None:
    """The seconds of ``Retry-After``: a number, or a date."""
    if told is None:
        return None
    if told.strip().isdecimal() and len(told) < 10:
        return float(told)
    try:
        return max(0.0, parsedate_to_datetime(told).timestamp() - time.time())
    except (ValueError, OverflowError):
        return None


def _parsed(status: int, body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise _broken(status) from None


def _broken(status: int) -> ForumError:
    if status in (401, 403):
        return ForumError(
            502,
            "forum-refuses",
            f"The forum refuses the key, or hides this from it ({status}).",
            hint="See that api_key and api_user are right and that the key may read posts.",
        )
    return ForumError(
        502, "forum-broken", f"The forum's answer is not that of a Discourse ({status}).", hint="See that url is right."
    )


def _busy(status: int) -> ForumError:
    code = "forum-busy" if status == 429 else "forum-away"
    return ForumError(502, code, f"The forum does not answer now ({status}).", hint="It is asked again later.")


def _away(kind: str) -> ForumError:
    return ForumError(502, "forum-away", f"The forum cannot be reached ({kind}).", hint="It is asked again later.")


def _redirects(location: str, url: str) -> ForumError:
    """Whereto is not told in full: an address may hold what nobody should read."""
    here = urlsplit(url).netloc
    try:
        there = urlsplit(location).netloc or here
    except ValueError:
        there = ""
    whereto = "to another host" if there != here else "to another of its own addresses"
    return ForumError(
        502,
        "forum-redirects",
        f"The forum sends on {whereto}, and no redirect is followed.",
        hint="Write the address that it has now as url in the connections.",
    )
