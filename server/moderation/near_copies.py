"""An index of the newest posts by their three-word runs, kept in memory, so that one post is not compared with each."""

from __future__ import annotations

import math
import time
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock

import sqlalchemy as sa

from server.moderation.shingles import READ, Shingles, shingle
from server.moderation.subject import WITH_WORDS
from server.moderation.tables import POST_VERSIONS, POSTS

RECENT = 2000
LEAST_SHARE = 0.5
FEWEST_SHINGLES = 6  # eight words: less is a greeting, which everybody writes
REFRESH_SECONDS = 10.0
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Near:
    """The share that each recent text has in common, by its digest; ``oldest`` is the number of the oldest recent post.

    ``is_too_short``: the text has too few words to say.
    """

    shares: Mapping[str, float]
    oldest: int
    is_too_short: bool


class NearCopies:
    """The newest ``RECENT`` posts that have words. New ones are seen at once, edited and deleted ones within
    ``REFRESH_SECONDS``: so who asks looks whether a post still has the digest that was found. Threads may share it.
    """

    def __init__(self, refresh_seconds: float = REFRESH_SECONDS) -> None:
        self._refresh_seconds = refresh_seconds
        self._lock = Lock()
        self._read_at = -math.inf
        self._digests: dict[int, str] = {}  # of each post
        self._shingles: dict[str, Shingles] = {}
        self._holders: defaultdict[int, set[str]] = defaultdict(set)  # digests of the texts with a shingle

    def find(self, connection: sa.Connection, text: str) -> Near:
        """The recent texts whose shingles have a Jaccard index of ``LEAST_SHARE`` or more with those of ``text``."""
        mine = shingle({"": text})[""]
        if len(mine) < FEWEST_SHINGLES:
            return Near({}, 0, is_too_short=True)
        with self._lock:
            self._follow(connection)
            common = Counter(digest for run in mine.tolist() for digest in self._holders.get(run, ()))
            shares = {
                digest: round(count / (len(mine) + len(self._shingles[digest]) - count), 4)
                for digest, count in common.items()
            }
            alike = {digest: share for digest, share in shares.items() if share >= LEAST_SHARE}
            return Near(alike, min(self._digests, default=0), is_too_short=False)

    def _follow(self, connection: sa.Connection) -> None:
        """Take in what has changed: now and then all of the newest posts, always those newer than any that is known."""
        now = time.monotonic()
        is_due = now - self._read_at >= self._refresh_seconds
        found = _newest(connection, 0 if is_due else max(self._digests, default=0) + 1)
        if is_due:
            self._read_at = now
            self._keep(connection, found)
        elif found:
            self._keep(connection, dict(sorted({**self._digests, **found}.items())[-RECENT:]))

    def _keep(self, connection: sa.Connection, digests: dict[int, str]) -> None:
        """These posts are the newest: know their words, and forget what nobody has any more."""
        wanted = {digest: number for number, digest in digests.items()}
        for digest in self._shingles.keys() - wanted.keys():
            for run in self._shingles.pop(digest).tolist():
                self._holders[run].discard(digest)
                if not self._holders[run]:
                    del self._holders[run]
        missing = {digest: number for digest, number in wanted.items() if digest not in self._shingles}
        for digest, runs in shingle(_texts(connection, missing)).items():
            self._shingles[digest] = runs
            for run in runs.tolist():
                self._holders[run].add(digest)
        self._digests = digests


def _newest(connection: sa.Connection, lowest: int) -> dict[int, str]:
    """The digests of the newest posts from this number on."""
    wanted = sa.select(POSTS.c.number, POST_VERSIONS.c.digest).select_from(WITH_WORDS)
    live = wanted.where(POSTS.c.deleted_at.is_(None), POST_VERSIONS.c.digest.is_not(None), POSTS.c.number >= lowest)
    # All at once, as plain pairs: one by one they take twice as long.
    rows = connection.execute(live.order_by(POSTS.c.number.desc()).limit(RECENT)).all()
    return {number: digest for number, digest in rows}


def _texts(connection: sa.Connection, wanted: Mapping[str, int]) -> dict[str, str]:
    """The beginning of the text of each digest; ``wanted`` names a post that has it."""
    numbers = list(wanted.values())
    texts: dict[str, str] = {}
    for start in range(0, len(numbers), _AT_ONCE):
        chosen = POSTS.c.number.in_(numbers[start : start + _AT_ONCE])
        begun = sa.func.substr(POST_VERSIONS.c.text, 1, READ)
        found = connection.execute(sa.select(POST_VERSIONS.c.digest, begun).select_from(WITH_WORDS).where(chosen))
        texts |= {digest: text for digest, text in found if digest in wanted}
    return texts
