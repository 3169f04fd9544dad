"""A post as Discourse tells it, in webhooks and at ``/posts.json``, and the post that it becomes here.

Only what is read is named. Discourse adds keys with every release, so others are passed over. Names and meanings are
those of its PostSerializer and WebHookPostSerializer: ``version`` does not grow with an edit in the first minutes, but
``updated_at`` does, so the time of the last change, in milliseconds, is the version here.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from server.errors import ApiError
from server.forums.connections import DiscourseForum
from server.forums.discourse.quotes import with_quotes_marked
from server.moderation.incoming import LARGEST, TEXT_LIMIT, IncomingPost, read_post

REGULAR = 1  # of Post.types; 2 is a moderator's action, 3 a small action ("closed the topic"), 4 a whisper to staff
PRIVATE = "private_message"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def _time(value: object) -> object:
    if not isinstance(value, str):
        raise ValueError("A time is told as text")
    return value


Id = Annotated[int, Field(ge=1, le=LARGEST)]
Time = Annotated[AwareDatetime, BeforeValidator(_time)]


class DiscoursePost(BaseModel):
    """What is read of a post."""

    model_config = ConfigDict(extra="ignore", frozen=True, hide_input_in_errors=True)

    id: Id
    topic_id: Id
    post_number: Id
    created_at: Time
    updated_at: Time
    post_type: int = REGULAR
    raw: str | None = None
    cooked: str | None = None
    username: str | None = None
    user_id: int | None = None
    topic_title: str | None = None
    topic_archetype: str | None = None
    category_slug: str | None = None
    reply_to_post_number: int | None = None
    deleted_at: str | None = None
    user_deleted: bool = False
    reads: int | None = None
    reply_count: int | None = None

    @property
    def is_gone(self) -> bool:
        """Whether staff deleted it, or its author, whose text Discourse then replaces by a line of its own."""
        return self.deleted_at is not None or self.user_deleted

    @property
    def version(self) -> int:
        """Milliseconds from 1970 to the last change."""
        return version_of(self.updated_at)

    def why_not_ours(self) -> str | None:
        """Why such a post is never taken in; None when it is."""
        if self.topic_archetype == PRIVATE:
            return "a private message"
        if self.post_type != REGULAR:
            return "a whisper" if self.post_type == 4 else "a line of the forum itself"
        return "a post of the forum's own accounts" if self.user_id is not None and self.user_id < 1 else None


def version_of(changed: datetime) -> int:
    """The version of a post that was last changed then."""
    return max(0, int((changed - _EPOCH).total_seconds() * 1000))


def read_discourse(value: object) -> DiscoursePost:
    """The post of a JSON object. Raises :class:`ApiError` that names the key, never what it held."""
    try:
        return DiscoursePost.model_validate(value)
    except ValidationError as error:
        detail = error.errors(include_input=False, include_url=False, include_context=False)[0]
        place = ".".join(str(part) for part in detail["loc"]) or "it"
        raise ApiError(
            422,
            "not-discourse",
            f"This is no post as Discourse tells it: {place}: {detail['msg']}.",
            hint="See docs/forums.md for the events to tick.",
        ) from None


def incoming(post: DiscoursePost, forum: DiscourseForum, *, with_reach: bool) -> IncomingPost:
    """The post as it is taken in. Raises :class:`ApiError` when it cannot be.

    ``with_reach``: whether it is told how often it was read and answered; an old delivery would set that back.
    """
    words, form = _words(post)
    told: dict[str, Any] = {
        "source": forum.source,
        "post_id": str(post.id),
        "version": post.version,
        "text": words,
        "format": form,
        "title": post.topic_title if post.post_number == 1 else None,
        "thread_id": str(post.topic_id),
        "thread_title": post.topic_title,
        "board": post.category_slug,
        "author": post.username,
        "url": place_of(forum, post.topic_id, post.post_number),
        "posted_at": post.created_at.isoformat(),
    }
    if with_reach:
        told |= {"views": max(0, post.reads or 0), "replies": max(0, post.reply_count or 0)}
    return read_post(told)


def place_of(forum: DiscourseForum, topic: int, number: int) -> str:
    """Where people read it. Without the title's words, which change."""
    return f"{forum.url}/t/{topic}/{number}"


def _words(post: DiscoursePost) -> tuple[str, str]:
    """The post's Markdown, where Discourse gives it, else the HTML it made of that."""
    if post.raw is not None:
        return marked_words(post.raw), "markdown"
    if post.cooked is not None:
        return post.cooked, "html"
    raise ApiError(422, "not-discourse", "This post has neither raw nor cooked.", hint="See docs/forums.md.")


def marked_words(raw: str) -> str:
    """The Markdown with its quotations marked; as it is, where that would lengthen it over the limit that it kept."""
    marked = with_quotes_marked(raw)
    return marked if len(marked) <= TEXT_LIMIT else raw
