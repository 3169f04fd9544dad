"""Rows of ``pinch score``: what one line may hold, and the Document it stands for."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from classifier.document import Block, BlockKind, Document, Link
from classifier.errors import InputError
from classifier.offsets import replace_surrogates
from classifier.reading import READERS

MOST_BLOCKS = 20_000
_Offset = Annotated[int, Field(ge=0)]


class _Row(BaseModel):
    """Base of all shapes here; other keys of a row are passed over, because dumps carry what they carry."""

    model_config = ConfigDict(extra="ignore", strict=True)


class LinkRow(_Row):
    """A link; offsets in code points of the block's text."""

    start: _Offset
    end: _Offset
    href: str
    resolved: bool = True


class BlockRow(_Row):
    """A block."""

    id: str | None = None
    kind: BlockKind = "p"
    text: str
    intro: str | None = None
    is_quoted: bool = False
    links: list[LinkRow] = Field(default_factory=list)


class ScoreRow(_Row):
    """One post or page: exactly one of ``text``, ``html`` and ``blocks``. ``format`` is that of ``text``."""

    id: str | int | None = None
    text: str | None = None
    format: Literal["text", "markdown", "bbcode", "html"] = "text"
    html: str | None = None
    blocks: list[BlockRow] | None = Field(default=None, max_length=MOST_BLOCKS)
    url: str | None = None
    title: str | None = None
    lang: str | None = None


def parse_row(line: str) -> Mapping[str, Any]:
    """The JSON object on a line. Raises :class:`InputError`."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        raise InputError(
            "This line is not JSON.", hint="Write one JSON object on each line.", code="not-json"
        ) from None
    if not isinstance(row, dict):
        raise InputError("This line is not a JSON object.", hint='Write {"id": …, "text": …}.', code="not-an-object")
    return row


def document_of(row: Mapping[str, Any]) -> Document:
    """The document of a row. Raises :class:`InputError` that says which key is wrong, never what it held."""
    try:
        parsed = ScoreRow.model_validate(row)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False, include_context=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise InputError(f"The row's '{where}' is not as expected.", hint=first["msg"], code="bad-row") from None
    given = [name for name in ("text", "html", "blocks") if getattr(parsed, name) is not None]
    if len(given) != 1:
        raise InputError(
            "A row wants exactly one of text, html and blocks.", hint=f"This one has {len(given)}.", code="bad-row"
        )
    about = {"url": parsed.url, "title": parsed.title, "lang": parsed.lang}
    if parsed.text is not None:
        return READERS[parsed.format](parsed.text, **about)
    if parsed.html is not None:
        return READERS["html"](parsed.html, **about)
    blocks = tuple(_block(number, block) for number, block in enumerate(parsed.blocks or []))
    return Document(blocks, parsed.url, parsed.title, parsed.lang, parsed.url or "")


def _block(number: int, row: BlockRow) -> Block:
    links = tuple(
        Link(link.start, link.end, link.href, link.resolved)
        for link in row.links
        if link.start < link.end <= len(row.text)
    )
    return Block(
        row.id or f"b{number}", row.kind, replace_surrogates(row.text), row.intro, links, is_quoted=row.is_quoted
    )
