"""The quotations of a page with what only the page tells: where they go on, who speaks, where their source stands.

A quotation may run over several blocks (its opening mark stands anew at each, its closing mark at the last), may be
told by an attribution in the next block, and may only repeat what the page quotes elsewhere (a pull quote).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from classifier.document import Block, SourceSeen
from classifier.pull_quotes import find_pull_quotes
from classifier.quote_chains import join_quotations
from classifier.quotes import (
    MIN_STATEMENT_WORDS,
    Quotation,
    find_quotations,
)
from classifier.sourcing import Carry, SourceMark
from classifier.speakers import Speaker, find_speaker

LONGEST_ATTRIBUTION = 240
# So many signs around a quotation may still be no words of the block.
FEW_MARKS = 8
# A source that introduces a block quote is looked for above so many paragraphs of it.
MOST_PARAGRAPHS = 12
# Who is meant by these was named before.
_SAME_SPEAKER = frozenset({"he", "she", "they"})

_ATTRIBUTION = re.compile(r"\s*[-–—―~]{1,2}\s*(?=[A-Z])")
# A block quote's own footer or citation, and whatever stands in it.
_SAID_BY = re.compile(r"(?:^|/)blockquote/(?:p/)?(?:footer|cite)(?:/|$)")
_NO_WORDS = re.compile(r"[\W_]*")
_Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation in its page.

    ``begins`` names block and start where all of it begins, ``parts`` counts its blocks. ``carry`` is the strongest
    source in its own sentence, attribution or introducing line, ``place`` where the nearest that can carry a claim
    stands.
    """

    quotation: Quotation
    begins: tuple[int, int]
    parts: int = 1
    speaker: Speaker | None = None
    carry: Carry = Carry.NOTHING
    place: SourceSeen = "nowhere"
    is_repeat: bool = False

    @property
    def is_statement(self) -> bool:
        """Whether it holds enough words to be one."""
        return self.quotation.words >= MIN_STATEMENT_WORDS


@dataclass(frozen=True, slots=True)
class PageParts:
    """What quotations are judged by: blocks, their sentences as spans, their sources, all in order."""

    blocks: Sequence[Block]
    sentences: Mapping[int, Sequence[_Span]]
    sources: Sequence[Sequence[SourceMark]]


def find_quoted(page: PageParts) -> list[tuple[Quoted, ...]]:
    """The quotations of each block of a page."""
    found = [find_quotations(block) for block in page.blocks]
    chains = join_quotations(page.blocks, found)
    repeats = find_pull_quotes(page.blocks, found)
    records = sum(mark.carry >= Carry.REPORT for marks in page.sources for mark in marks)
    carries = [max((mark.carry for mark in marks), default=Carry.NOTHING) for marks in page.sources]
    quoted: list[list[Quoted]] = [[] for _ in page.blocks]
    for chain in chains:
        begins = (chain[0][0], chain[0][1].start)
        speaker = next((s for place, quotation in chain if (s := _speaker(page, found, place, quotation))), None)
        carry = max(_own_carry(page, place, quotation) for place, quotation in chain)
        if _is_same_speaker(page, chain[-1], speaker):
            carry = max(carry, _carry_of_speech(page, found, *chain[0]))
        near = max(carries[place] for place, _ in chain)
        introduced = _introduced_by(page, carries, *chain[0])
        seen = _place(carry, max(near, introduced), records)
        carry = max(carry, introduced)
        words = sum(quotation.words for _, quotation in chain)
        for place, quotation in chain:
            whole = replace(quotation, words=words)
            is_repeat = (place, quotation.start) in repeats
            quoted[place].append(Quoted(whole, begins, len(chain), speaker, carry, seen, is_repeat))
    return [tuple(sorted(row, key=lambda item: item.quotation.start)) for row in quoted]


def _place(carry: Carry, near: Carry, records: int) -> SourceSeen:
    if carry >= Carry.REPORT:
        return "sentence"
    if near >= Carry.REPORT:
        return "block"
    return "page" if records else "nowhere"


def _own_carry(page: PageParts, place: int, quotation: Quotation) -> Carry:
    """The strongest source in the quotation's sentences, right behind them, or in its attribution."""
    spans = page.sentences.get(place, ())
    first = bisect_right(spans, quotation.start, key=lambda span: span[1])
    last = bisect_left(spans, quotation.end, key=lambda span: span[0])
    start = spans[first][0] if first < last else quotation.start
    end = spans[last - 1][1] if first < last else quotation.end
    text, marks = page.blocks[place].text, page.sources[place]
    best = Carry.NOTHING
    # Marks are in order of their start; a few that span the whole block come first.
    for mark in (*marks[:2], *marks[bisect_left(marks, start - LONGEST_ATTRIBUTION, key=_start) :]):
        if mark.start >= end and not _is_right_behind(text, end, mark.start):
            break
        if mark.end > start:
            best = max(best, mark.carry)
    if _attribution(page.blocks, place, quotation):
        best = max([best, *(mark.carry for mark in page.sources[place + 1])])
    return best


