"""Quotations: which words of a block stand between quotation marks, and whether they quote a statement."""

from __future__ import annotations

import re
from dataclasses import dataclass

from classifier.document import Block

MIN_STATEMENT_WORDS = 4
# A quotation longer than this is no longer looked for its closing mark, so that a text full of marks costs linear time.
LONGEST_QUOTATION = 3_000
# Single marks double as apostrophes and open by mistake more often.
SHORT_REACH = 600
# How many marks that look like opening ones are passed over inside a straight quotation.
MOST_INNER_MARKS = 6
# Of a longer quotation no word is looked at, since each of its sentences asks anew.
LONGEST_TITLE = 40

_PAIRS = {"“": "”", "„": '“”"', "«": "»", "‘": "’", "‚": "‘’", "‹": "›", "»": "«", "›": "‹"}
_OPENING = re.compile(r"[\"'“„«‘‚‹]|[»›](?=\w)")
_STRAIGHT_END = re.compile(r"(?<=\S)['’](?![^\W_])")
_CURLY_END = re.compile(r"(?<=\S)’(?![^\W_])")
_CURLY = re.compile("[“”]")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_DASH_ATTRIBUTION = re.compile(r"\s*[-–—―~]{1,2}\s*[A-Z][\w.'’-]+")
_ATTRIBUTION_LINE = re.compile(r"^[-–—―~]{1,2}\s*[A-Z]")
_LOWER_WORDS = frozenset(
    """
    a an and as at but by for from in into nor of off on or over the to up with vs
    """.split()
)


@dataclass(frozen=True, slots=True)
class Quotation:
    """Quoted words with their marks: ``block.text[start:end]``. ``words`` counts the words within."""

    start: int
    end: int
    words: int
    is_element: bool = False


def find_quotations(block: Block) -> list[Quotation]:
    """All quotations of a block in order, nested ones left out.

    A ``blockquote`` without marks of its own is one quotation, its attribution line left out.
    """
    text = block.text
    found = [] if not any(mark in text for mark in "\"“„«»‘‚‹'") else _scan(text)
    if block.kind == "blockquote" and not any(quote.words >= MIN_STATEMENT_WORDS for quote in found):
        end = _before_attribution(text)
        words = len(_WORD.findall(text[:end]))
        return [Quotation(0, end, words, is_element=True)] if words else found
    return found


def _scan(text: str) -> list[Quotation]:
    found: list[Quotation] = []
    behind = 0
    ends = _curly_ends(text)
    for mark in _OPENING.finditer(text):
        at = mark.start()
        end = _closing(text, at, ends) if at >= behind else 0
        if end > at:
            found.append(Quotation(at, end, len(_WORD.findall(text[at:end]))))
            behind = end
    return found


def _closing(text: str, at: int, ends: dict[int, int]) -> int:
    """The end of the quotation that opens at ``at``, or 0 where none opens. ``ends``: of curly ones."""
    mark = text[at]
    if mark == '"':
        return _closing_straight(text, at)
    if mark == "'" or mark == "‘":
        return _closing_single(text, at, "'’" if mark == "'" else "’")
    if mark not in _PAIRS:
        return 0
    reach = at + LONGEST_QUOTATION
    if mark == "“" and at < ends.get(at, 0) <= reach:
        return ends[at]
    closers = [end for closer in _PAIRS[mark] if (end := text.find(closer, at + 1, reach)) > 0]
    if closers:
        return min(closers) + 1
    # A quotation that goes on in the next paragraph is left open in this one.
    return len(text) if mark == "“" and len(text) <= reach else 0


def _curly_ends(text: str) -> dict[int, int]:
    """The end of each curly quotation by its start, where opening and closing marks match, those within included."""
    ends: dict[int, int] = {}
    waiting: list[int] = []
    for mark in _CURLY.finditer(text):
        if mark[0] == "“":
            waiting.append(mark.start())
        elif waiting:
            ends[waiting.pop()] = mark.end()
    return ends


