"""Posts on the wire: what is answered when they are sent, and what is told of one."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, RootModel

from classifier.document import Origin, State
from classifier.taxonomy import Severity
from server.api.answers import Answer, Count, Listed
from server.api.asked import Asked, FlagId
from server.moderation.incoming import AskedPost
from server.moderation.intake import MOST_AT_ONCE, Result


class AskedPostBatch(Asked):
    """Up to 500 posts. Each is judged for itself: one that is refused does not keep the others out."""

    posts: list[Any] = Field(
        max_length=MOST_AT_ONCE, description="Each of the shape of a single post; what is not is refused in its place."
    )


class AskedPosts(RootModel[AskedPost | AskedPostBatch]):
    """One post, or several."""


class PostProblem(Answer):
    """Why a post was refused."""

    code: str
    message: str
    hint: str


class PostTaken(Answer):
    """What became of one post. Names that could not be read are null."""

    source: str | None
    post_id: str | None
    version: int | None
    result: Result
    error: PostProblem | None


class PostsTaken(Answer):
    """What became of each post, in the order in which they were sent."""

    results: list[PostTaken]


class PostsAnswer(RootModel[PostTaken | PostsTaken]):
    """For one post what became of it, for several a list."""


class PostFlag(Answer):
    """A flag in a post's words; offsets into `text`."""

    id: str
    flag: FlagId
    start: Count
    end: Count
    confidence: Annotated[float, Field(ge=0, le=1)]
    severity: Severity
    origin: Origin
    listed: Listed | None


class PostVersion(Answer):
    """A version that was sent."""

    version: int
    received_at: str


class PostSign(Answer):
    """One reason to look: a flag, or a kind of dangerous advice. It counts `confidence` times `weight`."""

    name: str
    confidence: float
    weight: float
    origin: Origin


class PostFactors(Answer):
    """What the priority is the product of: docs/priority.md tells more."""

    claim: float
    signs: list[PostSign]
    vulnerability: float
    topics: list[str]
    reach: float


class PostStretch(Answer):
    """A stretch of `text`."""

    start: Count
    end: Count


class KeptPost(Answer):
    """A post as it is kept."""

    number: int
    source: str
    post_id: str
    version: int
    state: Literal["open", "decided", "escalated"]
    outcome: str | None
    needs_person: bool
    priority: Annotated[float, Field(ge=0, le=1)]
    factors: PostFactors
    top: PostStretch | None = Field(description="The sentence that put the post where it stands.")
    offset_unit: Literal["utf-16"]
    title: str | None
    text: str
    checked: State
    model: str
    flags: list[PostFlag]
    versions: list[PostVersion]
    thread_id: str | None
    thread_title: str | None
    board: str | None
    reply_to: str | None
    author: str | None
    url: str | None
    posted_at: str
    received_at: str
    views: Count
    replies: Count