def _is_same_speaker(page: PageParts, last: tuple[int, Quotation], speaker: Speaker | None) -> bool:
    """Whether nobody else is named: "he added", or not a word behind the quotation in its sentence."""
    if speaker is not None:
        return speaker.words.lower() in _SAME_SPEAKER
    place, quotation = last
    spans = page.sentences.get(place, ())
    at = bisect_left(spans, quotation.end, key=lambda span: span[1])
    end = spans[at][1] if at < len(spans) else quotation.end
    return _NO_WORDS.fullmatch(page.blocks[place].text[quotation.end : max(end, quotation.end)]) is not None


def _carry_of_speech(page: PageParts, found: list[list[Quotation]], place: int, quotation: Quotation) -> Carry:
    """The source of the quotation before this one, where this one goes on with its speech: only "he added" between."""
    row, text = found[place], page.blocks[place].text
    at = bisect_left(row, quotation.start, key=lambda other: other.start)
    spans = page.sentences.get(place, ())
    first = bisect_right(spans, quotation.start, key=lambda span: span[1])
    if not at or first >= len(spans) or row[at - 1].words < MIN_STATEMENT_WORDS:
        return Carry.NOTHING
    last = spans[first - 1] if first else spans[first]
    is_next = last[0] < row[at - 1].end <= last[1] + 1 and not text[spans[first][0] : quotation.start].strip()
    return _own_carry(page, place, row[at - 1]) if is_next else Carry.NOTHING


def _start(mark: SourceMark) -> int:
    return mark.start


def _is_right_behind(text: str, end: int, start: int) -> bool:
    return start - end <= 4 and not text[end:start].strip(" .,;:([”\"’'»\n")


def _attribution(blocks: Sequence[Block], place: int, quotation: Quotation) -> str:
    """What the next block says of who is quoted, where it does nothing else; else an empty text."""
    rest = blocks[place].text[quotation.end : quotation.end + FEW_MARKS + 1]
    if place + 1 >= len(blocks) or len(rest) > FEW_MARKS or not _NO_WORDS.fullmatch(rest):
        return ""
    block, behind = blocks[place], blocks[place + 1]
    if len(behind.text) > LONGEST_ATTRIBUTION:
        return ""
    is_element = quotation.is_element or block.kind == "blockquote"
    is_told = is_element and (bool(_SAID_BY.search(behind.path or "")) or behind.kind == "figcaption")
    dash = _ATTRIBUTION.match(behind.text)
    if not (is_told or (dash and behind.kind in ("p", "blockquote", "figcaption"))):
        return ""
    return behind.text[dash.end() if dash else 0 :]


def _introduced_by(page: PageParts, carries: Sequence[Carry], place: int, quotation: Quotation) -> Carry:
    """The strongest source in the line that introduces with a colon a block which the quotation begins."""
    if page.blocks[place].text[: quotation.start].strip():
        return Carry.NOTHING
    line = _line_above(page.blocks, place)
    return carries[line] if line >= 0 and page.blocks[line].text.endswith(":") else Carry.NOTHING


def _line_above(blocks: Sequence[Block], place: int) -> int:
    """The block before this one, or before the block quote of several paragraphs that this one goes on with; or -1."""
    line = place - 1
    if blocks[place].kind == "blockquote":
        while line >= max(0, place - MOST_PARAGRAPHS) and blocks[line].kind == "blockquote":
            line -= 1
    return line


def _speaker(page: PageParts, found: list[list[Quotation]], place: int, quotation: Quotation) -> Speaker | None:
    text = page.blocks[place].text
    row = found[place]
    at = bisect_left(row, quotation.start, key=lambda other: other.start)
    floor = row[at - 1].end if at else 0
    ceiling = row[at + 1].start if at + 1 < len(row) else len(text)
    speaker = find_speaker(text, quotation.start, quotation.end, floor=floor, ceiling=ceiling)
    if not speaker and (line := _attribution(page.blocks, place, quotation)):
        return find_speaker(f"— {line}", 0, 0)
    if not speaker and place and quotation.start <= FEW_MARKS and _NO_WORDS.fullmatch(text[: quotation.start]):
        before = page.blocks[place - 1].text
        return find_speaker(before, len(before), len(before)) if before.endswith(":") else None
    return speaker
