"""Context cards: what public-health bodies know of a topic, one TOML file each.

The files are made to be edited by health professionals, so the dataclasses below are the whole schema: a key that they
do not name is refused. How to write a card is told in docs/context-cards.md; what else a card must satisfy is in
:mod:`server.context.check`.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, ClassVar, Literal, get_args

from pydantic import ConfigDict, TypeAdapter, ValidationError

from classifier.errors import PinchError

CARDS = Path(__file__).with_name("cards")
Risk = Literal["low", "medium", "high"]
RISKS: tuple[Risk, ...] = get_args(Risk)
Group = Literal["psychedelics", "brain", "supplements", "treatments", "food", "medicines", "infections"]
Reading = Literal["original", "copy", "report"]
SECTIONS = ("known", "unknown", "risks", "interactions", "legal")
NO_EXTRA_KEYS = ConfigDict(extra="forbid", str_strip_whitespace=True)


class CardError(PinchError):
    """A card file that cannot be read as a card."""

    code = "bad-card"


@dataclass(frozen=True, slots=True)
class Fact:
    """One or two plain sentences and the numbers of the sources that carry them."""

    __pydantic_config__: ClassVar[ConfigDict] = NO_EXTRA_KEYS

    text: str
    sources: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class LegalFact(Fact):
    """What the law says in one ``place``. Laws change, so each entry has the day on which it was last checked."""

    place: str
    checked_on: date


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact can be looked up: always the publisher's own address.

    ``read`` says what the card's author had before them: the ``original``, a ``copy`` of it, or a news ``report`` that
    names it. Whoever reviews the card opens the copies and reports first.
    """

    __pydantic_config__: ClassVar[ConfigDict] = NO_EXTRA_KEYS

    n: int
    publisher: str
    title: str
    url: str
    year: int | None = None
    read: Reading = "original"


@dataclass(frozen=True, slots=True)
class AmbiguousAlias:
    """A name that means this topic only in company, such as "K" or "acid".

    It counts when one of ``neighbours`` stands in the same block. ``other_senses`` are phrases in which it never counts
    ("folic acid"). ``as_written`` keeps capitals apart, so that "K" is not "k".
    """

    __pydantic_config__: ClassVar[ConfigDict] = NO_EXTRA_KEYS

    name: str
    neighbours: tuple[str, ...]
    other_senses: tuple[str, ...] = ()
    as_written: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Card:
    """What is known, not known, risky and legal about one topic.

    ``aliases`` always mean the topic. ``risk`` only orders cards: what can hurt most is shown first. ``reviewed_by``
    names the health professional who checked it; without one, clients say "not medically reviewed". Two cards are equal
    only when they are the same object, which keeps them cheap as keys of a cache.
    """

    __pydantic_config__: ClassVar[ConfigDict] = NO_EXTRA_KEYS

    id: str
    title: str
    group: Group
    risk: Risk
    checked_on: date
    review_by: date
    aliases: tuple[str, ...]
    known: tuple[Fact, ...]
    sources: tuple[Source, ...]
    unknown: tuple[Fact, ...] = ()
    risks: tuple[Fact, ...] = ()
    interactions: tuple[Fact, ...] = ()
    legal: tuple[LegalFact, ...] = ()
    ambiguous: tuple[AmbiguousAlias, ...] = ()
    other_senses: tuple[str, ...] = ()
    reviewed_by: str | None = None

    def facts(self) -> list[tuple[str, Fact]]:
        """Every fact with the name of its section, in the order in which readers see them."""
        return [(section, fact) for section in SECTIONS for fact in getattr(self, section)]


_CARD: TypeAdapter[Card] = TypeAdapter(Card)


def parse_card(text: str, *, name: str) -> Card:
    """The card in a TOML text; ``name`` is its file, for messages. Raises :class:`CardError`."""
    try:
        table = tomllib.loads(text)
        return _CARD.validate_python(table)
    except tomllib.TOMLDecodeError as error:
        raise CardError(
            f"{name}: this is not TOML: {error}.", hint="See docs/context-cards.md for an example."
        ) from None
    except ValidationError as error:
        reasons = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors(include_input=False))
        raise CardError(f"{name}: {reasons}.", hint="See docs/context-cards.md for the keys of a card.") from None


def read_card(path: Path) -> Card:
    """The card in one file. Raises :class:`CardError`, also when the id is not the file's name."""
    try:
        text = path.read_text("utf-8")
    except UnicodeDecodeError:
        raise CardError(f"{path.name}: this is not UTF-8 text.", hint="Save the file as UTF-8.") from None
    card = parse_card(text, name=path.name)
    if card.id != path.stem:
        raise CardError(f"{path.name}: the id is '{card.id}'.", hint="Name the file after the id: <id>.toml.")
    return card


@cache
def load_cards(folder: Path = CARDS) -> dict[str, Card]:
    """All cards of a folder by id, in the order of their ids. Read once; treat the answer as read-only.

    Raises :class:`CardError` at the first file that is no card: a server shall not start with half its knowledge.
    """
    return {path.stem: read_card(path) for path in sorted(folder.glob("*.toml"))}


def card_json(card: Card) -> dict[str, Any]:
    """The card as ``/v1`` answers it. A legal entry also carries its ``place`` and the day it was checked."""
    return {
        "id": card.id,
        "title": card.title,
        **{section: [fact_json(fact) for fact in getattr(card, section)] for section in SECTIONS},
        "sources": [source_json(source) for source in card.sources],
        "checked_on": card.checked_on.isoformat(),
        "reviewed_by": card.reviewed_by,
    }


def source_json(source: Source) -> dict[str, Any]:
    """A source as ``/v1`` answers it."""
    return {
        "n": source.n,
        "publisher": source.publisher,
        "title": source.title,
        "url": source.url,
        "year": source.year,
    }


def fact_json(fact: Fact) -> dict[str, Any]:
    """A fact as ``/v1`` answers it."""
    shape: dict[str, Any] = {"text": fact.text, "sources": list(fact.sources)}
    if isinstance(fact, LegalFact):
        shape |= {"place": fact.place, "checked_on": fact.checked_on.isoformat()}
    return shape