def _closing_straight(text: str, at: int) -> int:
    opens = (at == 0 or not text[at - 1].isalnum()) and at + 1 < len(text) and not text[at + 1].isspace()
    if not opens or (at > 0 and text[at - 1].isdigit()):
        return 0
    reach = at + LONGEST_QUOTATION
    end = text.find('"', at + 1, reach)
    for _ in range(MOST_INNER_MARKS):
        is_opening = end > 0 and text[end - 1].isspace() and end + 1 < len(text) and text[end + 1].isalnum()
        if not is_opening:
            break
        end = text.find('"', end + 1, reach)
    return end + 1 if end > 0 else 0


def _closing_single(text: str, at: int, closers: str) -> int:
    """Single marks double as apostrophes: an opening one follows a blank, a closing one ends a word."""
    if at > 0 and not (text[at - 1].isspace() or text[at - 1] in "([—–-:"):
        return 0
    if at + 1 >= len(text) or not text[at + 1].isalnum():
        return 0
    for match in (_STRAIGHT_END if "'" in closers else _CURLY_END).finditer(text, at + 2, at + SHORT_REACH):
        if not _is_plural_owner(text, match.start()):
            return match.end()
    return 0


def _is_plural_owner(text: str, at: int) -> bool:
    """Whether the mark is a plural's apostrophe ("the patients’ notes"): a further closing mark follows later."""
    follows = text[at + 1 : at + 3]
    return (
        text[at - 1] == "s"
        and len(follows) == 2
        and follows[0] == " "
        and follows[1].islower()
        and "’" in text[at + 1 : at + SHORT_REACH]
    )


def _before_attribution(text: str) -> int:
    """Where the quoted words of a block quote end and its attribution line begins."""
    for match in re.finditer(r"(?:[.!?…”\"'’»]\s+|\n\s*)(?=[-–—―])", text):
        if _ATTRIBUTION_LINE.match(text[match.end() :]):
            return match.start() + (0 if text[match.start()].isspace() else 1)
    return len(text)


def is_left_open(text: str, quotation: Quotation) -> bool:
    """Whether a curly quotation reaches the block's end without a closing mark."""
    return not quotation.is_element and text[quotation.start] == "“" and quotation.end == len(text) and text[-1] != "”"


def find_open(text: str, behind: int) -> Quotation | None:
    """A straight quotation that opens behind ``behind`` and is not closed in this block, if there is one."""
    at = text.rfind('"', behind)
    if at < 0 or len(text) - at > LONGEST_QUOTATION or text.find('"', behind, at) >= 0:
        return None
    opens = (at == 0 or text[at - 1] in " \n(:—–") and text[at + 1 : at + 2].isalnum()
    return Quotation(at, len(text), len(_WORD.findall(text[at:]))) if opens else None


def words_of_quotation(text: str, quotation: Quotation | None = None) -> list[str]:
    """The words of a quotation, or of a whole text, as they are compared: in lower case, without marks."""
    words = text[quotation.start : quotation.end] if quotation else text
    return [word.replace("’", "'") for word in _WORD.findall(words.lower())]


def is_title(text: str, quotation: Quotation) -> bool:
    """Whether the quoted words are written like a title: every long word begins with a capital, no sentence end."""
    if quotation.words > LONGEST_TITLE:
        return False
    words = _WORD.findall(text[quotation.start : quotation.end])
    long_words = [word for word in words if word.lower() not in _LOWER_WORDS]
    ends = text[quotation.start : quotation.end].rstrip("”\"'’»").rstrip()
    return bool(long_words) and ends[-1:] not in ".!?," and all(word[0].isupper() for word in long_words)


def has_dash_attribution(text: str, quotation: Quotation) -> bool:
    """Whether the quotation is followed by a dash and a name ("… then I can change.” - Carl Rogers)."""
    return bool(_DASH_ATTRIBUTION.match(text, quotation.end))
