"""Rows of a file of posts: JSON Lines or CSV, plain or gzipped, as objects of the shape that the API takes."""

from __future__ import annotations

import csv
import gzip
import io
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Literal, Protocol, TextIO, cast

from classifier.errors import InputError, PinchError
from classifier.rows import parse_row
from server.moderation.incoming import TEXT_LIMIT, AskedPost

RowFormat = Literal["jsonl", "csv"]
_GZIP = b"\x1f\x8b"
_ZSTANDARD = b"\x28\xb5\x2f\xfd"
_SUFFIXES: dict[str, RowFormat] = {".csv": "csv", ".tsv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl"}
_KEYS = tuple(AskedPost.model_fields)
_NUMBERS = ("version", "views", "replies")
_NAMES = ("post_id", "thread_id", "reply_to", "author")
_DIGITS = re.compile(r"[0-9]{1,18}", re.ASCII)
_WITHOUT_ZONE = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?)", re.ASCII)


@dataclass(frozen=True, slots=True)
class FileRow:
    """A row by its line; ``problem`` says why it cannot be read, and ``value`` is then what was found of it."""

    line: int
    value: Mapping[str, Any]
    problem: PinchError | None = None


@dataclass(frozen=True, slots=True)
class RowDefaults:
    """What the command line says of all rows: whose they are, and that times without a zone are UTC."""

    source: str | None = None
    is_utc: bool = False


@contextmanager
def unpacked(stream: BinaryIO) -> Iterator[BinaryIO]:
    """The stream, or what was gzipped into it. Raises :class:`InputError` for a damaged one."""
    buffered = io.BufferedReader(cast(io.RawIOBase, stream))
    begin = buffered.peek(4)[:4]
    if begin == _ZSTANDARD:
        raise InputError(
            "The file is packed with Zstandard, which is not read here.",
            hint="Unpack it first: zstd -d --long=31 FILE",
        )
    is_packed = begin[:2] == _GZIP
    try:
        yield cast(BinaryIO, gzip.GzipFile(fileobj=buffered)) if is_packed else buffered
    except (gzip.BadGzipFile, EOFError, zlib.error):
        raise InputError(
            "The gzipped file is damaged or cut off.", hint="What was read before is kept. Fetch the file again."
        ) from None


def format_of(path: Path) -> RowFormat:
    """By the file's name, ``.gz`` taken off; JSON Lines when it says nothing."""
    name = path.with_suffix("") if path.suffix.lower() == ".gz" else path
    return _SUFFIXES.get(name.suffix.lower(), "jsonl")


def read_rows(stream: BinaryIO, form: RowFormat, defaults: RowDefaults) -> Iterator[FileRow]:
    """All rows that are not blank, in order. What is not UTF-8 counts as U+FFFD."""
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="replace", newline="")
    found = _csv_rows(text) if form == "csv" else _json_rows(text)
    for row in found:
        yield row if row.problem else FileRow(row.line, _with_defaults(row.value, defaults))


def _json_rows(lines: Iterable[str]) -> Iterator[FileRow]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield FileRow(number, parse_row(line))
        except InputError as error:
            yield FileRow(number, {}, error)


def _csv_rows(text: TextIO) -> Iterator[FileRow]:
    # A field in UTF-8 is longer than its characters, and a broken quotation swallows what follows, up to here.
    csv.field_size_limit(8 * TEXT_LIMIT)
    head = text.readline()
    delimiter = max(",;\t", key=head.count)
    names = next(csv.reader([head], delimiter=delimiter), [])
    names = [name.strip().lower() for name in names]
    if not {"text"} & set(names) or not {"post_id", "id"} & set(names):
        raise InputError(
            "The first line of a CSV file names its columns, 'post_id' and 'text' among them.",
            hint=f"Known columns: {', '.join(_KEYS)}.",
        )
    reader = csv.reader(text, delimiter=delimiter)
    for line, cells in csv_lines(reader, first=2):
        if cells is None:
            yield FileRow(line, {}, not_csv())
        elif len(cells) > len(names):
            problem = InputError(
                "This row has more cells than there are columns.", hint="Quote cells that hold commas."
            )
            yield FileRow(line, dict(zip(names, cells, strict=False)), problem)
        elif any(cells):
            yield FileRow(line, _typed(dict(zip(names, cells, strict=False))))


class CsvReader(Protocol):
    """As much of the standard library's reader as is needed here."""

    @property
    def line_num(self) -> int:
        """How many lines were read."""

    def __next__(self) -> list[str]: ...


def csv_lines(reader: CsvReader, *, first: int = 1) -> Iterator[tuple[int, list[str] | None]]:
    """Each line of a table with its number, None where it is not CSV. ``first``: the line that the reader begins on."""
    while True:
        line = reader.line_num + first
        try:
            yield line, next(reader)
        except csv.Error:
            yield line, None
        except StopIteration:
            return


def not_csv() -> InputError:
    """What to say of such a line."""
    return InputError("This row is not CSV.", hint="See its quotation marks.", code="bad-row")


def _typed(cells: Mapping[str, str]) -> dict[str, Any]:
    """Cells as values: an empty one is left out, numbers are numbers."""
    found: dict[str, Any] = {name: cell for name, cell in cells.items() if cell != "" or name == "text"}
    for name in _NUMBERS:
        if _DIGITS.fullmatch(str(found.get(name, ""))):
            found[name] = int(found[name])
    return found


def _with_defaults(row: Mapping[str, Any], defaults: RowDefaults) -> dict[str, Any]:
    """The keys that posts have, others passed over: dumps carry what they carry. ``id`` stands for ``post_id``."""
    found = {name: row[name] for name in _KEYS if name in row}
    if "post_id" not in found and "id" in row:
        found["post_id"] = row["id"]
    if found.get("source") is None and defaults.source:
        found["source"] = defaults.source
    for name in _NAMES:
        if isinstance(found.get(name), int) and not isinstance(found[name], bool):
            found[name] = str(found[name])
    if defaults.is_utc and (time := _WITHOUT_ZONE.fullmatch(str(found.get("posted_at")))):
        found["posted_at"] = f"{time[1]}T{time[2]}Z"
    return found
