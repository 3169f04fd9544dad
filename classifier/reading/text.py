"""Plain text: paragraphs, headings, list items and quoted lines by their look.

Each block's text has the length of the stretch it was read from, so ``block.offset + i`` points into the text given.
Lines behind ``>`` are what another wrote, quoted in a reply; so is the line that says so ("On Monday Ada wrote:").
Where a block goes on over several lines, blanks stand for the line breaks and for the ``>`` of quoted lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from classifier.document import Block, BlockKind, Document
from classifier.offsets import replace_surrogates
from classifier.reading.forum_quotes import is_attribution

# A text without a longer line than this was wrapped by a mail program or an editor, and lines of some length go on in
# the next.
WRAPPED_LINE = 100
SHORTEST_WRAPPED_LINE = 50
HEADING_WORDS = 14

_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
_BULLET = re.compile(r"\s*(?:[-*•‣▪·–]|\d{1,3}[.)]|\[\d{1,3}\])\s+(?=\S)")
_LONE_BULLET = re.compile(r"\s*[-*•‣▪·–]\s*$")
# A number behind the sign is compared, not quoted (">5 mg").
_QUOTED = re.compile(r"\s*>(?![\d=])(?:\s?>)*\s?")
_DASH_AND_NAME = re.compile(r"[-–—―~]{1,2}\s*[A-Z]")
_LINE_BREAK = re.compile(r"\r\n|[\n\r\u2028\u2029]")
_QUOTED_BREAK = re.compile(r"[\n\r\u2028\u2029]\s*>[\s>]*")
_SENTENCE_END = re.compile(r"[.!?…:;,][\"'”’»)\]]*$")
_ODD_BLANKS = re.compile(r"[^\S ]")


@dataclass
class _Part:
    kind: BlockKind
    start: int
    end: int
    line: int
    depth: int = 0


def read_text(text: str, *, url: str | None = None, title: str | None = None, lang: str | None = None) -> Document:
    """The blocks of a plain text. Lone surrogates count as U+FFFD."""
    clean = replace_surrogates(text)
    parts = _headings(clean, list(_parts(clean)))
    blocks: list[Block] = []
    intro: str | None = None
    for number, part in enumerate(parts):
        block_id = f"b{len(blocks)}"
        is_item = part.kind == "li"
        words = clean[part.start : part.end]
        if part.kind == "blockquote":
            words = _QUOTED_BREAK.sub(lambda found: " " * len(found[0]), words)
        words = _ODD_BLANKS.sub(" ", words)
        above = intro if is_item else None
        is_quoted = part.kind == "blockquote" or _introduces_quote(parts, number, words)
        blocks.append(Block(block_id, part.kind, words, above, offset=part.start, is_quoted=is_quoted))
        intro = intro if is_item else block_id
    return Document(tuple(blocks), url, title, lang, url or "")


def _introduces_quote(parts: list[_Part], number: int, words: str) -> bool:
    follows = parts[number + 1 : number + 2]
    return bool(follows) and follows[0].kind == "blockquote" and is_attribution(words)


def _parts(text: str) -> Iterator[_Part]:
    is_wrapped = max((len(line) for line in text.splitlines()), default=0) <= WRAPPED_LINE
    last: _Part | None = None
    bullet_above = False
    for line in _LINE.finditer(text):
        start, end = line.span()
        if _LONE_BULLET.match(line.group()):
            bullet_above = True
            continue
        if not line.group().strip():
            continue
        part = _classify(text, start, end, after_bullet=bullet_above)
        bullet_above = False
        if part.start == part.end:
            continue
        if last and _goes_on(text, last, part, is_wrapped=is_wrapped):
            last.end, last.line = part.end, part.start
            continue
        if last:
            yield last
        last = part
    if last:
        yield last


def _classify(text: str, start: int, end: int, *, after_bullet: bool) -> _Part:
    line = text[start:end]
    kind: BlockKind = "li" if after_bullet else "p"
    depth = 0
    if quoted := _QUOTED.match(line):
        kind, start, depth = "blockquote", start + quoted.end(), quoted[0].count(">")
    elif bullet := _BULLET.match(line):
        kind, start = "li", start + bullet.end()
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return _Part(kind, start, end, start, depth)


def _goes_on(text: str, last: _Part, part: _Part, *, is_wrapped: bool) -> bool:
    """Whether a line is the wrapped rest of the one before it. ``is_wrapped``: no line of the text is long."""
    if len(_LINE_BREAK.findall(text, last.end, part.start)) > 1:
        return False
    is_open = text[part.start].islower() or not _SENTENCE_END.search(text, last.line, last.end)
    if part.kind == "blockquote":
        return last.depth == part.depth and (is_wrapped or is_open) and not _is_item(text, part)
    if part.kind != "p" or last.depth or not is_wrapped or last.end - last.line < SHORTEST_WRAPPED_LINE:
        return False
    return is_open


def _is_item(text: str, part: _Part) -> bool:
    """Whether a quoted line is a list item, rather than a dash and who said it."""
    return bool(_BULLET.match(text, part.start, part.end)) and not _DASH_AND_NAME.match(text, part.start)


def _headings(text: str, parts: list[_Part]) -> list[_Part]:
    """Short lines without a sentence end that stand before something else are headings."""
    for number, part in enumerate(parts[:-1]):
        words = text[part.start : part.end]
        is_short = len(words.split()) <= HEADING_WORDS and len(words) < 110
        if part.kind == "p" and is_short and not _SENTENCE_END.search(words.rstrip("?!")) and words[:1].isupper():
            is_list_line = parts[number + 1].kind == "li" and words.endswith(":")
            part.kind = "p" if is_list_line else ("h1" if number == 0 else "h2")
    return parts
