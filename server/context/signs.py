"""Patterns that are looked for only where their words stand: most paragraphs hold none, and are passed unsearched."""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass

_LETTERS = re.compile("[a-z]+")


def letters_of(text: str) -> frozenset[str]:
    """The words of a lowered text, parted at apostrophes and all else that is no letter."""
    return frozenset(_LETTERS.findall(text))


@dataclass(frozen=True, slots=True, eq=False)
class Sign:
    """A pattern and what it needs: each group lends a word, or the beginning of one, to whatever it matches."""

    pattern: re.Pattern[str]
    needs: tuple[frozenset[str], ...] = ()
    stem: str = ""

    def may_stand_in(self, text: str, words: Set[str]) -> bool:
        """Whether a text with these words (:func:`letters_of`) may hold it."""
        return self.stem in text and not any(group.isdisjoint(words) for group in self.needs)


class Signs:
    """Some signs, looked up by the words of their first groups, so that the most are never thought of."""

    def __init__(self, *signs: Sign) -> None:
        self._stemmed = [sign for sign in signs if not sign.needs]
        self._by_word: dict[str, list[Sign]] = {}
        for sign in signs:
            for word in sign.needs[0] if sign.needs else ():
                self._by_word.setdefault(word, []).append(sign)

    def possible(self, text: str) -> list[Sign]:
        """Those that a lowered text may hold."""
        words = letters_of(text)
        looked_up = [sign for word in words & self._by_word.keys() for sign in self._by_word[word]]
        return [sign for sign in (*self._stemmed, *looked_up) if sign.may_stand_in(text, words)]


def make_sign(pattern: str, *needs: str, stem: str = "") -> Sign:
    """A sign whose ``needs`` are written as words with blanks between them, the rarest group first."""
    return Sign(re.compile(pattern), tuple(frozenset(group.split()) for group in needs), stem)
