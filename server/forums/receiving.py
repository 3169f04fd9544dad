"""What becomes of a delivery: the same rules as for ``/v1/posts``, and nothing new from a replay.

No Flask here. A deletion that comes before its post leaves a tombstone without words, so that the post, when it comes,
stays out. A delivery whose version is here already changes nothing, not even a count: an old one would set it back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

import sqlalchemy as sa

from server.errors import ApiError
from server.forums.connections import DiscourseForum, Forum
from server.forums.discourse.shapes import DiscoursePost, incoming, place_of, read_discourse
from server.forums.tombstones import bury
from server.moderation.incoming import IncomingPost, read_post
from server.moderation.intake import Intake, Result, Taken
from server.moderation.post_rows import known_posts
from server.moderation.posts import Posts
from server.moderation.scoring import digest_of
from server.moderation.tables import POSTS
from server.store.times import now

DELETED_EVENTS = ("post_destroyed", "topic_destroyed")
GENERIC_EVENTS = ("post.created", "post.edited", "post.deleted")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a delivery. ``reason`` where it was passed over."""

    result: Result | Literal["ignored"]
    post_id: str | None = None
    version: int | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Receiver:
    """Takes deliveries of one server in."""

    engine: sa.Engine
    intake: Intake

    def discourse(self, forum: DiscourseForum, event: str, body: Mapping[str, object]) -> Outcome:
        """A delivery of Discourse. ``event`` is its header, which the signature does not cover.

        Raises :class:`ApiError` for what is no post and for one that is refused.
        """
        if "post" in body:
            post = read_discourse(body["post"])
            return self._delete(forum, post) if event == "post_destroyed" else self.discourse_post(forum, post)
        if event == "topic_destroyed":
            return self._delete_topic(forum, body.get("topic"))
        return Outcome("ignored", reason="Only posts, and topics that are deleted, are taken in.")

    def discourse_post(self, forum: DiscourseForum, post: DiscoursePost, *, is_current: bool = False) -> Outcome:
        """One post. ``is_current``: the forum was asked just now, so its counts are the newest there are."""
        if reason := post.why_not_ours():
            return Outcome("ignored", str(post.id), reason=f"It is {reason}.")
        if post.is_gone:
            return self._delete(forum, post)
        sent = self._with_answered(forum, post, incoming(post, forum, with_reach=is_current))
        taken = self._take_current(sent) if is_current else self._take_once(sent)
        if post.post_number == 1 and (is_current or taken.result in ("new", "changed")):
            self._rename_thread(sent)
        return _outcome(taken)

    def generic(self, forum: Forum, body: Mapping[str, object]) -> Outcome:
        """A delivery in Pinch's own shape. Raises :class:`ApiError`."""
        event, post = body.get("event"), body.get("post")
        if event not in GENERIC_EVENTS or not isinstance(post, dict) or set(body) != {"event", "post"}:
            raise ApiError(
                422,
                "bad-request",
                f"A delivery has an event ({', '.join(GENERIC_EVENTS)}) and a post, and nothing else.",
                hint="See docs/forums.md.",
            )
        if post.get("source", forum.source) != forum.source:
            raise ApiError(
                422, "other-source", "The post names another source than the address.", hint="Leave source out."
            )
        given = {**post, "source": forum.source}
        if event != "post.deleted":
            return _outcome(self._take_once(read_post(given), is_word_by_word=True))
        # A deletion needs no words; whatever else comes with it is checked and then dropped.
        sent = read_post({**given, "text": "", "format": "text"})
        return self._bury(sent.source, sent.post_id, sent.version)

    def _take_once(self, post: IncomingPost, *, is_word_by_word: bool = False) -> Taken:
        """Take it, unless its version is here.

        ``is_word_by_word``: other words under that version are no replay but a sender's mistake, and refused.
        """
        with self.engine.connect() as connection:
            here = known_posts(connection, [post.key]).get(post.key)
        is_here = here is not None and not here.is_deleted and post.version in here.digests
        if here and is_here and not (is_word_by_word and here.digests[post.version] != digest_of(post)):
            return Taken(post.source, post.post_id, post.version, "known")
        return self._take(post)

    def _take_current(self, post: IncomingPost) -> Taken:
        """Take it as the forum has it now. A version never changes, but its title may: that is its thread's."""
        try:
            return self._take(post)
        except ApiError as error:
            if error.code != "version-taken":
                raise
            return Taken(post.source, post.post_id, post.version, "known")

    def _take(self, post: IncomingPost) -> Taken:
        taken = self.intake.take([post])[0]
        if taken.error:
            status = taken.error.status if isinstance(taken.error, ApiError) else 422
            raise ApiError(status, taken.error.code, taken.error.message, hint=taken.error.hint)
        return taken

    def _delete(self, forum: DiscourseForum, post: DiscoursePost) -> Outcome:
        if reason := post.why_not_ours():
            return Outcome("ignored", str(post.id), reason=f"It is {reason}.")
        return self._bury(forum.source, str(post.id), post.version)

    def _bury(self, source: str, post_id: str, version: int) -> Outcome:
        """Erase the post's words; of one that never came, keep a row without any."""
        posts, who = Posts(self.engine), f"forum: {source}"
        if posts.erase(source, post_id, who=who, at=now()) is None:
            with posts.writing() as connection:
                is_new = (source, post_id) not in known_posts(connection, [(source, post_id)], is_locked=True)
                if is_new:
                    bury(connection, (source, post_id), version, who=who, at=now())
            if not is_new:
                posts.erase(source, post_id, who=who, at=now())
        return Outcome("deleted", post_id, version)

    def delete(self, forum: Forum, post_id: str) -> Outcome:
        """Erase a post that the forum no longer has."""
        return self._bury(forum.source, post_id, 0)

    def _delete_topic(self, forum: DiscourseForum, topic: object) -> Outcome:
        number = topic.get("id") if isinstance(topic, dict) else None
        if not isinstance(number, int) or isinstance(number, bool):
            raise ApiError(422, "not-discourse", "This topic has no id.", hint="See docs/forums.md.")
        wanted = (POSTS.c.source == forum.source) & (POSTS.c.thread_id == str(number)) & (POSTS.c.state != "deleted")
        with self.engine.connect() as connection:
            found = list(connection.execute(sa.select(POSTS.c.post_id).where(wanted)).scalars())
        for post_id in found:
            Posts(self.engine).erase(forum.source, post_id, who=f"forum: {forum.source}", at=now())
        return Outcome("deleted", reason=f"{len(found)} posts of the topic were here.")

    def _with_answered(self, forum: DiscourseForum, post: DiscoursePost, sent: IncomingPost) -> IncomingPost:
        """The post with the id of the one it answers, where that is here: Discourse tells its number in the topic."""
        if post.reply_to_post_number is None:
            return sent
        address = place_of(forum, post.topic_id, post.reply_to_post_number)
        is_it = (POSTS.c.source == forum.source) & (POSTS.c.thread_id == sent.thread_id) & (POSTS.c.url == address)
        with self.engine.connect() as connection:
            answered = connection.execute(sa.select(POSTS.c.post_id).where(is_it)).scalars().first()
        return replace(sent, reply_to=answered)

    def _rename_thread(self, first: IncomingPost) -> None:
        """The first post of a topic carries its title for all of them."""
        is_due = (POSTS.c.source == first.source) & (POSTS.c.thread_id == first.thread_id)
        is_due &= (POSTS.c.state != "deleted") & (POSTS.c.thread_title.is_distinct_from(first.thread_title))
        with Posts(self.engine).writing() as connection:
            connection.execute(POSTS.update().where(is_due).values(thread_title=first.thread_title))


def _outcome(taken: Taken) -> Outcome:
    return Outcome(taken.result, taken.post_id, taken.version)
