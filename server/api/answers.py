"""What is answered: the response bodies. Shapes only; :mod:`server.api.wording` fills them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from classifier.document import BlockKind, Origin, SourceSeen, State
from classifier.taxonomy import Family, Severity
from server.api.asked import FlagId
from server.context.notice import NoticeType

Count = Annotated[int, Field(ge=0)]


class Answer(BaseModel):
    """Base of all response bodies."""

    model_config = ConfigDict(extra="forbid")


class Model(Answer):
    """Which model spoke."""

    version: str
    digest: str


class Link(Answer):
    start: Count
    end: Count
    href: str
    resolved: bool


class Block(Answer):
    """A block that was read from ``html`` or ``text``."""

    id: str
    kind: BlockKind
    text: str
    intro: str | None
    links: list[Link]


class Quote(Answer):
    """The flagged words and what stands around them, so that a client can find them again."""

    exact: str
    prefix: str
    suffix: str


class Evidence(Answer):
    """Words that weighed most."""

    start: Count
    end: Count
    weight: float


class Fact(Answer):
    text: str
    sources: list[int]


class Source(Answer):
    n: int
    publisher: str
    title: str
    url: str
    year: int | None


class LookUp(Answer):
    """Something to check in a minute. The address holds the topic's name and no word of the page."""

    text: str
    href: str | None


class Listed(Answer):
    """What the team's own phrase list says of the words."""

    phrase: str
    reason: str
    note: str | None


class Flag(Answer):
    """One thing to tell the reader."""

    id: str
    flag: FlagId
    title: str
    block: str
    start: Count
    end: Count
    quote: Quote
    confidence: Annotated[float, Field(ge=0, le=1)]
    severity: Severity
    reason: str
    checks: list[str]
    evidence: list[Evidence]
    source: SourceSeen | None
    origin: Origin = Field(description="`list`: the team's own phrase list raised it, and `confidence` is 1.")
    listed: Listed | None = Field(description="What the team's list says, also of a flag that the model raised.")
    topics: list[str]
    look_up: list[LookUp]
    explained_at: str = Field(description="The path of the page on this server that tells why this misleads.")


class LegalFact(Fact):
    """What the law says in one place, and when that was last looked up."""

    place: str
    checked_on: str


class Card(Answer):
    """What public-health bodies know about a topic."""

    id: str
    title: str
    known: list[Fact]
    unknown: list[Fact]
    risks: list[Fact]
    interactions: list[Fact]
    legal: list[LegalFact]
    sources: list[Source]
    checked_on: str
    reviewed_by: str | None


class NoticeLink(Answer):
    text: str
    href: Annotated[str, Field(pattern="^https://")]


class Notice(Answer):
    """Something to tell the reader that is not about one flag."""

    type: NoticeType
    title: str
    text: str
    links: list[NoticeLink]
    blocks: list[str] = Field(description="The ids of the blocks that gave rise to it.")


class Analysis(Answer):
    """What there is to tell. Offsets count UTF-16 units of the block's text."""

    model: Model
    offset_unit: Literal["utf-16"]
    state: State
    state_reason: str | None
    language: str | None
    sentences: Count
    blocks: list[Block] | None = Field(description="What was read, for html and text; null for blocks.")
    flags: list[Flag]
    context: dict[str, Card]
    notices: list[Notice]
    counts: dict[str, Count]
    main_text: list[str] = Field(
        default_factory=list,
        description="Only where elements were sent: the ids of the blocks that were read as main text, in order.",
    )


class FlagKind(Answer):
    """One of the eleven flags."""

    id: FlagId
    title: str
    family: Family
    severity: Severity
    reason: str
    checks: list[str]
    examples: list[str]
    why: list[Fact]
    look_up: list[LookUp]
    sources: list[Source]


class FlagKinds(Answer):
    flags: list[FlagKind]
    forums: list[str] = Field(
        description="Host names of the forums whose moderators work here. On their pages the extension offers to send "
        "a post to the queue, by `POST /v1/posts` with the host as `source`."
    )


class TopicName(Answer):
    id: str
    title: str


class Topics(Answer):
    topics: list[TopicName]


class Paired(Answer):
    """The new client's token, which nothing can show again."""

    token: str
    name: str


class Alive(Answer):
    status: Literal["ok"]


class Ready(Answer):
    status: Literal["ready"]
    model: Model


class ErrorWords(Answer):
    code: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]
    message: str
    hint: str


class Error(Answer):
    """The one shape of every error. It never repeats what was sent."""

    error: ErrorWords
