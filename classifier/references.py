"""Citation markers of every shape, each worth what the entry is worth that it leads to.

``[3]``, ``[3,4]``, ``[3–6]``, raised figures, ``(3)`` and footnote marks, with a link or without; and an author with a
year that the page lists. A marker that leads to no entry of the page carries nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from classifier.document import Block, Document, Link
from classifier.reference_list import SUPERSCRIPTS, Entry, find_entries, worth
from classifier.sourcing import Carry, SourceMark, judge_link

# "[3-200]" names no more entries than these.
LONGEST_RANGE = 50

_NUMBERS = r"\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*"
_BRACKETED = re.compile(rf"\[({_NUMBERS})\]")
_ROUND = re.compile(rf"(?<=[\w.,!?”\"’'»] )\(({_NUMBERS})\)(?=[\s.,;:]|$)|(?<=[\w.,!?”\"’'»])\(({_NUMBERS})\)")
# Raised figures behind a digit or a unit are powers (10⁶, m²).
_RAISED = re.compile(r"(?<![\d⁰¹²³⁴-⁹])(?<!\bm)(?<!\b[ckmd]m)([⁰¹²³⁴-⁹]{1,3}(?:[,⁻–-][⁰¹²³⁴-⁹]{1,3})*)")
_FOOTNOTE = re.compile(r"(?<=[\w.,!?”\"’'»)])([*†‡§]{1,2})(?=[\s.,;:)]|$)")
_PART = re.compile(r"(\d{1,3})(?:\s*[–-]\s*(\d{1,3}))?")
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_NAME = re.compile(r"\b[A-Z][^\W\d_]{2,}(?:[-’'][^\W\d_]+)*")
# An author stands this near before the year.
AUTHOR_REACH = 80
# How many names at the start of an entry are its authors.
MOST_AUTHORS = 4
# A block shorter than this holds an entry's number.
SHORTEST_ENTRY = 4


class References:
    """A page's entries by the names that markers call them, by their anchors, and by author and year."""

    def __init__(self, document: Document) -> None:
        entries = find_entries(document)
        self.listed = frozenset(entry.block for entry in entries)
        self._url = document.url
        self._by_name: dict[str, Carry] = {}
        self._by_author: dict[tuple[str, str], Carry] = {}
        for entry in entries:
            if entry.name:
                self._by_name.setdefault(entry.name, entry.carry)
            for key in _authors(entry):
                self._by_author.setdefault(key, entry.carry)
        self._blocks = document.blocks
        self._places = _anchored(document)
        self._worth: dict[int, Carry] = {}
        for entry in entries:
            self._worth[entry.block] = max(entry.carry, self._worth.get(entry.block, Carry.NOTHING))

    def judge(self, link: Link, words: str, *, page_url: str | None = None) -> Carry:
        """What a link can carry; for a marker, what its entry can."""
        if link.href and not link.href.startswith("#"):
            return judge_link(link, words, page_url=page_url)
        named = self._named(words)
        if not link.href:
            return named or Carry.NOTHING
        plain = judge_link(link, words, page_url=page_url)
        if not plain and link.resolved:
            return plain
        target = self._anchored(link.href[1:])
        return next((carry for carry in (target, named) if carry is not None), plain)

    def _anchored(self, fragment: str) -> Carry | None:
        """What the block with an anchor is worth, or None where no block has it."""
        place = self._places.get(fragment, self._places.get(unquote(fragment)))
        if place is None:
            return None
        if place not in self._worth:
            block = self._blocks[place]
            self._worth[place] = worth(block, 0, len(block.text), url=self._url)
        return self._worth[place]

    def find_markers(self, block: Block) -> list[SourceMark]:
        """Markers without a link, and authors with their year, that lead to an entry which carries something."""
        text = block.text
        linked = [(link.start, link.end) for link in block.links]
        found = [*self._numbered(text), *self._authored(text)]
        ends = {place for start, end in linked for place in (start, end)}
        return [mark for mark in found if mark.carry and not {mark.start, mark.end} & ends]

    def _numbered(self, text: str) -> Iterator[SourceMark]:
        if not self._by_name:
            return
        for pattern in (_BRACKETED, _ROUND, _RAISED, _FOOTNOTE):
            for match in pattern.finditer(text):
                carry = self._named(match[0])
                if carry is not None:
                    yield SourceMark(match.start(), match.end(), carry)

    def _named(self, words: str) -> Carry | None:
        """The best of the entries that a marker names, or None where the page has none of them."""
        words = words.translate(SUPERSCRIPTS).replace("⁻", "-").strip("[]() ")
        found = [self._by_name[words]] if words in self._by_name else []
        for part in _PART.finditer(words) if words[:1].isdigit() else ():
            first, last = int(part[1]), int(part[2] or part[1])
            numbers = range(first, min(last, first + LONGEST_RANGE) + 1)
            found += [self._by_name[str(n)] for n in numbers if str(n) in self._by_name]
        return max(found, default=None)

    def _authored(self, text: str) -> Iterator[SourceMark]:
        if not self._by_author:
            return
        for year in _YEAR.finditer(text):
            for name in _NAME.finditer(text, max(0, year.start() - AUTHOR_REACH), year.start()):
                carry = self._by_author.get((name[0], year[0]))
                if carry:
                    yield SourceMark(name.start(), year.end(), carry)
                    break


def _authors(entry: Entry) -> Iterator[tuple[str, str]]:
    """Surname and year under which an entry is cited: the names before its year or in its first words."""
    years = [match[0] for match in _YEAR.finditer(entry.text)][:3]
    names = [match[0] for match in _NAME.finditer(entry.text, 0, AUTHOR_REACH)][:MOST_AUTHORS]
    return ((name, year) for name in names for year in years)


def _anchored(document: Document) -> dict[str, int]:
    """The block of each anchor; where that holds a number alone, the one behind it."""
    places: dict[str, int] = {}
    waiting: list[str] = []
    for place, block in enumerate(document.blocks):
        waiting += block.anchors
        if waiting and len(block.text.strip("[]().: ")) >= SHORTEST_ENTRY:
            places.update(dict.fromkeys(waiting, place))
            waiting = []
    return places
