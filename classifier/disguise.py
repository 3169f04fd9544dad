"""Words that are disguised so that no filter finds them, read as a reader reads them.

``m1racle``, ``mir-a-cle``, ``m i r a c l e``, ``p*ison``, ``curessss``, look-alike letters, characters that nobody
sees: a reader takes them for the word, so the model has to. :func:`reveal` gives the words with a map back to what the
page shows. Sentences are split and scored on the words; all that is told (flags, quotes, evidence, fingerprints) keeps
to the page's own characters.

Guessing is kept to words that are known (``disguise.txt``) or can be nothing else, so that "vitamin B12", "H1N1",
"5-HTP", "I.V." and "TNF-α" stay as they are. Every step takes linear time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from classifier import lookalikes
from classifier.disguised_words import is_known, join_spaced, read_cut, read_word

Judged = tuple[str, Sequence[int]]

# One of these stands in every text that the first steps could change; ordinary typography holds none.
_ODD = re.compile(
    "[\u00ad\u00c0-\u052f\u0530-\u058f\u061c\u180e\u1ab0-\u1aff\u1d00-\u1eff\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u20d0-\u20dc\u2090-\u209c\u210a-\u213f\u24b6-\u27bf\u2b00-\u2bff\ufb00-\ufb06\ufe00-\ufe2f\ufeff\uff01-\uff5e"
    "\U0001d400-\U0001d7ff\U0001f130-\U0001faff\U000e0000-\U000e007f]"
)
_WORD = re.compile(r"\w+")
_ONE = r"(?:[^\W_]|[@$])"
_SPACED_HINT = re.compile(r"([ .\-_*·•/~|,])[^\W_]\1[^\W_]\1")
_SPACED = re.compile(rf"(?<![\w@$'’]){_ONE}([ .\-_*·•/~|,]){_ONE}(?:\1{_ONE})+(?![\w'’@$])")
# A sign before a letter, a letter three times: two patterns, because Python finds the first far faster alone.
_SIGN = re.compile(r"[-*._~/+=^·•:,0-9@$!|€](?=[^\W\d_])")
_DRAWN = re.compile(r"([A-Za-z])\1\1")
_PIECE = re.compile(r"[^\s—–\"“”()\[\]<>{};?…'’‘`]+")
_ADDRESS = re.compile(
    r"^[#@\\]|://|^www\.|@[\w-]+\.|\.(?:com|org|net|info|example|co|uk|eu|io|gov|edu)\b|/.*/|^\w+/\w+\.\w+"
)
_ACRONYM = re.compile(r"[A-Z]{3,4}[.,:]?")
_EMOJI_CUT = re.compile(rf"(?<![^\W\d_])[^\W\d_]+(?:[{lookalikes.EMOJI}]+[^\W\d_]+)+")
_EMOJI = re.compile(f"[{lookalikes.EMOJI}]+")


@dataclass(frozen=True, slots=True)
class Revealed:
    """The words of a text; ``starts[i]`` is where ``text[i]`` begins in what the page shows, the last entry its end."""

    text: str
    starts: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """A stretch of ``text`` in what the page shows."""
        return self.starts[start], self.starts[end]


def reveal(text: str) -> Revealed | None:
    """The words behind a text's disguises, or None where there is none, which costs next to nothing to see."""
    shown = Revealed(text, range(len(text) + 1))
    if not text.isascii() and _ODD.search(text):
        for pattern, judge in _ODD_STEPS:
            shown = _rewritten(shown, pattern.finditer(shown.text), judge)
    if _SPACED_HINT.search(shown.text):
        shown = _rewritten(shown, _SPACED.finditer(shown.text), _spaced)
    for hint in (_SIGN, _DRAWN):
        shown = _rewritten(shown, _pieces(shown.text, hint), _piece)
    return None if shown.text == text else shown


def _rewritten(
    shown: Revealed, matches: Iterator[re.Match[str]], judge: Callable[[re.Match[str]], Judged | None]
) -> Revealed:
    """A text with each match put into the words that ``judge`` gives; None leaves a match as it is.

    A judgement is the words and, for each of their characters, its place in the text.
    """
    parts: list[str] = []
    starts: list[int] = []
    at = 0
    for match in matches:
        judged = judge(match)
        if judged is None:
            continue
        start, end = match.span()
        parts += (shown.text[at:start], judged[0])
        starts += shown.starts[at:start]
        starts += (shown.starts[place] for place in judged[1])
        at = end
    if not parts:
        return shown
    return Revealed("".join((*parts, shown.text[at:])), (*starts, *shown.starts[at:]))


def _pieces(text: str, hint: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """What stands between blanks, quotation marks and brackets where a hint is found, each once."""
    behind = 0
    for found in hint.finditer(text):
        if found.start() < behind:
            continue
        start = max(text.rfind(" ", behind, found.start()) + 1, behind)
        blank = text.find(" ", found.end())
        end = blank if blank >= 0 else len(text)
        yield from _PIECE.finditer(text, start, end)
        behind = end


def _removed(match: re.Match[str]) -> Judged:
    return "", ()


def _styled(match: re.Match[str]) -> Judged | None:
    letters = lookalikes.unstyled(match[0])
    return None if letters is None else (letters, [match.start()] * len(letters))


def _marked(match: re.Match[str]) -> Judged:
    return lookalikes.unmarked(match[0][0], match[0][1:]), (match.start(),)


def _lookalike(match: re.Match[str]) -> Judged | None:
    if match[0].isascii():
        return None
    word = lookalikes.as_latin(match[0])
    if word is None or not (is_known(word) or lookalikes.is_mixed(match[0])):
        return None
    return word, range(*match.span())


def _accented(match: re.Match[str]) -> Judged | None:
    word = match[0] if match[0].isascii() else lookalikes.unaccented(match[0])
    if word == match[0]:
        return None
    return (word, range(*match.span())) if is_known(word) else None


def _emoji_cut(match: re.Match[str]) -> Judged | None:
    """Emoji between the letters of a word; between whole words they stand for blanks, and stay."""
    pieces = _EMOJI.split(match[0])
    word = "".join(pieces)
    if not is_known(word) and any(len(piece) > 1 for piece in pieces):
        return None
    signs = {place for sign in _EMOJI.finditer(match[0]) for place in range(*sign.span())}
    return word, [match.start() + place for place in range(len(match[0])) if place not in signs]


def _spaced(match: re.Match[str]) -> Judged | None:
    return join_spaced(match[0], match.start())


def _piece(match: re.Match[str]) -> Judged | None:
    """A piece that is no address and no short acronym (WEEE, AAA), read as one cut word or word by word."""
    piece, start = match[0], match.start()
    if _ADDRESS.search(piece) or _ACRONYM.fullmatch(piece):
        return None
    return read_cut(piece, start) or read_word(piece, start)


_ODD_STEPS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Judged | None]], ...] = (
    (lookalikes.UNSEEN, _removed),
    (lookalikes.STYLED, _styled),
    (lookalikes.MARKED, _marked),
    (_WORD, _lookalike),
    (_WORD, _accented),
    (_EMOJI_CUT, _emoji_cut),
)
