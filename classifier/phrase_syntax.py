"""What may be written as a phrase of a team's list: the syntax of :mod:`classifier.phrases`, within bounds.

A phrase is written by a person who may slip, and is then matched on everybody's texts. So what the matcher would pass
over (a bracket without its pair, an empty choice) is refused here, and so is what could be matched in so
many ways that a text takes long: many gaps and many words that may be missing.
"""

from __future__ import annotations

import re

from classifier.phrases import PhraseIndex, plain

LONGEST = 200
MOST_PIECES = 16
MOST_LOOSE = 4  # gaps and words that may be missing: each multiplies the ways to read a text
MOST_CHOICES = 40

_WORD = r"[^\s()|*?]+\*?"
_CHOICE = rf"{_WORD}(?: {_WORD})*"
_PIECE = rf"(?:\({_CHOICE}(?:\|{_CHOICE})*\)\??|{_WORD}\??)"
_PHRASE = re.compile(rf"{_PIECE}(?: {_PIECE})*")
_PIECES = re.compile(_PIECE)
_WORDS = re.compile(_WORD)


def read_phrase(written: str) -> str:
    """The phrase as it is matched: lower case, plain apostrophes, single blanks.

    Raises ``ValueError`` that says what is wrong and does not repeat the phrase.
    """
    phrase = " ".join(plain(written).split())
    if not phrase or len(phrase) > LONGEST:
        raise ValueError(f"A phrase has 1 to {LONGEST} characters")
    if not phrase.isprintable():
        raise ValueError("A phrase holds only characters that can be seen")
    if not _PHRASE.fullmatch(phrase):
        raise ValueError(
            "This is no phrase: write words, (one|another) for a choice, word* for all endings, word? for one that may "
            "be missing, _ for up to three words"
        )
    pieces = _PIECES.findall(phrase)
    _check_bounds(pieces)
    words = [word.rstrip("*") for word in _WORDS.findall(phrase) if word != "_"]
    if not all(any(char.isalnum() for char in word) and word.strip("-") == word for word in words):
        raise ValueError("Each word holds a letter or a digit, and begins and ends with no hyphen")
    try:
        PhraseIndex({"": [phrase]})
    except ValueError:
        raise ValueError(
            "A phrase begins with a letter or digit of a word that is always there; a first word* has three letters "
            "before its star"
        ) from None
    return phrase


def _check_bounds(pieces: list[str]) -> None:
    if len(pieces) > MOST_PIECES:
        raise ValueError(f"A phrase has at most {MOST_PIECES} words and choices")
    if sum(piece == "_" or piece.endswith("?") for piece in pieces) > MOST_LOOSE:
        raise ValueError(f"A phrase has at most {MOST_LOOSE} gaps and words that may be missing")
    if pieces[-1] == "_":
        raise ValueError("A phrase ends with a word, not with a gap")
    if any(piece.count("|") >= MOST_CHOICES for piece in pieces):
        raise ValueError(f"A choice has at most {MOST_CHOICES} words")
