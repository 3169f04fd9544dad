"""A post as a forum sends it: its shape on the wire and in files, and the record that it becomes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any, Literal, get_args

from pydantic import AwareDatetime, BeforeValidator, Field, TypeAdapter, ValidationError

from classifier.offsets import replace_surrogates
from server.api.asked import TITLE_LIMIT, URL_LIMIT, Asked, whole
from server.api.body import validate

Format = Literal["text", "markdown", "bbcode", "html"]
FORMATS: tuple[Format, ...] = get_args(Format)
SOURCE = r"^[A-Za-z0-9][A-Za-z0-9._-]*$"
POST_ID = r"^[!-~]+$"
NAME_LIMIT = 200
TEXT_LIMIT = 100_000
LARGEST = 2**53 - 1  # what every JSON reader holds exactly
EARLIEST, LATEST = datetime(1970, 1, 1, tzinfo=UTC), datetime(9998, 12, 31, tzinfo=UTC)
_TIME: TypeAdapter[datetime] = TypeAdapter(AwareDatetime)


def _time(value: object) -> object:
    """A time as it is written: ISO 8601 with its zone."""
    if not isinstance(value, str):
        return value
    try:
        return _TIME.validate_python(value)
    except ValidationError:
        raise ValueError("This is no time with a zone, such as 2026-11-27T08:14:00Z") from None


Name = Annotated[str, Field(max_length=NAME_LIMIT)]
Whole = Annotated[int, Field(ge=0, le=LARGEST), BeforeValidator(whole)]


class AskedPost(Asked):
    """One post of a forum. `source`, `post_id` and `version` together name a text that never changes."""

    source: str = Field(max_length=80, pattern=SOURCE, description="Which forum: letters, digits, `.`, `_` and `-`.")
    post_id: str = Field(
        min_length=1, max_length=NAME_LIMIT, pattern=POST_ID, description="The forum's own id; ASCII without blanks."
    )
    version: Whole = Field(1, description="Grows with each edit, such as a count of edits or the time of the last one.")
    text: str = Field(max_length=TEXT_LIMIT, description="The post's words.")
    format: Format = Field("text", description="What `text` is written in.")
    title: str | None = Field(None, max_length=TITLE_LIMIT, description="The post's own title.")
    lang: str | None = Field(None, max_length=35, description="A language tag. Found from the text when left out.")
    thread_id: Name | None = None
    thread_title: str | None = Field(None, max_length=TITLE_LIMIT)
    board: Name | None = None
    reply_to: Name | None = Field(None, description="The `post_id` that this one answers.")
    author: Name | None = Field(None, description="The name or number that the forum knows the author by.")
    url: str | None = Field(None, max_length=URL_LIMIT, pattern=r"^https?://", description="Where people read it.")
    posted_at: Annotated[datetime, BeforeValidator(_time), Field(ge=EARLIEST, le=LATEST)] | None = Field(
        None, description="When it was posted, with its zone; the time of arrival when left out."
    )
    views: Whole | None = Field(None, description="How often it was seen, as far as the forum knows.")
    replies: Whole | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingPost:
    """One version of a post. ``views`` and ``replies`` are None where the sender does not say."""

    source: str
    post_id: str
    version: int
    text: str
    format: Format = "text"
    title: str | None = None
    lang: str | None = None
    thread_id: str | None = None
    thread_title: str | None = None
    board: str | None = None
    reply_to: str | None = None
    author: str | None = None
    url: str | None = None
    posted_at: datetime | None = None
    views: int | None = None
    replies: int | None = None

    @property
    def key(self) -> tuple[str, str]:
        """What names the post in every version."""
        return self.source, self.post_id


def read_post(value: object) -> IncomingPost:
    """The post of a JSON object. Raises :class:`ApiError` that names the key, never what it held.

    A NUL becomes U+FFFD, because no database holds it; so does a lone surrogate.
    """
    given: dict[str, Any] = validate(AskedPost, value).model_dump()
    words = {name: storable(one) for name, one in given.items() if isinstance(one, str)}
    return IncomingPost(**{**given, **words})


def named(value: object) -> tuple[str | None, str | None, int | None]:
    """Source, id and version of an object that may be no post, each None where it is none."""
    known = value if isinstance(value, dict) else {}
    source, post_id, version = (known.get(name) for name in ("source", "post_id", "version"))
    return (
        source if isinstance(source, str) and len(source) <= 80 and re.match(SOURCE, source) else None,
        post_id if isinstance(post_id, str) and len(post_id) <= NAME_LIMIT and re.match(POST_ID, post_id) else None,
        version if isinstance(version, int) and not isinstance(version, bool) and 0 <= version <= LARGEST else None,
    )


def storable(text: str) -> str:
    """As both databases hold it: without NUL and lone surrogates."""
    return replace_surrogates(text).replace("\0", "\ufffd")
