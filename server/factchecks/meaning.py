"""What a claim is about, in words that can be compared: things, illnesses, what is said of them, numbers, denial."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from classifier.phrases import PhraseIndex, PhraseMatch, plain
from server.factchecks.denial import is_asked, is_denied
from server.factchecks.numbers import numbers_of, times_of
from server.factchecks.stems import stem

WORDS = Path(__file__).with_name("words.toml")
LONGEST = 600  # code points of a claim that are read
_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")
_FIGURE = re.compile(r"\d[\d,.]*|(?:one|two|three|four|five|six|seven|eight|nine|ten|twenty|thirty|forty|fifty)")


@dataclass(frozen=True, slots=True)
class Meaning:
    """``words`` are stems of words and names of lists, without the ``effects``: what is said of them.

    ``conditions`` are the illnesses among the words and ``light`` those that seldom tell one claim from another.
    ``subject`` are the words before what is said, or the first telling word when nothing is said that we know; ``rest``
    those behind what is said.
    """

    words: frozenset[str]
    effects: frozenset[str]
    conditions: frozenset[str]
    light: frozenset[str]
    subject: frozenset[str]
    rest: frozenset[str]
    numbers: frozenset[float]
    times: frozenset[str]
    is_denied: bool
    is_asked: bool


@dataclass(frozen=True, slots=True)
class _Lists:
    index: PhraseIndex
    effects: frozenset[str]
    conditions: frozenset[str]
    empty: frozenset[str]


@cache
def _lists() -> _Lists:
    tables = tomllib.loads(WORDS.read_text("utf-8"))
    phrases = {**tables["same"], **tables["conditions"], **tables["effects"], "light": tables["light"]["words"]}
    empty = frozenset(tables["empty"]["words"].split())
    return _Lists(PhraseIndex(phrases), frozenset(tables["effects"]), frozenset(tables["conditions"]), empty)


@lru_cache(maxsize=4096)
def meaning_of_review(claim: str) -> Meaning:
    """The meaning of a published claim, remembered. A reader's words never come here."""
    return meaning_of(claim)


def meaning_of(claim: str) -> Meaning:
    """What a claim is about."""
    text, lists = plain(claim[:LONGEST]), _lists()
    matches = lists.index.find(text)
    effects = [match for match in matches if match.name in lists.effects]
    things = _longest([match for match in matches if match.name != "light" and match.name not in lists.effects])
    dim = {match.start for match in matches if match.name == "light"}
    placed = {match.name: match.start for match in reversed(things)}
    light = set()
    for start, word in _other_words(text, effects, things):
        placed.setdefault(word, start)
        if start in dim:
            light.add(word)
    said = min((match.start for match in effects), default=1 + _first(placed, light))
    words = frozenset(placed)
    return Meaning(
        words,
        _with_kinds({match.name for match in effects}),
        words & lists.conditions,
        frozenset(light),
        frozenset(word for word, start in placed.items() if start < said),
        frozenset(word for word, start in placed.items() if effects and start > said),
        numbers_of(text),
        times_of(text),
        is_denied(text, [(match.start, match.end) for match in effects]),
        is_asked(text),
    )


def _first(placed: dict[str, int], light: set[str]) -> int:
    """Where the first telling word stands: what a claim that says nothing we know is about."""
    return min((start for word, start in placed.items() if word not in light), default=0)


def _with_kinds(effects: set[str]) -> frozenset[str]:
    """What kills an illness cures it."""
    return frozenset(effects | {"cure"} if "kill" in effects else effects)


def _longest(things: list[PhraseMatch]) -> list[PhraseMatch]:
    """Names without those inside longer ones."""
    kept: list[PhraseMatch] = []
    for match in sorted(things, key=lambda match: (match.start - match.end, match.start)):
        if not any(other.start <= match.start and match.end <= other.end for other in kept):
            kept.append(match)
    return sorted(kept, key=lambda match: match.start)


def _other_words(text: str, effects: list[PhraseMatch], things: list[PhraseMatch]) -> list[tuple[int, str]]:
    """Where each word stands that no name covers, as a stem. What stands in the gap of an effect's phrase is a word."""
    covered = [(match.start, match.end) for match in things]
    empty = _lists().empty
    edges = {match.start for match in effects} | {match.end for match in effects}
    found = []
    for word in _WORD.finditer(text):
        is_effect = word.start() in edges or word.end() in edges
        is_named = any(start <= word.start() < end for start, end in covered)
        is_empty = word.group() in empty or bool(_FIGURE.fullmatch(word.group()))
        if not (is_effect or is_named or is_empty):
            found.append((word.start(), stem(word.group())))
    return found
