"""Quotations as Discourse writes them, turned into Markdown that is read as another's words.

``[quote="ada, post:1, topic:2"]`` and ``[/quote]`` become a line "ada wrote:" over a block quote, which the reader of
Markdown leaves out of a reply (classifier/reading/forum_quotes.py). A tag without its partner stays as it is written,
and so does everything inside a fence of code, as in Discourse.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

# Bounded, so that thousands of beginnings on one line cost no more than their length.
_TAG = re.compile(
    r'\[quote(?:=(?:"(?P<quoted>[^"\n\]]{0,200})"|(?P<bare>[^\]\n"]{0,200})))?\]|(?P<end>\[/quote\])', re.I
)
_FENCE = re.compile(r"[ >]{0,12}(```|~~~)")
_NAME = re.compile(r"[\w.-]{1,60}")


@dataclass(frozen=True, slots=True)
class _Piece:
    kind: Literal["text", "open", "close"]
    text: str


def with_quotes_marked(raw: str) -> str:
    """The post's Markdown with its quotations as block quotes. Linear in the length."""
    if "[quote" not in raw.lower():
        return raw
    pieces = list(_pieces(raw))
    paired = _paired(pieces)
    lines: list[str] = []
    depth = 0
    for number, piece in enumerate(pieces):
        if number not in paired:
            _add(lines, piece.text, depth)
        elif piece.kind == "open":
            lines += [_mark(depth), f"{_mark(depth)}{_author(piece.text)} wrote:", _mark(depth)]
            depth += 1
        else:
            depth -= 1
            lines.append(_mark(depth))
    return "\n".join(lines).strip("\n")


def _pieces(raw: str) -> Iterator[_Piece]:
    """Texts and tags in their order; a tag stands at the beginning or the end of a line, outside code."""
    is_code = False
    for line in raw.split("\n"):
        if _FENCE.match(line):
            is_code = not is_code
        at = 0
        for tag in () if is_code else _TAG.finditer(line):
            if line[at : tag.start()].strip():
                yield _Piece("text", line[at : tag.start()])
            yield _Piece("close" if tag["end"] else "open", tag[0])
            at = tag.end()
        if at == 0 or line[at:].strip():
            yield _Piece("text", line[at:])


def _paired(pieces: Sequence[_Piece]) -> set[int]:
    """The places of the tags that have their partner."""
    paired: set[int] = set()
    waiting: list[int] = []
    for number, piece in enumerate(pieces):
        if piece.kind == "open":
            waiting.append(number)
        elif piece.kind == "close" and waiting:
            paired |= {number, waiting.pop()}
    return paired


def _add(lines: list[str], text: str, depth: int) -> None:
    lines.append(f"{_mark(depth)}{text}")


def _mark(depth: int) -> str:
    # Deeper nesting tells nobody anything, and would make the text grow faster than it is long.
    return "> " * min(depth, 4)


def _author(tag: str) -> str:
    found = _TAG.fullmatch(tag)
    given = (found["quoted"] or found["bare"] or "") if found else ""
    name = given.split(",")[0].strip()
    return name if _NAME.fullmatch(name) else "Somebody"
