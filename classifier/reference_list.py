"""The references that a page lists: which of its blocks are entries, what markers call them, and what each is worth.

An entry is worth what it leads to: a journal, an authority or a publication that can be found carries a claim; the
site's own shop, a social profile or a disclaimer carries nothing, however it is numbered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from classifier.citations import find_citations
from classifier.document import Block, Document, Link
from classifier.sourcing import Carry, find_addresses, judge_link

# An entry is one line or a few; a longer block under such a heading is text.
LONGEST_ENTRY = 1_500
SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")

_NAMES = (
    r"(?:(?:key|selected|main|full|cited|list of) )?(?:references?|sources?|bibliograph(?:y|ies)|citations?|footnotes?"
    r"|notes|endnotes|works cited|literature(?: cited)?|reference list|further reading)"
)
_HEADING = re.compile(rf"^\W*(?:\d\.? )?{_NAMES}(?:(?:,| and| &|/) ?{_NAMES})?\W*$", re.I)
_INLINE_LIST = re.compile(rf"^\W*{_NAMES}\s*:\s*(?=\S)", re.I)
_NUMBER_ALONE = re.compile(r"[\[(]?(\d{1,3})[\]).:]*")
_NUMBERED = re.compile(r"\s*(?:[\[(](\d{1,3})[\])]\.?|(\d{1,3})[.)]|([⁰¹²³⁴-⁹]{1,3}))\s*(?=\S)")
_NEXT_NUMBER = re.compile(r"(?:^|[\s;])(?:[\[(](\d{1,3})[\])]|(\d{1,3})[.)]|([⁰¹²³⁴-⁹]{1,3}))\s*(?=\S)")
_MARK = re.compile(r"\s*([*†‡§]{1,2})\s*(?=\w)")
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d[a-z]?\b")
_CATALOGUE = re.compile(
    r"\b[A-Z][\w'’-]+,? [A-Z]{1,3}\b\.?|\d+ ?(?:\(\d+\))?: ?[A-Za-z]{0,2}\d+|\bpp?\. ?\d|\bvol\.|\bet al\b"
)
_OWN_WORD = re.compile(
    r"\b(?:our|own|internal|in-house|customers?'?|shop|buy|coupon|offers? ends?|prices?|while stocks?|results may vary"
    r"|individual results|not been evaluated|not intended to|terms apply|per serving)\b",
    re.I,
)
_WORD = re.compile(r"[^\W\d_]{2,}")
_HANDLE = re.compile(r"@[\w.]+")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a list of references. ``name`` is its number or mark, or empty; ``block`` where it stands."""

    name: str
    block: int
    text: str
    carry: Carry


def is_reference_heading(text: str) -> bool:
    """Whether a line announces a list of references."""
    return len(text) < 80 and bool(_HEADING.match(text))


def find_entries(document: Document) -> list[Entry]:
    """All entries of a page's lists of references, in their order."""
    entries: list[Entry] = []
    is_listed = False
    number, alone = 0, ""
    for place, block in enumerate(document.blocks):
        if block.kind[0] == "h" or is_reference_heading(block.text):
            is_listed, number, alone = is_reference_heading(block.text), 0, ""
            continue
        if is_listed and (found := _NUMBER_ALONE.fullmatch(block.text.strip())):
            alone = found[1]
            continue
        inline = _INLINE_LIST.match(block.text)
        for name, start, end in _parts(block, inline.end() if inline else 0):
            number += 1
            name = name or alone or (str(number) if is_listed and block.kind == "li" else "")
            if not (name or is_listed or inline):
                continue
            if entry := _entry(document, place, name, start, end, is_listed=is_listed or bool(inline)):
                entries.append(entry)
        alone = ""
    return entries or list(_closing_list(document))


def _parts(block: Block, start: int) -> Iterator[tuple[str, int, int]]:
    """The entries that stand in one block: name, start and end. Several where the numbers count on."""
    text = block.text
    if len(text) > LONGEST_ENTRY * 20:
        return
    if mark := _MARK.match(text, start):
        yield mark[1], mark.end(), len(text)
        return
    first = _NUMBERED.match(text, start)
    if not first:
        yield "", start, len(text)
        return
    name, begins = _first_of(first), first.end()
    for found in _NEXT_NUMBER.finditer(text, begins):
        if int(_first_of(found)) == int(name) + 1:
            yield name, begins, found.start()
            name, begins = _first_of(found), found.end()
    yield name, begins, len(text)


def _first_of(match: re.Match[str]) -> str:
    return next(group for group in match.groups() if group).translate(SUPERSCRIPTS)


def _entry(document: Document, place: int, name: str, start: int, end: int, *, is_listed: bool) -> Entry | None:
    block = document.blocks[place]
    if end - start > LONGEST_ENTRY:
        return None
    carry = worth(block, start, end, url=document.url, is_note=bool(name) and not name.isdigit())
    text = block.text[start:end]
    if not is_listed and not (name and (not name.isdigit() or is_bibliographic(text, carry))):
        return None
    return Entry(name, place, text, carry)


def is_bibliographic(text: str, carry: Carry) -> bool:
    """Whether a line outside any list reads like an entry: it can be looked up, with a year or an address."""
    return carry >= Carry.REPORT and (bool(_CATALOGUE.search(text) and _YEAR.search(text)) or "http" in text)


def _closing_list(document: Document) -> Iterator[Entry]:
    """A list without a heading that ends the page, where each item reads like an entry."""
    first = len(document.blocks)
    while first and document.blocks[first - 1].kind == "li":
        first -= 1
    found: list[Entry] = []
    for number, place in enumerate(range(first, len(document.blocks)), start=1):
        block = document.blocks[place]
        carry = worth(block, 0, len(block.text), url=document.url)
        found.append(Entry(str(number), place, block.text, carry))
    if found and all(is_bibliographic(entry.text, entry.carry) for entry in found):
        yield from found


def worth(block: Block, start: int, end: int, *, url: str | None, is_note: bool = False) -> Carry:
    """What an entry can carry. ``is_note``: behind a star, where more than words is wanted."""
    links = [link for link in block.links if start <= link.start < end and not link.href.startswith("#")]
    judged = [(link, judge_link(link, block.text[link.start : link.end], page_url=url)) for link in links]
    best = max((carry for _, carry in judged), default=Carry.NOTHING)
    text = _without(block.text, start, end, [link for link, carry in judged if carry is Carry.NOTHING])
    addresses = list(find_addresses(text))
    for a, b in addresses:
        best = max(best, judge_link(Link(a, b, text[a:b]), "source", page_url=url))
    if best >= Carry.REPORT:
        return best
    rest = _HANDLE.sub(" ", _without(text, 0, len(text), [Link(a, b, "") for a, b in addresses]))
    if _OWN_WORD.search(rest):
        return Carry.NOTHING
    cited = [Carry.RECORD if is_record else Carry.REPORT for _, _, is_record in find_citations(rest)]
    words = len(_WORD.findall(rest))
    if words >= 3 and _YEAR.search(rest):
        cited.append(Carry.RECORD)
    elif words >= 6 and not is_note:
        cited.append(Carry.REPORT)
    return max([best, *cited])


def _without(text: str, start: int, end: int, links: Sequence[Link]) -> str:
    parts, last = [], start
    for link in sorted(links, key=lambda link: link.start):
        parts.append(text[last : link.start])
        last = max(last, link.end)
    return " ".join((*parts, text[last:end]))
