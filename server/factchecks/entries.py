"""Reads a file of JSON or JSON Lines entry by entry, so that a feed of any length fits into memory.

ijson reads JSON as a stream of events. An object is built only where a list of entries holds it, and only up to a size.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import ijson
from ijson.common import ObjectBuilder

from classifier.errors import InputError
from server.factchecks.claim_review import NESTS

LINE_LIMIT = 1_000_000  # bytes
MOST_EVENTS = 20_000  # of one entry
_LINE_ENDINGS = (".jsonl", ".ndjson")
_BOM = b"\xef\xbb\xbf"
# A compilation of pages' own markup has it with its tags, one on each line.
_TAGS = re.compile(rb"\s*<script[^>]*>(.*)</script>\s*", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entry:
    """One piece of data with its place in the file; ``problem`` says why it could not be read."""

    place: str
    data: Any = None
    problem: str | None = None


def read_entries(path: Path, file: IO[bytes]) -> Iterator[Entry]:
    """Every entry of a file. Raises :class:`InputError` when the file as a whole is no JSON."""
    if file.read(len(_BOM)) != _BOM:
        file.seek(0)
    return _lines(file) if path.suffix.lower() in _LINE_ENDINGS or _is_in_lines(file) else _stream(file)


def _is_in_lines(file: IO[bytes]) -> bool:
    """Whether the first line is a whole JSON object, and another line follows if it is not in tags."""
    start = file.tell()
    first, more = file.readline(LINE_LIMIT), file.readline(LINE_LIMIT)
    file.seek(start)
    try:
        return bool(_TAGS.fullmatch(first)) or (bool(more.strip()) and isinstance(json.loads(first), dict))
    except (ValueError, RecursionError):
        return False


def _lines(file: IO[bytes]) -> Iterator[Entry]:
    number = 0
    while line := file.readline(LINE_LIMIT + 1):
        number += 1
        place = f"line {number}"
        if len(line) > LINE_LIMIT:
            while line and not line.endswith(b"\n"):
                line = file.readline(LINE_LIMIT + 1)
            yield Entry(place, problem=f"it is over {LINE_LIMIT:,} bytes")
        elif line.strip():
            yield _line(place, line)


def _line(place: str, line: bytes) -> Entry:
    tags = _TAGS.fullmatch(line)
    try:
        return Entry(place, json.loads(tags[1] if tags else line))
    except (ValueError, RecursionError):
        return Entry(place, problem="it is no JSON in UTF-8")


def _stream(file: IO[bytes]) -> Iterator[Entry]:
    """The objects in the outermost lists of entries, then what stands around those lists if it is an entry itself."""
    lists = {"item", "item.item", *(f"{nest}.item" for nest in NESTS)}
    outer, number = _Growing(), 0
    inner: _Growing | None = None
    at = ""
    try:
        for prefix, event, value in ijson.parse(file, use_float=True, multiple_values=True):
            if inner is None and prefix in lists and event == "start_map":
                inner, at = _Growing(), prefix
            if inner is None:
                outer.add(event, value)
            else:
                inner.add(event, value)
                if event == "end_map" and prefix == at:
                    number += 1
                    yield inner.entry(f"entry {number}")
                    inner = None
            if inner is None and prefix == "" and event in ("end_map", "end_array"):
                yield from outer.whole(number)
                outer = _Growing()
    except (ijson.JSONError, UnicodeDecodeError) as error:
        raise InputError(
            f"The file is no JSON: reading stopped behind entry {number} ({type(error).__name__}).",
            hint="Fetch it again. Files with an object on each line end in .jsonl.",
        ) from None


class _Growing:
    """An object that is being built of events, up to a size."""

    def __init__(self) -> None:
        self._builder = ObjectBuilder()
        self._events = 0

    def add(self, event: str, value: object) -> None:
        self._events += 1
        if self._events <= MOST_EVENTS:
            self._builder.event(event, value)

    def entry(self, place: str) -> Entry:
        if self._events > MOST_EVENTS:
            return Entry(place, problem=f"it has over {MOST_EVENTS:,} parts")
        return Entry(place, self._builder.value)

    def whole(self, entries: int) -> Iterator[Entry]:
        """The outermost value, when it is an entry and not only what holds them."""
        if self._events <= MOST_EVENTS and isinstance(self._builder.value, dict):
            value = {key: part for key, part in self._builder.value.items() if key not in NESTS}
            if ("@type" in value and not entries) or "claimReview" in value:
                yield Entry("the whole file", value)
