"""All names of all cards in one tree of words, so that a text is scanned once whatever the number of cards.

The longest name wins and nothing inside it counts again: "compounded ketamine" is not also "ketamine". Phrases that
give a name another sense ("folic acid") sit in the same tree without a topic, and swallow the name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Protocol

from server.context.cards import AmbiguousAlias
from server.context.names import CUT, Words, is_one_name, lowered, variants


@dataclass(frozen=True, slots=True)
class Mention:
    """A topic is named here; places are code points into the text."""

    topic: str
    start: int
    end: int


class Named(Protocol):
    """What has names to be found: a card, or a medicine without one."""

    @property
    def id(self) -> str:
        """What a mention is told as."""

    @property
    def aliases(self) -> tuple[str, ...]:
        """Names that always mean it."""

    @property
    def other_senses(self) -> tuple[str, ...]:
        """Phrases that hold a name and mean something else."""

    @property
    def ambiguous(self) -> tuple[AmbiguousAlias, ...]:
        """Names that mean it in company only."""


@dataclass(frozen=True, slots=True)
class _Meaning:
    """One reading of a name. An ``ambiguous`` one holds near one of its words or phrases.

    ``spelling`` is kept for names whose capitals count. Phrases begin and end with a space, to be found among joined
    words.
    """

    topic: str
    ambiguous: bool = False
    near_words: frozenset[str] = frozenset()
    near_phrases: tuple[str, ...] = ()
    spelling: str | None = None


@dataclass(slots=True)
class _Node:
    """A place in the tree: the words that may follow, and what the words up to here mean if a name ends here."""

    after: dict[str, _Node] = field(default_factory=dict)
    ends: bool = False
    meanings: list[_Meaning] = field(default_factory=list)


class PhraseIndex:
    """The names of some cards, ready to be found in texts."""

    def __init__(self, cards: Iterable[Named]) -> None:
        self._root = _Node()
        for card in cards:
            for alias in card.aliases:
                self._add(alias, _Meaning(card.id))
            for phrase in card.other_senses:
                self._add(phrase, None)
            for ambiguous in card.ambiguous:
                self._add(ambiguous.name, _meaning(card.id, ambiguous))
                for phrase in ambiguous.other_senses:
                    self._add(phrase, None)

    def _add(self, name: str, meaning: _Meaning | None) -> None:
        for words in variants(name):
            node = self._root
            for word in words:
                node = node.after.setdefault(word, _Node())
            node.ends = True
            if meaning and meaning not in node.meanings:
                node.meanings.append(meaning)

    def mentions(self, text: str, *, near: Iterable[str] = ()) -> list[Mention]:
        """The topics named in a text, in order. Neighbours of ambiguous names may stand in it or among ``near``."""
        pieces = CUT.split(lowered(text))
        company: _Company | None = None
        found: list[Mention] = []
        for start, end, meanings in self._names(pieces):
            for meaning in meanings:
                if meaning.ambiguous:
                    company = company or _Company([*pieces[1::2], *near])
                    if not company.decides_for(meaning, text[start:end]):
                        continue
                found.append(Mention(meaning.topic, start, end))
        return found

    def _names(self, pieces: list[str]) -> Iterator[tuple[int, int, list[_Meaning]]]:
        """Every longest name with its place and what it may mean; every second piece of the text is a word.

        Only the few words that begin a name are placed, by adding up the lengths of what stands before them.
        """
        begins = self._root.after
        firsts = [i for i in range(1, len(pieces), 2) if pieces[i] in begins]
        ends = list(accumulate(map(len, pieces))) if firsts else []
        resume = 0
        for first in firsts:
            if first >= resume and (longest := _longest(pieces, first, begins[pieces[first]])):
                last, node = longest
                resume = last + 1
                yield ends[first - 1], ends[last], node.meanings


def _longest(pieces: list[str], first: int, node: _Node) -> tuple[int, _Node] | None:
    """The longest name that begins with a word: its last piece and its node."""
    at = first
    best = (at, node) if node.ends else None
    while (
        at + 2 < len(pieces) and (after := node.after.get(pieces[at + 2])) and is_one_name(pieces[at], pieces[at + 1])
    ):
        at, node = at + 2, after
        if node.ends:
            best = (at, node)
    return best


class _Company:
    """The words around an ambiguous name, gathered once for all such names of a text."""

    def __init__(self, words: list[str]) -> None:
        self._words = frozenset(words)
        self._line = f" {' '.join(words)} "

    def decides_for(self, meaning: _Meaning, found: str) -> bool:
        """Whether an ambiguous name, as ``found``, has this meaning in this company."""
        if meaning.spelling not in (None, found):
            return False
        if not meaning.near_words.isdisjoint(self._words):
            return True
        return any(phrase in self._line for phrase in meaning.near_phrases)


def _meaning(topic: str, alias: AmbiguousAlias) -> _Meaning:
    forms = sorted(phrases_of(alias.neighbours))
    return _Meaning(
        topic,
        ambiguous=True,
        near_words=frozenset(words[0] for words in forms if len(words) == 1),
        near_phrases=tuple(f" {' '.join(words)} " for words in forms if len(words) > 1),
        spelling=alias.name if alias.as_written else None,
    )


def phrases_of(names: Iterable[str]) -> set[Words]:
    """Every word form of some names; two cards may not share one."""
    return {words for name in names for words in variants(name)}
