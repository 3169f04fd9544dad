"""Phrase lists compiled into one scan.

A phrase is written as a person would note it: ``magic (bullet|pill)``, ``transform* your (life|health)``, ``no _ side
effects``.
``(a|b)`` is a choice, a word ending in ``*`` stands for all its endings, a word ending in ``?`` may be missing, ``_``
stands for up
to three words. Blanks match blanks and hyphens. Matching is on text in lower case with plain apostrophes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

_STEM_LENGTH = 3
_WORD = re.compile(r"[^\W_]+")
_PIECE = re.compile(r"\([^()]*\)\??|[^\s()]+")
# No hyphen within a word here: it is a blank already, and reading it both ways takes cubic time on "a-a-a-a-…".
_GAP = r"(?:[\w'%,]+[\s-]+){0,3}?"
_BLANK = r"[\s-]+"

_Lists = list[tuple[str, re.Pattern[str]]]
_PLAIN = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "´": "'", "`": "'", "–": "-", "—": "-", "‑": "-", "‐": "-", "\u00a0": " "}
)


@dataclass(frozen=True, slots=True)
class PhraseMatch:
    """Where a phrase of the list ``name`` stands in a text."""

    name: str
    start: int
    end: int


def plain(text: str) -> str:
    """Lower case with plain apostrophes and hyphens, of the same length as ``text``."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    return lowered.translate(_PLAIN)


class PhraseIndex:
    """Named phrase lists, matched together in one pass over the words of a text.

    The first word looks up the few phrases that can begin there, so that long lists cost little.
    """

    def __init__(self, lists: Mapping[str, Iterable[str]]) -> None:
        by_key: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for name, entries in lists.items():
            for entry in entries:
                for key in _keys(entry):
                    by_key[key][name].append(_compile(entry))
        self._by_key = {
            key: (_joined([regex for regexes in lists_of_key.values() for regex in regexes]), _each(lists_of_key))
            for key, lists_of_key in by_key.items()
        }
        self._has_stems = any(key.endswith("*") for key in self._by_key)

    def may_hold(self, text: str) -> bool:
        """Whether any word of ``text`` can begin a phrase: a look at its words, several times quicker than a search."""
        words = set(_WORD.findall(text))
        if not words.isdisjoint(self._by_key):
            return True
        return self._has_stems and not self._by_key.keys().isdisjoint(word[:_STEM_LENGTH] + "*" for word in words)

    def find(self, text: str) -> list[PhraseMatch]:
        """All matches in ``text`` (as :func:`plain` gives it), at most one a list and word, in order."""
        found: list[PhraseMatch] = []
        by_key = self._by_key
        for word in _WORD.finditer(text):
            start, letters = word.start(), word.group()
            for key in (letters, letters[:_STEM_LENGTH] + "*"):
                if key in by_key:
                    found += _matches(text, start, *by_key[key])
        return found


def _matches(text: str, start: int, every: re.Pattern[str], lists: _Lists) -> Iterator[PhraseMatch]:
    """What begins here, list by list. Most often nothing does, which one look at ``every`` phrase tells."""
    if every.match(text, start):
        for name, regex in lists:
            if match := regex.match(text, start):
                yield PhraseMatch(name, start, match.end())


def _each(lists: Mapping[str, list[str]]) -> _Lists:
    return [(name, _joined(regexes)) for name, regexes in lists.items()]


def _joined(regexes: Iterable[str]) -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(regexes) + r")(?!\w)")


def _compile(entry: str) -> str:
    """A phrase as a regular expression; each piece brings the blank before it, so that an optional one may end a
    phrase.
    """
    first, *pieces = _PIECE.findall(entry)
    regex, blank = _word(first), _BLANK
    for piece in pieces:
        if piece == "_":
            blank = _BLANK + _GAP
        elif piece.endswith("?"):
            regex += f"(?:{blank}{_word(piece[:-1])})?"
        else:
            regex += blank + _word(piece)
            blank = _BLANK
    return regex


def _word(piece: str) -> str:
    choices = _choices(piece)
    return "(?:" + "|".join(_BLANK.join(_ending(word) for word in choice.split()) for choice in choices) + ")"


def _choices(piece: str) -> list[str]:
    return piece[1:-1].split("|") if piece.startswith("(") else [piece]


def _ending(word: str) -> str:
    return re.escape(word[:-1]) + r"\w*" if word.endswith("*") else re.escape(word)


def _keys(entry: str) -> set[str]:
    """Under which first words a phrase is looked up: a whole word, or the first letters of a stem and a star."""
    pieces = _PIECE.findall(entry)
    if not pieces or pieces[0] == "_" or pieces[0].endswith("?"):
        raise ValueError(f"The phrase '{entry}' must begin with a word that is always there.")
    keys = set()
    for choice in _choices(pieces[0]):
        first = choice.split()[0]
        letters = _WORD.match(first)
        if letters is None or (first.endswith("*") and len(letters.group()) < _STEM_LENGTH):
            raise ValueError(f"The phrase '{entry}' must begin with a letter, and a stem with {_STEM_LENGTH} of them.")
        is_stem = first.endswith("*") and letters.end() == len(first) - 1
        keys.add(letters.group()[:_STEM_LENGTH] + "*" if is_stem else letters.group())
    return keys
