"""Which word a disguised one stands for: digits and signs for letters, signs between letters, letters drawn out.

A judgement is a word and, for each of its letters, its place in the text; None means: leave it as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import product
from pathlib import Path

_FILE = Path(__file__).with_name("disguise.txt")
SHORTEST_KNOWN = 4
LONGEST_WORD = 20
# Nobody draws a word out further; a text of millions of letters without a blank is read quickly so.
LONGEST_DRAWN = 200
# A longer run of single letters is not cut into words.
LONGEST_RUN = 60
# Single letters in a row, fewer are initials; with capitals and full stops a longer abbreviation ("N.I.C.E.").
FEWEST_SPACED, FEWEST_CAPITALS = 4, 6
# A word with digits for letters that is not known is taken for one from this length on.
SHORTEST_LEET = 5
MOST_STARS = 2

_SIGNS = {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "@": "a", "$": "s", "!": "i", "|": "i"}
_LEET = (str.maketrans({**_SIGNS, "€": "e"}), str.maketrans({**_SIGNS, "€": "e", "1": "l", "!": "l", "|": "l"}))
_ONE_DIGIT_INSIDE = re.compile(r"[A-Za-z]?[a-z]*(?:(?<=[A-Za-z])[013457](?=[a-z])[a-z]+)+")
_SUFFIXES = ("s", "d", "ed", "ing", "ly", "er", "ers")
_EDGE = ".,:!*-_~|/+=^·•"
_WORDS = re.compile(r"(?:[^\W_]|[@$!|€])+")
_DRAWN = re.compile(r"([^\W\d_])\1{2,}", re.I)
_NUMERAL = re.compile(r"[ivxlcdm]+s?$|(.)\1+$", re.I)
_VOWELS = "aeiou"
_LETTERS = "aeiouybcdfghjklmnpqrstvwxz"

Judged = tuple[str, Sequence[int]]


@cache
def known_words() -> frozenset[str]:
    """The words of ``disguise.txt``."""
    lines = _FILE.read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def is_known(word: str) -> bool:
    """Whether a word of four letters or more is known, as it is or with a common ending."""
    return len(word) >= SHORTEST_KNOWN and _is_listed(word.lower())


def _is_listed(word: str) -> bool:
    words = known_words()
    if word in words or f"{word}s" in words:
        return True
    stems = (word.removesuffix(suffix) for suffix in _SUFFIXES if word.endswith(suffix))
    return any(len(stem) >= SHORTEST_KNOWN and stem in words for stem in stems)


def join_spaced(run: str, start: int) -> Judged | None:
    """Single letters with the same sign between them, as the word or words that they spell."""
    letters = run[::2]
    least = FEWEST_CAPITALS if run[1] == "." and letters.isupper() else FEWEST_SPACED
    if len(letters) < least or sum(map(str.isalpha, letters)) * 2 < len(letters):
        return None
    places = [start + 2 * number for number in range(len(letters))]
    word = read_letters(letters, places)
    if word:
        return word
    if cuts := _cut_into_words(letters.translate(_LEET[0])):
        words, spots = "", []
        for first, last in cuts:
            words += (" " if words else "") + letters[first:last].translate(_LEET[0])
            spots += ([places[first] - 1] if first else []) + places[first:last]
        return words, spots
    is_word = letters.islower() and letters.isalpha() and len(letters) > FEWEST_SPACED and set(letters) & set(_VOWELS)
    return (letters, places) if is_word else None


def _cut_into_words(letters: str) -> list[tuple[int, int]] | None:
    """Where known words lie one behind the other, the longest first; None where something is left over."""
    cuts: list[tuple[int, int]] = []
    at = 0 if len(letters) <= LONGEST_RUN else len(letters)
    while at < len(letters):
        ends = range(min(at + LONGEST_WORD, len(letters)), at, -1)
        end = next((end for end in ends if _is_listed(letters[at:end].lower())), None)
        if end is None:
            return None
        cuts.append((at, end))
        at = end
    return cuts


def read_cut(piece: str, start: int) -> Judged | None:
    """A word with signs between its letters, or with stars for letters, as the one word that it stands for."""
    core = piece.strip(_EDGE)
    parts = _WORDS.findall(core)
    if len(parts) < 2 or not any(part.isalpha() for part in parts):
        return None
    if all(_is_listed(part.lower()) or len(part) > LONGEST_WORD for part in parts):
        return None
    first = start + piece.index(core)
    places = [first + place for found in _WORDS.finditer(core) for place in range(*found.span())]
    letters = "".join(parts)
    if len(letters) > LONGEST_WORD:
        return None
    word = read_letters(letters, places) or (letters, places)
    if not is_known(word[0]):
        filled = _filled(core, first)
        if filled is None:
            return None
        word = filled
    end = first + len(core)
    text = piece[: first - start] + word[0] + piece[end - start :]
    return text, [*range(start, first), *word[1], *range(end, start + len(piece))]


def _filled(core: str, first: int) -> Judged | None:
    """A known word with letters in place of stars, vowels tried first."""
    stars = core.count("*")
    if not 0 < stars <= MOST_STARS or not core.replace("*", "").isalpha():
        return None
    pattern = core.lower().replace("*", "{}")
    for fill in product(_LETTERS if stars == 1 else _VOWELS, repeat=stars):
        if is_known(word := pattern.format(*fill)):
            return word, range(first, first + len(core))
    return None


def read_word(piece: str, start: int) -> Judged | None:
    """A piece of text, each of its words read by itself."""
    text, places, at = "", [], 0
    for found in _WORDS.finditer(piece):
        begin, end = found.span()
        inside = found[0].strip("!|")
        begin += found[0].index(inside)
        end = begin + len(inside)
        word = read_letters(inside, range(start + begin, start + end))
        if word:
            text += piece[at:begin] + word[0]
            places += [*range(start + at, start + begin), *word[1]]
            at = end
    return (text + piece[at:], [*places, *range(start + at, start + len(piece))]) if text else None


def read_letters(letters: str, places: Sequence[int]) -> Judged | None:
    """The word that letters, digits and signs stand for, if it is another than they are."""
    if not SHORTEST_KNOWN <= len(letters) <= LONGEST_DRAWN or sum(map(str.isalpha, letters)) * 2 < len(letters):
        return None
    for spelt in (letters, *(letters.translate(table) for table in _LEET)):
        for word, kept in _drawn_in(spelt, places):
            if word != letters and is_known(word):
                return word, kept
    if len(letters) >= SHORTEST_LEET and _ONE_DIGIT_INSIDE.fullmatch(letters) and not letters.isalpha():
        return letters.translate(_LEET[0]), places
    if _DRAWN.search(letters) and not _NUMERAL.match(letters):
        return list(_drawn_in(letters, places))[-1]
    return None


def _drawn_in(word: str, places: Sequence[int]) -> Iterator[Judged]:
    """A word as it is, and with each letter that stands three times or more in a row kept once, and twice."""
    yield word, places
    if _DRAWN.search(word) is None:
        return
    for most in (1, 2):
        dropped = {n for run in _DRAWN.finditer(word) for n in range(run.start() + most, run.end())}
        kept = [n for n in range(len(word)) if n not in dropped]
        yield "".join(word[n] for n in kept), [places[n] for n in kept]
