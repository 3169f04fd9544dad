"""What counts as a source that a reader can check, and how far it is from a sentence.

The rules follow docs/labelling.md: a journal, an authority, a named news report, a numbered reference that the page
resolves
or a dated, named publication can carry a claim; a site's own shop, home page or tag page, a social profile or a
credential can not.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache, lru_cache
from pathlib import Path
from typing import Protocol
from urllib.parse import SplitResult, urlsplit

from classifier.citations import find_citations
from classifier.document import Block, Link

_FILE = Path(__file__).with_name("sources.toml")


# How far from a sentence a source is still looked for, in code points; what lies farther away counts for the block
# only.
REACH = 2_000
WHOLE_BLOCK_MARKS = 8


class Carry(IntEnum):
    """How much a link or citation can carry."""

    NOTHING = 0
    PAGE = 1  # some page elsewhere that says more
    REPORT = 2  # a named news report, broadcast or dated event
    RECORD = 3  # a journal, an authority, a resolved reference


@dataclass(frozen=True, slots=True)
class SourceMark:
    """A place in a block's text that points to a source."""

    start: int
    end: int
    carry: Carry


class Judge(Protocol):
    """Says what a link on some words can carry."""

    def __call__(self, link: Link, words: str, *, page_url: str | None = None) -> Carry:
        """What it can carry, seen from the page at ``page_url``."""


_MARKER_WORDS = re.compile(
    r"[\[(]?\s*(?:(?:ref|note|source)s?\.?\s*)?(?:\d{1,3}(?:\s*[,–-]\s*\d{1,3})*|[*†‡§]|[a-z])\s*[\])]?|references?|sources?",
    re.I,
)
_REFERENCE_TARGET = re.compile(
    r"^#(?:.*[_:-])?(?:ref|references?|note|footnote|fn|cite|cit|bib|source|endnote|r|b)s?[_:.-]?(?:\w*[_:-])?\d*$",
    re.I,
)
_SELLING_PATH = re.compile(
    r"/(?:shop|store|products?|cart|buy|basket|checkout|collections?|order|pricing|offers?|deals?|book(?:ing)?|appointments?)(?:/|$|\?)",
    re.I,
)
_LISTING_PATH = re.compile(
    r"/(?:tags?|categor(?:y|ies)|topics?|authors?|search|archive|about(?:-us)?"
    r"|team|staff|our-(?:team|people|doctors)|profiles?|bios?|contact|home|index\.\w+)(?:/|$)",
    re.I,
)
_OWN_RECORD_PATH = re.compile(r"/(?:references|sources|citations|bibliography)(?:/|$|\.)", re.I)
_BROADCAST = re.compile(
    r"^/(?:watch|embed/|live/|shorts/|[\w.-]+/status/\d|p/|reel/|[\w@.-]+/video/\d|posts?/|[\w@.-]+/posts/|r/\w+/comments/|pub/|[\w@.-]+/p/)",
    re.I,
)
# An address written out in the text.
_ADDRESS = re.compile(r"https?://[^\s<>\"“”]{4,300}")
_PUBLIC_SUFFIXES = (
    ".gov",
    ".mil",
    ".gov.uk",
    ".nhs.uk",
    ".gov.au",
    ".gc.ca",
    ".govt.nz",
    ".gov.ie",
    ".int",
    ".europa.eu",
)
_CAMPUS_SUFFIXES = (".edu", ".ac.uk", ".edu.au", ".ac.nz")
_SECOND_LEVEL = frozenset(["co", "com", "org", "net", "ac", "gov", "edu", "ltd", "nhs", "me"])


@cache
def _hosts(kind: str) -> frozenset[str]:
    with _FILE.open("rb") as file:
        return frozenset(tomllib.load(file)[kind].split())


def _is_among(host: str, kind: str) -> bool:
    labels = host.split(".")
    hosts = _hosts(kind)
    return any(".".join(labels[i:]) in hosts for i in range(len(labels) - 1))


def _site(host: str) -> str:
    """The registrable part of a host, near enough: the last two labels, or three under ``co.uk`` and its like."""
    labels = host.split(".")
    wants_three = len(labels) > 2 and labels[-2] in _SECOND_LEVEL and len(labels[-1]) == 2
    return ".".join(labels[-3:] if wants_three else labels[-2:])


def _split(href: str) -> SplitResult | None:
    try:
        parts = urlsplit(href.strip())
        return parts if parts.hostname or parts.path or parts.fragment else None
    except ValueError:
        return None


