"""Reads the CSV of the public list of retractions row by row."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from datetime import date
from typing import IO

from classifier.errors import InputError
from server.published.cleaning import day_of, plain_text
from server.retractions.identifiers import normal_doi, normal_pmid
from server.retractions.record import Nature, Record

COLUMNS = (
    "Record ID",
    "Journal",
    "RetractionDate",
    "RetractionDOI",
    "RetractionPubMedID",
    "OriginalPaperDate",
    "OriginalPaperDOI",
    "OriginalPaperPubMedID",
    "RetractionNature",
)
JOURNAL_LENGTH = 200
FIELD_LIMIT = 1_000_000
_AMERICAN = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})\b")


def open_text(file: IO[bytes]) -> io.TextIOWrapper:
    """The file as text: UTF-8 with or without a byte order mark. Bytes that are none are read as Latin-1.

    The public list is UTF-8 with some wrong bytes in it, and other copies are Latin-1 as a whole: this reads both.
    """
    return io.TextIOWrapper(file, encoding="utf-8-sig", errors="pinch-latin-1", newline="")


def _as_latin_1(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("latin-1"), error.end


codecs.register_error("pinch-latin-1", _as_latin_1)


def read_rows(text: io.TextIOBase) -> Iterator[tuple[int, Record | str]]:
    """Each row's number and its record, or why it cannot be used.

    Raises :class:`InputError` when the file is not such a list.
    """
    before = csv.field_size_limit(FIELD_LIMIT)
    reader = csv.reader(text)
    number = 1
    try:
        columns = _columns(next(reader, []))
        for number, row in enumerate(reader, 2):
            if row:
                yield number, _record(row, columns)
    except csv.Error:
        raise InputError(f"The file is no CSV: reading stopped behind row {number}.", hint="Fetch it again.") from None
    finally:
        csv.field_size_limit(before)


def _columns(header: list[str]) -> dict[str, int]:
    places = {name.strip().lower(): place for place, name in enumerate(header)}
    missing = [name for name in COLUMNS if name.lower() not in places]
    if missing:
        raise InputError(
            f"The file lacks the columns {', '.join(missing)}.",
            hint="It must be the CSV of the Retraction Watch data: see docs/factchecks.md.",
        )
    return {name: places[name.lower()] for name in COLUMNS}


def _record(row: list[str], columns: dict[str, int]) -> Record | str:
    if len(row) <= max(columns.values()):
        return "it has too few fields"
    field = {name: row[place].strip() for name, place in columns.items()}
    if not (field["Record ID"].isascii() and field["Record ID"].isdigit() and len(field["Record ID"]) <= 15):
        return "its Record ID is no number"
    nature = field["RetractionNature"].lower()
    if nature not in list(Nature):
        return "its RetractionNature is none that is known"
    doi, pmid = normal_doi(field["OriginalPaperDOI"]), normal_pmid(field["OriginalPaperPubMedID"])
    if not (doi or pmid):
        return "it names its paper by neither DOI nor PubMed number"
    return Record(
        int(field["Record ID"]),
        Nature(nature),
        doi,
        pmid,
        plain_text(field["Journal"], JOURNAL_LENGTH),
        _day(field["OriginalPaperDate"]),
        _day(field["RetractionDate"]),
        normal_doi(field["RetractionDOI"]),
        normal_pmid(field["RetractionPubMedID"]),
    )


def _day(value: str) -> date | None:
    """A day as the list writes it: month first (``3/24/2015 0:00``), or ISO."""
    match = _AMERICAN.match(value)
    if not match:
        return day_of(value)
    month, day, year = map(int, match.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None
