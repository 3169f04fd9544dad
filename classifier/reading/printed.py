"""Lines as they stand on printed pages, put together as paragraphs, headings and list items.

A wider gap, an indent, another size, a bullet or a short last line begins a paragraph. Running heads and page numbers
are left out, and words that were parted at a line's end are joined.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from classifier.document import Block, BlockKind
from classifier.offsets import replace_surrogates

# Larger than this many times the usual size is a heading's; more than this many times the usual gap parts paragraphs.
HEADING_SIZE = 1.15
PARAGRAPH_GAP = 1.3
# In sizes of the letters.
INDENT = 0.8
# A line of less than this share of the usual length, with a full stop, ends its paragraph.
SHORT_LINE = 0.7
LONGEST_HEADING = 200
# A word parted at the end of a line is no longer.
LONGEST_WORD = 60
# What stands at the top or the foot of so many pages is no text.
RUNNING_PAGES = 3

_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_BLANKS = re.compile(r"[\s\x00-\x1f\x7f]+")
_BULLET = re.compile(r"(?:[•‣▪·●◦–*-]|\d{1,3}[.)]|\[\d{1,3}\])\s+(?=\S)")
_SENTENCE_END = re.compile(r"[.!?:][\"'”’»)\]]*$")
_PAGE_NUMBER = re.compile(r"\W*(?:page\s*)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\W*", re.I)
_PARTED = re.compile(r"([^\W\d_]+)(-|\xad)$")
_COMPOUND = re.compile(r"[^\W\d_]+-[^\W\d_]+")
_FIRST_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line as it stands on its page; ``y`` counts from the foot, ``size`` is the letters' height."""

    text: str
    page: int
    x: float
    y: float
    size: float
    is_bold: bool


def clean(text: str) -> str:
    """A text with single blanks and without ligatures."""
    return _BLANKS.sub(" ", replace_surrogates(text).translate(_LIGATURES)).strip()


def without_running(lines: Sequence[PrintedLine]) -> list[PrintedLine]:
    """The lines without page numbers and without what many pages repeat at their top or foot."""
    pages: dict[int, list[PrintedLine]] = {}
    for line in lines:
        pages.setdefault(line.page, []).append(line)
    edges = [line for own in pages.values() for line in _edges(own)]
    counts = Counter(key for key, _ in {(_shape(line), line.page) for line in edges})
    out = {id(line) for line in edges if _PAGE_NUMBER.fullmatch(line.text) or counts[_shape(line)] >= RUNNING_PAGES}
    return [line for line in lines if id(line) not in out]


def _edges(lines: Sequence[PrintedLine]) -> list[PrintedLine]:
    ordered = sorted(lines, key=lambda line: -line.y)
    return [*ordered[:2], *ordered[2:][-2:]]


def _shape(line: PrintedLine) -> str:
    return re.sub(r"\d+", "0", line.text)


def blocks_of(lines: Sequence[PrintedLine]) -> Iterator[Block]:
    """The blocks that lines, of which there is one at least, make up."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size)] += len(line.text)
    body = max(1.0, sizes.most_common(1)[0][0])
    compounds = {word.lower() for line in lines for word in _COMPOUND.findall(line.text)}
    intro: str | None = None
    is_first = True
    for number, paragraph in enumerate(_paragraphs(lines)):
        kind = _kind(paragraph, body, is_first=is_first)
        is_first &= kind != "h1"
        text = _join([line.text for line in paragraph], compounds)
        text = _BULLET.sub("", text, count=1) if kind == "li" else text
        yield Block(f"b{number}", kind, text, intro if kind == "li" else None)
        intro = intro if kind == "li" else f"b{number}"


def _paragraphs(lines: Sequence[PrintedLine]) -> Iterator[list[PrintedLine]]:
    gaps = [one.y - two.y for one, two in pairwise(lines) if one.page == two.page and one.y > two.y]
    gap = median(gaps) if gaps else 0.0
    length = sorted(len(line.text) for line in lines)[len(lines) * 9 // 10]
    paragraph = [lines[0]]
    for line in lines[1:]:
        if _goes_on(paragraph, line, gap, length):
            paragraph.append(line)
        else:
            yield paragraph
            paragraph = [line]
    yield paragraph


def _goes_on(paragraph: Sequence[PrintedLine], line: PrintedLine, gap: float, length: float) -> bool:
    """Whether a line is the rest of the paragraph above it. ``gap`` and ``length``: the usual ones."""
    last = paragraph[-1]
    is_other_size = abs(last.size - line.size) > 0.1 * max(last.size, line.size)
    if is_other_size or last.is_bold != line.is_bold or _BULLET.match(line.text):
        return False
    is_ended = bool(_SENTENCE_END.search(last.text))
    if last.page != line.page or line.y > last.y + line.size:
        return not is_ended
    is_indented = line.x - last.x > INDENT * line.size and abs(line.y - last.y) > 0.3 * line.size
    if is_indented and not (len(paragraph) == 1 and _BULLET.match(last.text)):
        return False
    return last.y - line.y <= PARAGRAPH_GAP * gap and not (is_ended and len(last.text) < SHORT_LINE * length)


def _kind(paragraph: Sequence[PrintedLine], body: float, *, is_first: bool) -> BlockKind:
    text, size = paragraph[0].text, paragraph[0].size
    length = sum(len(line.text) for line in paragraph)
    is_line = paragraph[0].is_bold and len(paragraph) == 1 and not _SENTENCE_END.search(text.rstrip("?!"))
    if length <= LONGEST_HEADING and (size > HEADING_SIZE * body or is_line):
        return "h1" if is_first and size > HEADING_SIZE * body else "h2"
    return "li" if _BULLET.match(text) else "p"


def _join(lines: Sequence[str], compounds: set[str]) -> str:
    """Lines as one, words that were parted at a line's end whole; those of ``compounds`` keep their hyphen."""
    text = [lines[0]]
    for line in lines[1:]:
        parted, first = _PARTED.search(text[-1][-LONGEST_WORD:]), _FIRST_WORD.match(line)
        if parted and first and line[0].islower():
            is_compound = f"{parted[1]}-{first[0]}".lower() in compounds
            text[-1] = text[-1][:-1] + ("-" if is_compound else "")
        elif not text[-1].endswith(("-", "/", "—")) or text[-1].endswith((" -", " —")):
            text.append(" ")
        text.append(line)
    return "".join(text)
