"""The list of retractions on this machine: a SQLite file that is looked up by DOI and PubMed number."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import astuple
from datetime import date
from pathlib import Path
from typing import Any

from server.published import PublishedFile
from server.retractions.record import Nature, Record

FILE = "retractions.sqlite3"
VERSION = 1
SCHEMA = """
CREATE TABLE record (
    number INTEGER PRIMARY KEY, nature TEXT NOT NULL, doi TEXT, pmid TEXT, journal TEXT NOT NULL, published_on TEXT,
    noticed_on TEXT, notice_doi TEXT, notice_pmid TEXT
);
CREATE INDEX record_doi ON record (doi);
CREATE INDEX record_pmid ON record (pmid)
"""
_AT_ONCE = 400


class Retractions:
    """The file of retractions in a data folder."""

    def __init__(self, folder: Path) -> None:
        self.file = PublishedFile(folder / FILE, SCHEMA, VERSION)

    @contextmanager
    def importing(self) -> Iterator[Importer]:
        """Take in rows in one transaction."""
        with self.file.writing() as connection:
            yield Importer(connection)

    def count(self) -> Counter[str]:
        """How many rows of each nature there are."""
        with self.file.reading() as connection:
            rows = connection.execute("SELECT nature, count(*) FROM record GROUP BY nature") if connection else ()
            return Counter(dict(rows))

    def about(self, identifiers: Collection[str]) -> list[Record]:
        """The rows on papers with any of these DOIs (``10.…``) and PubMed numbers (``pmid:…``)."""
        with self.file.reading() as connection:
            if connection is None:
                return []
            found: dict[int, Record] = {}
            wanted = sorted(identifiers)
            for start in range(0, len(wanted), _AT_ONCE):
                some = wanted[start : start + _AT_ONCE]
                dois = [one for one in some if not one.startswith("pmid:")]
                pmids = [one.removeprefix("pmid:") for one in some if one.startswith("pmid:")]
                for column, values in (("doi", dois), ("pmid", pmids)):
                    found |= {record.number: record for record in _rows(connection, column, values)}
            return [found[number] for number in sorted(found)]


def _rows(connection: sqlite3.Connection, column: str, values: list[str]) -> Iterator[Record]:
    marks = ", ".join("?" * len(values))
    query = f"SELECT * FROM record WHERE {column} IN ({marks})"  # noqa: S608
    for number, nature, doi, pmid, journal, published, noticed, *notice in connection.execute(query, values):
        yield Record(number, Nature(nature), doi, pmid, journal, _day(published), _day(noticed), *notice)


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


class Importer:
    """Takes in rows: one of the same Record ID as before takes the other's place."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.kept: Counter[str] = Counter()

    def add(self, record: Record) -> None:
        """Keep one."""
        values = [_stored(value) for value in astuple(record)]
        marks = ", ".join("?" * len(values))
        self._connection.execute(f"INSERT OR REPLACE INTO record VALUES ({marks})", values)  # noqa: S608
        self.kept[record.nature] += 1


def _stored(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Nature) else value
