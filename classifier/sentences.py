"""Sentences of a block, with exact offsets.

nupunkt (Bommarito and others 2025, an unsupervised Punkt model for English prose with many abbreviations) proposes the
boundaries; a few corrections mend what health pages bring: line breaks, closing quotes followed by a speaker, "U.S.
FDA".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from nupunkt import sent_spans

from classifier.disguise import reveal
from classifier.document import Document, Sentence

# nupunkt's time grows with the square of a paragraph that has no boundary at all; a stretch this long is cut first.
MAX_STRETCH = 4_000

_LINE_BREAK = re.compile(r"\n\s*")
_MISSED = re.compile(
    r"""\b([a-z]{4,})[.!?](?=\s+["“‘(]?[A-Z])
    |\b(?:[Vv]itamin[ ][A-EK]\d{0,2}|\d[ ]?(?:mg|mcg|kg|g|ml|cm|IU)|U\.K|U\.S|E\.U|no)\.
      (?=\s+["“‘(]?(?:It|The|This|That|These|We|He|She|They|You|But|And|In|I|A|So|If|Prof|Dr)\b)
    |[.!?](?=\s+[\U0001F000-\U0001FAFF\u2600-\u27BF])
    """,
    re.VERBOSE,
)
_STARTER = re.compile(r"(?:It|The|This|That|These|We|He|She|They|You|But|And|In|I|A|So|If)\b")
_SHORT_FORMS = frozenset("approx dept govt assn incl resp prof capt".split())
_MARKERS = re.compile(r"(?:\s*\[(?:\d{1,3}(?:\s*[,–-]\s*\d{1,3})*|citation needed|[a-z])\])+")
_OPEN_ABBREVIATION = re.compile(r"\b(?:U\.S|U\.K|E\.U|vs|cf|approx|e\.g|i\.e|Fig|et al)\.$")
_CONTINUES = re.compile(r"[a-z,;:)\]]|[-–—]\s")
_FEW_WORDS_AFTER_QUOTE = re.compile(r"[!?.…][\"”’»']+$")


def split_text(text: str) -> list[tuple[int, int]]:
    """Half-open code-point spans of the sentences of ``text``, without surrounding white space, in order.

    Disguised words are cut as the words they stand for ("w.o.r.d.s" holds no sentence end).
    """
    shown = reveal(text)
    if shown is None:
        return _split(text)
    return [_trim(text, *shown.span(start, end)) for start, end in _split(shown.text)]


def _split(text: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for start, end in _stretches(text):
        found = [span for a, b in sent_spans(text[start:end]) for span in _cut_missed(text, start + a, start + b)]
        spans += _take_markers(text, _mend(text, found))
    return [(start, end) for start, end in spans if any(char.isalnum() for char in text[start:end])]


def split_document(document: Document) -> list[Sentence]:
    """All sentences of a document in reading order."""
    return [
        Sentence(number, start, end, block.text[start:end])
        for number, block in enumerate(document.blocks)
        for start, end in split_text(block.text)
    ]


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    """Cut at line breaks that are no mere wrapping, and at white space where a stretch is too long for the model."""
    start = 0
    breaks = [match for match in _LINE_BREAK.finditer(text) if not text[match.end() : match.end() + 1].islower()]
    for line_break in [*breaks, None]:
        end = line_break.start() if line_break else len(text)
        while end - start > MAX_STRETCH:
            cut = text.rfind(". ", start, start + MAX_STRETCH) + 1 or text.rfind(" ", start, start + MAX_STRETCH)
            cut = cut if cut > start else start + MAX_STRETCH
            yield start, cut
            start = cut
        if end > start:
            yield start, end
        start = line_break.end() if line_break else end


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _cut_missed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut where a lower-case word with a full stop stands before a capital: the model takes rare words for short
    forms.
    """
    for match in _MISSED.finditer(text, start, end):
        if (match[1] or "") not in _SHORT_FORMS and match.end() < end:
            yield _trim(text, start, match.end())
            start = match.end()
    yield _trim(text, start, end)


def _take_markers(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Give citation markers behind a full stop to the sentence that they stand behind ("… in 1932.[1] Later …")."""
    taken: list[tuple[int, int]] = []
    for start, end in spans:
        if taken and (markers := _MARKERS.match(text, start, end)):
            taken[-1] = (taken[-1][0], _trim(text, start, markers.end())[1])
            start, end = _trim(text, markers.end(), end)
        if end > start:
            taken.append((start, end))
    return taken


def _mend(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join what was cut inside one sentence."""
    mended: list[tuple[int, int]] = []
    for start, end in spans:
        if start == end:
            continue
        if mended and _belongs_to_last(text[mended[-1][0] : mended[-1][1]], text[start:end]):
            mended[-1] = (mended[-1][0], end)
        else:
            mended.append((start, end))
    return mended


def _belongs_to_last(last: str, piece: str) -> bool:
    if _OPEN_ABBREVIATION.search(last) and not _STARTER.match(piece):
        return True
    return bool(_FEW_WORDS_AFTER_QUOTE.search(last) and _CONTINUES.match(piece))
