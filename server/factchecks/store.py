"""The fact-checks on this machine: a SQLite file with a full-text index of what they are about.

The index holds words as :mod:`server.factchecks.meaning` gives them, so one way of cutting serves both sides.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from math import log
from pathlib import Path

from server.factchecks.meaning import Meaning, meaning_of, meaning_of_review
from server.factchecks.review import Review
from server.factchecks.scoring import LEAST_SCORE, score
from server.published import PublishedFile

FILE = "factchecks.sqlite3"
# A change of server/factchecks/words.toml that changes what is in the index needs another version.
VERSION = 1
SCHEMA = """
CREATE TABLE review (
    id INTEGER PRIMARY KEY, url TEXT NOT NULL, claim TEXT NOT NULL, publisher TEXT NOT NULL, site TEXT NOT NULL,
    rating TEXT NOT NULL, title TEXT NOT NULL, claimant TEXT NOT NULL, reviewed_on TEXT, UNIQUE (url, claim)
);
CREATE VIRTUAL TABLE indexed USING fts5(words, tokenize = "unicode61 remove_diacritics 0");
CREATE VIRTUAL TABLE word USING fts5vocab(indexed, row)
"""
# Looked at closely for one claim, after the full-text search by BM25 (Robertson and Zaragoza 2009).
CANDIDATES = 40
MOST_WORDS = 12
# A word in more than this share of the fact-checks brings no candidates while rarer ones do.
COMMON_SHARE = 0.05
# So many made-up fact-checks without the word stand behind the real ones, so that few real ones make no word common.
BACKGROUND = 1_000
LEAST_RARITY = 0.4

_COLUMNS = "url, claim, publisher, site, rating, title, claimant, reviewed_on"


@dataclass(frozen=True, slots=True)
class Found:
    """A fact-check and how surely it is about the claim that was asked for."""

    review: Review
    score: float


class FactChecks:
    """The file of fact-checks in a data folder."""

    def __init__(self, folder: Path) -> None:
        self.file = PublishedFile(folder / FILE, SCHEMA, VERSION)

    @contextmanager
    def importing(self) -> Iterator[Importer]:
        """Take in fact-checks in one transaction."""
        with self.file.writing() as connection:
            yield Importer(connection)

    def count(self) -> int:
        """How many there are."""
        with self.file.reading() as connection:
            return connection.execute("SELECT count(*) FROM review").fetchone()[0] if connection else 0

    def by_publisher(self) -> list[tuple[str, int, date | None]]:
        """Publishers with how many fact-checks they have here and the day of the latest, most first."""
        query = "SELECT publisher, count(*), max(reviewed_on) FROM review GROUP BY publisher ORDER BY 2 DESC, 1"
        with self.file.reading() as connection:
            rows = connection.execute(query).fetchall() if connection else []
        return [(name, count, date.fromisoformat(day) if day else None) for name, count, day in rows]

    @contextmanager
    def searching(self) -> Iterator[Search | None]:
        """Look up claims; None when there is nothing to look in."""
        with self.file.reading() as connection:
            yield Search(connection) if connection else None


class Importer:
    """Takes in fact-checks: one of the same address and claim as before takes the other's place."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.added = self.replaced = 0

    def add(self, review: Review) -> None:
        """Keep one."""
        row = (
            review.publisher,
            review.site,
            review.rating,
            review.title,
            review.claimant,
            review.reviewed_on.isoformat() if review.reviewed_on else None,
            review.url,
            review.claim,
        )
        update = (
            "UPDATE review SET publisher = ?, site = ?, rating = ?, title = ?, claimant = ?, reviewed_on = ? "
            "WHERE url = ? AND claim = ?"
        )
        if self._connection.execute(update, row).rowcount:
            self.replaced += 1
            return
        insert = (
            "INSERT INTO review (publisher, site, rating, title, claimant, reviewed_on, url, claim) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
        )
        number = self._connection.execute(insert, row).lastrowid
        words = " ".join(sorted(_indexed(meaning_of(review.claim))))
        self._connection.execute("INSERT INTO indexed (rowid, words) VALUES (?, ?)", (number, words))
        self.added += 1


def _indexed(meaning: Meaning) -> frozenset[str]:
    return meaning.words | meaning.effects


class Search:
    """Finds the fact-checks that are about a claim."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._count: int = connection.execute("SELECT count(*) FROM review").fetchone()[0]
        self._in_reviews: dict[str, int] = {}

    def find(self, claim: str, *, least: float = LEAST_SCORE) -> list[Found]:
        """The fact-checks about a claim, the surest first."""
        meaning = meaning_of(claim)
        words = self._telling(meaning)
        if not words or meaning.is_asked:
            return []
        found = [
            Found(review, value)
            for review in self._candidates(words)
            if (value := score(meaning, meaning_of_review(review.claim), self.rarity)) >= least
        ]
        return sorted(found, key=lambda one: (-one.score, one.review.claim, one.review.url))

    def rarity(self, word: str) -> float:
        """From LEAST_RARITY for a word in every fact-check to 1 for one in none: inverse document frequency."""
        frequency = (self._among(word) + 1) / (self._count + BACKGROUND)
        return max(LEAST_RARITY, min(1.0, log(frequency) / log(1 / BACKGROUND)))

    def _among(self, word: str) -> int:
        if word not in self._in_reviews:
            row = self._connection.execute("SELECT doc FROM word WHERE term = ?", (word,)).fetchone()
            self._in_reviews[word] = row[0] if row else 0
        return self._in_reviews[word]

    def _telling(self, meaning: Meaning) -> list[str]:
        """The rarest words of a claim that any fact-check has."""
        known = sorted((count, word) for word in meaning.words - meaning.light if (count := self._among(word)))
        rare = [word for count, word in known if count <= max(1, COMMON_SHARE * self._count)]
        return (rare if len(rare) > 1 else [word for _, word in known])[:MOST_WORDS]

    def _candidates(self, words: Sequence[str]) -> Iterable[Review]:
        wanted = " OR ".join(f'"{word}"' for word in words)
        nearest = "SELECT rowid AS id, rank FROM indexed WHERE indexed MATCH ? ORDER BY rank LIMIT ?"
        query = f"SELECT {_COLUMNS} FROM ({nearest}) JOIN review USING (id) ORDER BY rank, id"  # noqa: S608
        for row in self._connection.execute(query, (wanted, CANDIDATES)):
            url, claim, publisher, site, rating, title, claimant, day = row
            reviewed_on = date.fromisoformat(day) if day else None
            yield Review(url, claim, publisher, site, rating, title, claimant, reviewed_on)
