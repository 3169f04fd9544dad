"""Reads a Discourse back to where it was last read, and takes in what no delivery brought.

Discourse lists its public posts by their id alone, the newest first. A *short* pull goes back an hour before the last
one, for what was posted. A *deep* pull goes back ``look_back_days`` and compares every post on the way: what was edited
is taken, and what is here but not in the list is asked after one by one, and erased when the forum says that it, or its
topic, is gone (staff is still shown the posts of a deleted topic). Deep is the first pull, the first after one that
failed, the first of a process, and one a day.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from classifier.errors import PinchError
from server.errors import ApiError
from server.forums.connections import DiscourseForum
from server.forums.discourse.client import DiscourseClient, ForumError
from server.forums.discourse.shapes import DiscoursePost
from server.forums.leases import Leases, Reached
from server.forums.receiving import Receiver
from server.moderation.tables import POSTS
from server.store.times import now

OVERLAP = timedelta(hours=1)
DEEP_EVERY = timedelta(days=1)
MOST_PAGES = 2000
_NO_WORD = ("forum-refuses", "forum-redirects", "forum-broken")  # answers that say nothing of whether a topic is gone


@dataclass(frozen=True, slots=True)
class Pulled:
    """What a pull brought. ``error`` where it broke off; what came before is kept."""

    source: str
    counts: Counter[str]
    error: PinchError | None = None

    @property
    def taken(self) -> int:
        """How many posts it changed something of."""
        return sum(self.counts[result] for result in ("new", "changed", "deleted"))


@dataclass(slots=True)
class Puller:
    """Reads forums for one process. ``receiver_of`` is asked anew for each page: model and lists change meanwhile."""

    receiver_of: Callable[[], Receiver]
    leases: Leases
    client_of: Callable[[DiscourseForum], DiscourseClient] = DiscourseClient
    now: Callable[[], datetime] = now
    _seen: set[str] = field(default_factory=set)

    def pull(self, forum: DiscourseForum, *, since: datetime | None = None) -> Pulled | None:
        """Read a forum; with ``since`` back to that moment, deep. None while another process reads it."""
        begun = self.now()
        if not self.leases.take(forum.source, at=begun):
            return None
        reached = self.leases.reached(forum.source)
        is_deep = since is not None or self._is_deep(forum, reached, begun)
        since = since or _since(forum, reached, begun, is_deep=is_deep)
        walk = _Walk(self, forum, self.client_of(forum), since, is_deep)
        told: dict[str, Any] = {"asked_at": begun, "result": "broken-off"}
        error: PinchError | None = None
        try:
            walk.run()
            self._seen.add(forum.source)
            told |= {"result": "ok", "reached_at": begun, "last_post_id": walk.highest or reached.last_post_id}
            told |= {"deep_at": begun} if is_deep else {}
        except PinchError as problem:
            error = problem
            told["result"] = error.code
        finally:
            self.leases.give_back(forum.source, **told, taken=_changed(walk.counts))
        return Pulled(forum.source, walk.counts, error)

    def _is_deep(self, forum: DiscourseForum, reached: Reached, at: datetime) -> bool:
        if forum.source not in self._seen or reached.result != "ok" or reached.deep_at is None:
            return True
        return at - reached.deep_at > DEEP_EVERY


def _changed(counts: Counter[str]) -> int:
    return Pulled("", counts).taken


def _since(forum: DiscourseForum, reached: Reached, at: datetime, *, is_deep: bool) -> datetime:
    """Back to where: an outage that was longer than the days to look back is read to its beginning."""
    last = reached.reached_at - OVERLAP if reached.reached_at else at
    return min(last, at - timedelta(days=forum.look_back_days)) if is_deep else last


@dataclass(slots=True)
class _Walk:
    """One way back through a forum's list."""

    puller: Puller
    forum: DiscourseForum
    client: DiscourseClient
    since: datetime
    is_deep: bool
    counts: Counter[str] = field(default_factory=Counter)
    highest: int = 0
    topics: dict[int, bool] = field(default_factory=dict)

    def run(self) -> None:
        """Go back page by page. Raises :class:`PinchError` when the forum cannot be read to the end."""
        before: int | None = None
        here = self._here() if self.is_deep else []
        for _ in range(MOST_PAGES):
            page = self.client.latest(before)
            if before is not None and any(post.id >= before for post in page):
                raise ForumError(502, "forum-endless", "The forum's list does not go back.", hint="Ask again later.")
            self._take(page, self.puller.receiver_of())
            # An empty list at once is no forum whose posts all went, but one that shows this key nothing.
            if page or before is not None:
                self._ask_after_missing(here, {post.id for post in page}, before)
            if not page or all(post.created_at < self.since for post in page):
                return
            self.highest = max(self.highest, *(post.id for post in page))
            before = min(post.id for post in page)
            self._keep_lease()
        raise ForumError(
            502, "forum-endless", f"{MOST_PAGES} pages were not enough.", hint="Pull with a later --since."
        )

    def _here(self) -> list[int]:
        """The ids of the posts of this stretch that are here, the lowest first."""
        is_ours = (POSTS.c.source == self.forum.source) & (POSTS.c.state != "deleted")
        is_ours &= POSTS.c.posted_at >= self.since
        with self.puller.leases.engine.connect() as connection:
            found = connection.execute(sa.select(POSTS.c.post_id).where(is_ours)).scalars()
            return sorted(int(number) for number in found if number.isdecimal())

    def _keep_lease(self) -> None:
        """Go on only while no other process reads the forum; one that slept for long may have lost it."""
        if not self.puller.leases.take(self.forum.source, at=self.puller.now()):
            raise ForumError(503, "forum-read-elsewhere", "Another process reads the forum now.", hint="Let it.")

    def _take(self, page: Sequence[DiscoursePost], receiver: Receiver) -> None:
        for post in page:
            try:
                outcome = receiver.discourse_post(self.forum, post, is_current=True)
                self.counts[outcome.result] += 1
            except ApiError:
                # One post that cannot be taken, such as one too long, keeps no other out.
                self.counts["refused"] += 1

    def _ask_after_missing(self, here: list[int], listed: set[int], before: int | None) -> None:
        """Ask after the posts that are here, lie between those of the page, and are not in it."""
        first = bisect_left(here, min(listed, default=0))
        last = len(here) if before is None else bisect_left(here, before)
        for number in here[first:last]:
            if number not in listed:
                self._ask_after(str(number))

    def _ask_after(self, number: str) -> None:
        self._keep_lease()
        try:
            post = self.client.post(number)
            is_gone = post is None or post.is_gone or self._is_topic_gone(post.topic_id)
        except ForumError as error:
            if error.code != "forum-refuses":
                raise
            # Moved to where the key does not see: not known to be deleted, so it stays.
            self.counts["hidden"] += 1
            return
        if is_gone:
            self.puller.receiver_of().delete(self.forum, number)
            self.counts["deleted"] += 1

    def _is_topic_gone(self, topic: int) -> bool:
        if topic not in self.topics:
            try:
                self.topics[topic] = self.client.is_topic_gone(topic)
            except ForumError as error:
                if error.code not in _NO_WORD:
                    raise
                self.topics[topic] = False
        return self.topics[topic]
