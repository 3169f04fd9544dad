"""The rules by which posts are taken in: the same text once, edits with their history, no return of what was deleted.

Posts are read and weighed outside the transaction, because that takes longest. Inside it, all is looked at again: what
another process wrote meanwhile counts. An answer is given after the transaction has ended.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

import sqlalchemy as sa

from classifier.errors import InputError, PinchError
from server.errors import ApiError
from server.moderation import post_rows as rows
from server.moderation.incoming import IncomingPost
from server.moderation.post_rows import KnownPost
from server.moderation.posts import Posts
from server.moderation.priority import Standing, moved, standing
from server.moderation.scoring import ScoredPost, Scorer, digest_of
from server.store.times import now

Result = Literal["new", "changed", "known", "old", "deleted", "refused"]
MOST_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one post. ``error`` only where it was refused."""

    source: str | None
    post_id: str | None
    version: int | None
    result: Result
    error: PinchError | None = None


class Intake:
    """Takes posts in."""

    def __init__(self, engine: sa.Engine, scorer: Scorer, *, now: Callable[[], datetime] = now) -> None:
        self._posts = Posts(engine)
        self._scorer = scorer
        self._now = now

    def take(self, posts: Sequence[IncomingPost]) -> list[Taken]:
        """Keep these posts, and say of each what became of it, in order. On the disk when this returns."""
        at = self._now()
        posts = [_not_to_come(post, at) for post in posts]
        readings = self._read(posts)
        with self._posts.writing() as connection:
            known = rows.known_posts(connection, [post.key for post in posts], is_locked=True)
            return [self._take_one(connection, post, readings[number], known, at) for number, post in enumerate(posts)]

    def rescore(self, *, everything: bool = False) -> Iterator[int]:
        """Read again what another model read, or all; how many, a step at a time."""
        number = 0
        while found := self._posts.after(number, model=None if everything else self._scorer.model):
            number = found[-1].number
            yield self._rescore(found)

    def rescore_waiting(self, numbers: Collection[int]) -> int:
        """Read those of these posts again that still wait when that is written; how many were."""
        return self._rescore(self._posts.of(numbers), are_waiting=True)

    def _read(self, posts: Sequence[IncomingPost]) -> list[ScoredPost | InputError | None]:
        """What each post says; None for those whose text is here already."""
        with self._posts.reading() as connection:
            known = rows.known_posts(connection, [post.key for post in posts])
        unread = [_is_unread(post, known.get(post.key)) for post in posts]
        scored = iter(self._scorer.score_all([post for post, is_due in zip(posts, unread, strict=True) if is_due]))
        return [next(scored) if is_due else None for is_due in unread]

    def _take_one(
        self,
        connection: sa.Connection,
        post: IncomingPost,
        scored: ScoredPost | InputError | None,
        known: dict[tuple[str, str], KnownPost],
        at: datetime,
    ) -> Taken:
        here = known.get(post.key)
        if here and here.is_deleted:
            return _taken(post, "deleted")
        if here and post.version in here.digests:
            if here.digests[post.version] != digest_of(post):
                return _taken(post, "refused", _OTHER_TEXT)
            self._refresh(connection, post, here)
            return _taken(post, "known")
        if isinstance(scored, InputError):
            return _taken(post, "refused", scored)
        # A version that is here no more than it was before cannot lack a reading: versions never go.
        assert scored is not None
        if here is None:
            known[post.key] = rows.insert(connection, post, scored, self._standing(post, scored, at), at=at)
            return _taken(post, "new")
        rows.insert_version(connection, here, post, scored, at=at)
        if post.version < here.version:
            return _taken(post, "old")
        self._change(connection, post, scored, here, at)
        return _taken(post, "changed")

    def _standing(self, post: IncomingPost, scored: ScoredPost, at: datetime) -> Standing:
        return standing(
            scored.weighing,
            self._scorer.weights,
            views=post.views or 0,
            replies=post.replies or 0,
            posted_at=post.posted_at or at,
            needs_person=scored.needs_person,
        )

    def _change(
        self, connection: sa.Connection, post: IncomingPost, scored: ScoredPost, here: KnownPost, at: datetime
    ) -> None:
        """A newer version takes the current one's place. Other words open a decided post again."""
        _tell(here, post)
        place = standing(scored.weighing, self._scorer.weights, **_reach(here), needs_person=scored.needs_person)
        changed: dict[str, Any] = {"version": post.version, "changed_at": at}
        if here.digests[here.version] != here.digests[post.version]:
            here.revision += 1
            changed["revision"] = here.revision
            if here.state == "decided":
                here.state = "open"
                changed |= {"state": "open", "outcome": None}
                rows.note_reopening(connection, here, post.version, at=at)
        rows.update(connection, here, place, scored=scored, changed=changed)
        here.version = post.version

    def _refresh(self, connection: sa.Connection, post: IncomingPost, here: KnownPost) -> None:
        """What the forum counts anew, where it is told with the current version."""
        if post.version == here.version and _tell(here, post):
            place = moved(here.priority_parts, self._scorer.weights, **_reach(here), needs_person=here.needs_person)
            rows.update(connection, here, place)

    def _rescore(self, found: Sequence[sa.Row[Any]], *, are_waiting: bool = False) -> int:
        posts = [as_it_came(row) for row in found]
        readings = self._scorer.score_all(posts)
        count = 0
        with self._posts.writing() as connection:
            known = rows.known_posts(connection, [post.key for post in posts], is_locked=True)
            for post, scored in zip(posts, readings, strict=True):
                here = known[post.key]
                if isinstance(scored, InputError) or here.version != post.version or here.is_deleted:
                    continue
                if are_waiting and here.state == "decided":
                    continue
                weights = self._scorer.weights
                place = standing(scored.weighing, weights, **_reach(here), needs_person=scored.needs_person)
                rows.rescored(connection, here, scored)
                rows.update(connection, here, place, scored=scored)
                count += 1
        return count


_OTHER_TEXT = ApiError(
    409,
    "version-taken",
    "Another text was sent under this version of the post.",
    hint="Send an edited text under a higher version.",
)


def _not_to_come(post: IncomingPost, at: datetime) -> IncomingPost:
    """The post, posted now if its clock runs ahead: else it would stand first for as long as that."""
    return replace(post, posted_at=at) if post.posted_at and post.posted_at > at else post


def _taken(post: IncomingPost, result: Result, error: PinchError | None = None) -> Taken:
    return Taken(post.source, post.post_id, post.version, result, error)


def _is_unread(post: IncomingPost, here: KnownPost | None) -> bool:
    return here is None or not (here.is_deleted or post.version in here.digests)


def _tell(here: KnownPost, post: IncomingPost) -> bool:
    """Take over what is told of a post; what is not told stays. Whether anything is new."""
    told = {name: getattr(post, name) for name in rows.REFRESHED if getattr(post, name) is not None}
    is_new = any(here.told[name] != value for name, value in told.items())
    here.told |= told
    return is_new


def _reach(here: KnownPost) -> dict[str, Any]:
    return {name: here.told[name] for name in ("views", "replies", "posted_at")}


def as_it_came(row: sa.Row[Any]) -> IncomingPost:
    """A post that is here, as it came."""
    names = (*(name for name in rows.REFRESHED), "source", "post_id", "version", "format", "title", "lang")
    text = row.text if row.sent is None else row.sent
    return IncomingPost(text=text, **{name: getattr(row, name) for name in names})