def judge_link(link: Link, words: str, *, page_url: str | None = None) -> Carry:
    """What a link on ``words`` can carry, seen from the page at ``page_url``."""
    if not link.resolved:
        return Carry.NOTHING
    if link.href.startswith("#"):
        is_marker = _MARKER_WORDS.fullmatch(words.strip()) or _REFERENCE_TARGET.match(link.href)
        return Carry.RECORD if is_marker and len(link.href) > 1 else Carry.NOTHING
    parts = _split(link.href)
    if parts is None or parts.scheme not in ("", "http", "https"):
        return Carry.NOTHING
    host = (parts.hostname or "").removeprefix("www.")
    own = _host_of(page_url or "")
    is_own = not host or (bool(own) and _site(host) == _site(own))
    return _judge_address(host or own, parts, is_own=is_own)


@lru_cache(maxsize=16)
def _host_of(page_url: str) -> str:
    """Of the page that is being read, whose links all ask for it."""
    page = _split(page_url)
    return (page.hostname or "").removeprefix("www.") if page else ""


def _judge_address(host: str, parts: SplitResult, *, is_own: bool) -> Carry:
    path = parts.path.rstrip("/")
    has_page = len(path) > 1 or bool(parts.query)
    if not has_page:
        return Carry.NOTHING
    if _is_among(host, "journals") or host.endswith(_CAMPUS_SUFFIXES):
        return Carry.RECORD
    if _is_among(host, "authorities") or host.endswith(_PUBLIC_SUFFIXES):
        return Carry.RECORD
    if _is_among(host, "shops") or _SELLING_PATH.search(path + "/") or _LISTING_PATH.search(path + "/"):
        return Carry.NOTHING
    if _is_among(host, "social"):
        return Carry.REPORT if host == "youtu.be" or _BROADCAST.match(path + "?") else Carry.NOTHING
    if is_own:
        return Carry.RECORD if _OWN_RECORD_PATH.search(path) else Carry.NOTHING
    return Carry.REPORT if _is_among(host, "news") else Carry.PAGE


def find_addresses(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each web address that is written out in a text."""
    if "://" in text:
        for match in _ADDRESS.finditer(text):
            yield match.start(), match.start() + len(match[0].rstrip(".,;:)]'’"))


def find_sources(block: Block, *, page_url: str | None = None, judge: Judge = judge_link) -> list[SourceMark]:
    """All marks of a source in a block's text, in order of their start. Links that carry nothing are left out.

    ``judge`` says what a link can carry; one that knows the page's list of references knows more.
    """
    links = [*block.links, *(Link(start, end, block.text[start:end]) for start, end in find_addresses(block.text))]
    marks = [
        SourceMark(link.start, link.end, carry)
        for link in links
        if (carry := judge(link, block.text[link.start : link.end], page_url=page_url))
    ]
    if block.cite:
        carry = judge_link(Link(0, len(block.text), block.cite), "source", page_url=page_url)
        marks += [SourceMark(0, len(block.text), carry)] if carry else []
    for start, end, is_record in find_citations(block.text):
        marks.append(SourceMark(start, end, Carry.RECORD if is_record else Carry.REPORT))
    return sorted(marks, key=lambda mark: mark.start)


def best_carry(marks: Sequence[SourceMark], start: int, end: int) -> Carry:
    """The strongest source that touches ``start:end``."""
    return max((mark.carry for mark in marks if mark.start < end and mark.end > start), default=Carry.NOTHING)


def distance_to_source(
    marks: Sequence[SourceMark], start: int, end: int, *, at_least: Carry = Carry.REPORT
) -> int | None:
    """Code points between ``start:end`` and the nearest source of some strength; 0 inside it, None without one."""
    gaps = [max(mark.start - end, start - mark.end, 0) for mark in marks if mark.carry >= at_least]
    return min(gaps, default=None)


def marks_near(marks: Sequence[SourceMark], start: int, end: int) -> tuple[SourceMark, ...]:
    """Those of a block's marks (in order of their start) that lie within :data:`REACH` of ``start:end``."""
    first = bisect_left(marks, start - REACH, key=_start)
    last = bisect_left(marks, end + REACH, key=_start)
    whole = [mark for mark in marks[:WHOLE_BLOCK_MARKS] if mark.start == 0 and mark.end > REACH]
    return (*(whole if first else ()), *marks[first:last])


def _start(mark: SourceMark) -> int:
    return mark.start
