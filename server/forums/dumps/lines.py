"""What the readers of dumps share: a row that is a post or was left out, and lines of JSON of a bounded length."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

from classifier.errors import InputError
from classifier.rows import parse_row
from server.moderation.rows import FileRow

LINE_LIMIT = 4_000_000  # bytes: a post of 100,000 characters with all that dumps carry beside it is far shorter
_TOO_LONG = InputError(
    f"This line is over {LINE_LIMIT:,} bytes.", hint="Write one JSON object on each line.", code="line-too-long"
)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that is no post to take in: ``why`` in a word that people are told."""

    why: str


Made = Mapping[str, Any] | LeftOut
"""What becomes of a row: the keys of a post as ``POST /v1/posts`` takes them, or nothing."""


def json_lines(stream: BinaryIO) -> Iterator[FileRow]:
    """The objects of a file of JSON Lines. A line never takes more memory than its limit, whatever is in the file."""
    number = 0
    while line := stream.readline(LINE_LIMIT + 1):
        number += 1
        if len(line) > LINE_LIMIT:
            while line and not line.endswith(b"\n"):
                line = stream.readline(LINE_LIMIT)
            yield FileRow(number, {}, _TOO_LONG)
        elif line.strip(b"\xef\xbb\xbf \t\r\n"):
            yield _row(number, line)


def _row(number: int, line: bytes) -> FileRow:
    try:
        return FileRow(number, parse_row(line.decode("utf-8-sig", "replace")))
    except InputError as error:
        return FileRow(number, {}, error)


def is_object(line: bytes) -> bool:
    """Whether a line is a whole JSON object by itself."""
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def name_of(value: object) -> str | None:
    """A name or number as a name; None for nothing and for what is neither."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    return str(value).strip() or None


def count_of(value: object) -> int | None:
    """A count of something, or None where it is none: dumps write -1, 3.0 and "3"."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 16:
        return int(value)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 2**53:
        return None
    return int(value)
