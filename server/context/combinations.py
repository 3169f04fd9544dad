"""Dangerous combinations: a notice when two things that do not go together meet on a page.

``combinations.toml`` names each pair; its sides are the things that it lists: medicines without a card, or cards.
Two things meet when they are named in one block, in neighbouring blocks, or under one title.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import ClassVar

from pydantic import ConfigDict, TypeAdapter

from classifier.document import Block, Document
from server.context.cards import NO_EXTRA_KEYS, AmbiguousAlias, Card, Source
from server.context.names import words_of
from server.context.notice import Notice, NoticeLink
from server.context.phrases import Mention, PhraseIndex
from server.context.publishers import PRIMARY, publisher_kind

_FILE = Path(__file__).with_name("combinations.toml")
MOST_ON_A_PAGE = 3
# Two comments may be about two things; what stands further apart in one long post has not met either.
FARTHEST = 600
LAST_WORDS = "Talk to a pharmacist or doctor before mixing."


@dataclass(frozen=True, slots=True, eq=False)
class Thing:
    """Something that is taken: its names, and the cards whose names count as well."""

    __pydantic_config__: ClassVar[ConfigDict] = NO_EXTRA_KEYS

    id: str
    aliases: tuple[str, ...] = ()
    cards: tuple[str, ...] = ()
    other_senses: tuple[str, ...] = ()
    ambiguous: tuple[AmbiguousAlias, ...] = ()


@dataclass(frozen=True, slots=True)
class Combination:
    """Two kinds of things that do not go together, and what is known about it."""

    __pydantic_config__: ClassVar[ConfigDict] = NO_EXTRA_KEYS

    id: str
    title: str
    one: tuple[str, ...]
    other: tuple[str, ...]
    text: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class _File:
    things: tuple[Thing, ...]
    combinations: tuple[Combination, ...]


@cache
def _file() -> _File:
    with _FILE.open("rb") as file:
        return TypeAdapter(_File).validate_python(tomllib.load(file))


def combinations() -> tuple[Combination, ...]:
    """All combinations, the gravest first as the file has them."""
    return _file().combinations


@lru_cache(maxsize=4)
def _index(cards: tuple[Card, ...]) -> PhraseIndex:
    by_id = {card.id: card for card in cards}
    return PhraseIndex([_with_cards(thing, by_id) for thing in _file().things])


def _with_cards(thing: Thing, cards: Mapping[str, Card]) -> Thing:
    """The thing with the names of its cards."""
    mine = [cards[topic] for topic in thing.cards if topic in cards]
    return Thing(
        thing.id,
        (*thing.aliases, *(name for card in mine for name in card.aliases)),
        thing.cards,
        (*thing.other_senses, *(name for card in mine for name in card.other_senses)),
        (*thing.ambiguous, *(name for card in mine for name in card.ambiguous)),
    )


def combination_notices(document: Document, cards: Mapping[str, Card]) -> tuple[Notice, ...]:
    """A notice for each combination that meets on the page, at most three, the gravest first."""
    index = _index(tuple(cards.values()))
    title = {mention.topic for mention in index.mentions(document.title or "")}
    near = words_of(document.title or "")
    mentions = [index.mentions(block.text, near=near) for block in document.blocks]
    named = title.union(mention.topic for some in mentions for mention in some)
    found = []
    for combination in combinations():
        if named.isdisjoint(combination.one) or named.isdisjoint(combination.other):
            continue
        if blocks := _meeting(combination, document.blocks, mentions, title):
            found.append(_notice(combination, blocks))
    return tuple(found[:MOST_ON_A_PAGE])


def _meeting(
    combination: Combination, blocks: Sequence[Block], mentions: Sequence[list[Mention]], title: set[str]
) -> tuple[str, ...]:
    """The ids of the blocks where the two sides meet."""
    sides = (frozenset(combination.one), frozenset(combination.other))
    named = [tuple(any(mention.topic in side for mention in some) for side in sides) for some in mentions]
    met: list[str] = []
    for at, block in enumerate(blocks):
        one, other = named[at]
        if (one and other and _are_close(mentions[at], *sides)) or (
            (one and title & sides[1]) or (other and title & sides[0])
        ):
            met.append(block.id)
        elif at and _belong_together(blocks[at - 1], block):
            before = named[at - 1]
            if (one and before[1]) or (other and before[0]):
                met += [blocks[at - 1].id, block.id]
    return tuple(dict.fromkeys(met))


def _belong_together(first: Block, second: Block) -> bool:
    """Whether one block goes on where the other ended; posts are by different people."""
    return "post" not in (first.kind, second.kind)


def _are_close(mentions: list[Mention], one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether both sides are named within a few sentences. One look at each mention."""
    last: dict[bool, Mention] = {}
    for mention in mentions:
        for is_other, side in ((False, one), (True, other)):
            if mention.topic in side:
                before = last.get(not is_other)
                if before and mention.start - before.end <= FARTHEST:
                    return True
                last[is_other] = mention
    return False


def _notice(combination: Combination, blocks: tuple[str, ...]) -> Notice:
    links = tuple(NoticeLink(_words(source), source.url) for source in combination.sources)
    return Notice("combination", combination.title, f"{combination.text} {LAST_WORDS}", links, blocks)


def _words(source: Source) -> str:
    year = f" ({source.year})" if source.year else ""
    return f"{source.publisher}: {source.title}{year}"


def check_combinations(cards: Mapping[str, Card]) -> Iterator[str]:
    """Everything that is wrong with the combinations, as sentences for the person who edits them."""
    things = {thing.id for thing in _file().things}
    for thing in _file().things:
        yield from (f"{thing.id}: there is no card '{topic}'" for topic in thing.cards if topic not in cards)
    for row in combinations():
        yield from (f"{row.id}: there is no thing '{one}'" for one in (*row.one, *row.other) if one not in things)
        if not row.sources or any(not source.url.startswith("https://") for source in row.sources):
            yield f"{row.id}: a source is missing or not https"
        if not any(publisher_kind(source.url) in PRIMARY for source in row.sources):
            yield f"{row.id}: no source is an official body or a journal (see publishers.toml)"
