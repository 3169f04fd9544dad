"""Why each flag misleads, with sources, and three checks of a minute: read from ``explainers.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import ClassVar

from pydantic import ConfigDict, TypeAdapter

from classifier.taxonomy import flag_ids
from server.context.cards import NO_EXTRA_KEYS, Card, Fact, Source
from server.context.publishers import PRIMARY, publisher_kind
from server.context.searches import SEARCHES, SearchId

_FILE = Path(__file__).with_name("explainers.toml")
PARAGRAPHS = range(2, 5)
CHECKS = 3
LONGEST_PARAGRAPH = 320


@dataclass(frozen=True, slots=True)
class Check:
    """Something to do in a minute; ``search`` names a place to look it up."""

    __pydantic_config__: ClassVar[ConfigDict] = NO_EXTRA_KEYS

    text: str
    search: SearchId | None = None

    def address(self, topic: str | None) -> str | None:
        """Where to look, filled in with a topic's name; None when there is nothing to open."""
        return SEARCHES[self.search].about(topic) if self.search else None


@dataclass(frozen=True, slots=True)
class Explainer:
    """What is known about why one flag's wording misleads."""

    __pydantic_config__: ClassVar[ConfigDict] = NO_EXTRA_KEYS

    flag: str
    paragraphs: tuple[Fact, ...]
    checks: tuple[Check, ...]
    sources: tuple[Source, ...]


@cache
def explainers() -> dict[str, Explainer]:
    """All explainers by flag."""
    with _FILE.open("rb") as file:
        rows = TypeAdapter(tuple[Explainer, ...]).validate_python(tomllib.load(file)["explainers"])
    return {row.flag: row for row in rows}


def search_name(card: Card) -> str:
    """What to search for: the card's first name, as people write it, rather than its title."""
    return card.aliases[0]


def check_explainers() -> Iterator[str]:
    """Everything that is wrong with the explainers, as sentences for the person who edits them."""
    rows = explainers()
    for flag in flag_ids():
        if flag not in rows:
            yield f"the flag '{flag}' is not explained"
    for flag, row in rows.items():
        yield from (f"{flag}: {reason}" for reason in _wrong(row))


def _wrong(row: Explainer) -> Iterator[str]:
    if row.flag not in flag_ids():
        yield "there is no such flag"
    if len(row.paragraphs) not in PARAGRAPHS:
        yield f"has {len(row.paragraphs)} paragraphs; two to four are wanted"
    if len(row.checks) != CHECKS:
        yield f"has {len(row.checks)} checks; {CHECKS} are wanted"
    numbers = {source.n for source in row.sources}
    cited = {n for paragraph in row.paragraphs for n in paragraph.sources}
    if numbers != cited or not all(paragraph.sources for paragraph in row.paragraphs):
        yield "its paragraphs and its sources do not match"
    if any(len(paragraph.text) > LONGEST_PARAGRAPH for paragraph in row.paragraphs):
        yield f"a paragraph is longer than {LONGEST_PARAGRAPH} characters"
    kinds = [publisher_kind(source.url) for source in row.sources]
    if None in kinds or not all(source.url.startswith("https://") for source in row.sources):
        yield "a source is not at its publisher's own https address (see publishers.toml)"
    if not PRIMARY & set(kinds):
        yield "no source is an official body or a journal"
