"""The measured quotations of ``tests/data/quotes``: pages in HTML with what each quotation is, read from plain files.

A file holds pages: ``== id [url]``, then HTML, then ``--``, then one line for each quotation in the page's order::

    U nowhere testimonial split: the exact words without their marks

``U`` is an unsourced statement, ``F`` one that carries no flag, ``P`` a further part of the speech in the line above,
which may be flagged or not. Then come where its source stands, why it is what it is, and its shape. `` // `` parts
what stands in several blocks. Lines with ``//`` at the start of a file are notes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from classifier.document import Document, Span
from classifier.reading import read_html

FOLDER = Path(__file__).parent / "data" / "quotes"
LATER = FOLDER.with_name("quotes_later")


@dataclass(frozen=True, slots=True)
class GoldQuote:
    """What one quotation is. ``label`` is U, F or P; ``parts`` are its words, block by block."""

    label: str
    place: str
    why: str
    shape: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QuotePage:
    """A page with its quotations."""

    id: str
    url: str
    html: str
    quotes: tuple[GoldQuote, ...]

    @property
    def is_held(self) -> bool:
        """Whether the page belongs to the third that is not looked at when rules are mended."""
        return hashlib.sha256(self.id.encode()).digest()[0] % 3 == 0

    def document(self) -> Document:
        """The page as read."""
        return read_html(self.html, url=self.url, lang="en")


def read_quote_pages(folder: Path = FOLDER) -> list[QuotePage]:
    """All pages, in the order of the files' names."""
    return [page for path in sorted(folder.glob("*.txt")) for page in _pages(path.read_text("utf-8"))]


def _pages(text: str) -> Iterator[QuotePage]:
    for chunk in f"\n{text}".split("\n== ")[1:]:
        head, _, rest = chunk.partition("\n")
        html, _, gold = rest.partition("\n--\n")
        name, _, url = head.partition(" ")
        lines = [line for line in gold.splitlines() if line.strip()]
        yield QuotePage(name, url or f"https://{name}.example/page", html, tuple(map(_gold, lines)))


def _gold(line: str) -> GoldQuote:
    head, _, words = line.partition(": ")
    label, place, why, shape = head.split(" ")
    return GoldQuote(label, place, why, shape, tuple(words.split(" // ")))


def places_of(page: QuotePage, document: Document) -> list[tuple[tuple[int, Span], ...]]:
    """Where each quotation's parts stand: number of the block and span of the words. Raises LookupError."""
    block, at = 0, 0
    places = []
    for quote in page.quotes:
        parts = []
        for words in quote.parts:
            while (start := document.blocks[block].text.find(words, at)) < 0:
                block, at = block + 1, 0
                if block == len(document.blocks):
                    raise LookupError(f"{page.id}: these words do not stand on the page: {words}")
            at = start + len(words)
            parts.append((block, Span(start, at)))
        places.append(tuple(parts))
    return places
