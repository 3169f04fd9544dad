"""What may be asked: the request bodies.

Models are strict and allow no unknown keys. To JSON Schema 4.0 is an integer and ``true`` is none, so whole floats are
taken.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic.config import JsonDict

from classifier.document import NAME_LIMIT, BlockKind, Setting

URL_LIMIT = 8192
TITLE_LIMIT = 2000
ID_LIMIT = 200
LARGEST_OFFSET = 2**31 - 1
MOST_ELEMENTS = 100_000


def whole(value: object) -> object:
    """A whole float as the integer that it is to JSON Schema."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


Offset = Annotated[int, Field(ge=0, le=LARGEST_OFFSET), BeforeValidator(whole)]
Place = Annotated[int, Field(ge=0, le=LARGEST_OFFSET), BeforeValidator(whole)]
FlagId = Literal[
    "miracle",
    "mystique",
    "overclaim",
    "unsourced-quote",
    "vague-authority",
    "anecdote",
    "false-safety",
    "self-treatment",
    "suppression",
    "scare",
    "pressure",
]


class Asked(BaseModel):
    """Base of all request bodies."""

    model_config = ConfigDict(extra="forbid", strict=True, hide_input_in_errors=True)


class AskedLink(Asked):
    """A link or citation marker. Offsets count UTF-16 units of the block's text."""

    start: Offset
    end: Offset
    href: str = Field(max_length=URL_LIMIT)
    resolved: bool = Field(True, description="False for a citation marker whose target the page lacks.")


class AskedBlock(Asked):
    """A paragraph, heading, list item or the like."""

    id: str = Field(min_length=1, max_length=ID_LIMIT, description="Unique in the request.")
    kind: BlockKind
    text: str
    intro: str | None = Field(
        None, min_length=1, max_length=ID_LIMIT, description="The id of the block that introduces a list item."
    )
    links: list[AskedLink] = Field(default_factory=list)
    element: Place | None = Field(
        None, description="The place in `elements` of the innermost element that all of the block's words stand in."
    )


class AskedElement(Asked):
    """An element of the page that blocks stand in. Elements come parents first; the outermost has no parent."""

    tag: str = Field(min_length=1, max_length=NAME_LIMIT, examples=["article"])
    parent: Place | None = Field(None, description="The place of the element around it, lower than its own.")
    id: str = Field("", max_length=NAME_LIMIT)
    class_: str = Field("", alias="class", max_length=NAME_LIMIT, description="All classes, with blanks between them.")
    role: str = Field("", max_length=NAME_LIMIT)
    hidden: bool = Field(False, description="Hidden from screen readers (`aria-hidden`), though not from sight.")


class AskedOptions(Asked):
    """How to look."""

    setting: Setting = Field("balanced", description="Thresholds per flag, chosen in training.")
    min_confidence: float | None = Field(None, ge=0, le=1, description="Replaces all thresholds when given.")
    flags: list[FlagId] | None = Field(None, min_length=1, description="Only these flags; all when left out.")
    context: bool = Field(True, description="Whether to send context cards.")
    region: str | None = Field(
        None,
        pattern="^[A-Za-z]{2}$",
        description="The reader's country (two letters): chooses crisis lines. Found from languages when left out.",
    )


_ONE_OF: JsonDict = {
    "oneOf": [
        {"required": ["blocks"], "properties": {"blocks": {"type": "array"}}},
        {"required": ["html"], "properties": {"html": {"type": "string"}}},
        {"required": ["text"], "properties": {"text": {"type": "string"}}},
    ]
}


class AskedAnalysis(Asked):
    """What to read: exactly one of ``blocks``, ``html`` and ``text``."""

    model_config = ConfigDict(json_schema_extra=_ONE_OF)

    blocks: list[AskedBlock] | None = Field(None, min_length=1)
    elements: list[AskedElement] | None = Field(
        None,
        max_length=MOST_ELEMENTS,
        description="The elements that `blocks` stand in. With them only the main text is read, without them all.",
    )
    html: str | None = Field(None, min_length=1)
    text: str | None = Field(None, min_length=1)
    url: str | None = Field(None, max_length=URL_LIMIT, description="The page's address: tells its own links.")
    title: str | None = Field(None, max_length=TITLE_LIMIT)
    lang: str | None = Field(None, max_length=100, description="A language tag. Found from the text when left out.")
    options: AskedOptions = AskedOptions.model_validate({})


class AskedPairing(Asked):
    """A one-time code, and what the new client is to be called in the owner's list."""

    code: str = Field(min_length=1, max_length=40, examples=["ABCD-EFGH"])
    name: str = Field(min_length=1, max_length=80, pattern=r"\S", examples=["Firefox on Linux"])
