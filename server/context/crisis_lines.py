"""Crisis lines by country, read from ``crisis_lines.toml``, and which country a reader is likely in."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import ClassVar

from pydantic import ConfigDict, TypeAdapter

from server.context.cards import NO_EXTRA_KEYS, Reading

_FILE = Path(__file__).with_name("crisis_lines.toml")
ANYWHERE = "*"
_REGION = re.compile(r"[A-Za-z]{2}")
_TAGGED_REGION = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z]{4})?-([A-Za-z]{2})(?:-|$)")


@dataclass(frozen=True, slots=True)
class CrisisLine:
    """One line: how to reach it, when, its own page, and the day on which somebody last looked it up."""

    __pydantic_config__: ClassVar[ConfigDict] = NO_EXTRA_KEYS

    region: str
    name: str
    reach: str
    hours: str
    url: str
    checked_on: date
    read: Reading = "original"


@dataclass(frozen=True, slots=True)
class CrisisLines:
    """All lines, and the emergency number of each country."""

    __pydantic_config__: ClassVar[ConfigDict] = NO_EXTRA_KEYS

    lines: tuple[CrisisLine, ...]
    emergency: dict[str, str]

    def of(self, region: str | None) -> tuple[CrisisLine, ...]:
        """The lines of a country with the international directory last; the directory alone for any other."""
        mine = tuple(line for line in self.lines if line.region == region)
        anywhere = tuple(line for line in self.lines if line.region == ANYWHERE)
        return (*mine, *(anywhere[:1] if mine else anywhere))


@cache
def crisis_lines() -> CrisisLines:
    """What ``crisis_lines.toml`` holds."""
    with _FILE.open("rb") as file:
        return TypeAdapter(CrisisLines).validate_python(tomllib.load(file))


def region_of(asked: str | None, lang: str | None, accept_language: str) -> str | None:
    """The reader's country: as asked, else by the text's language tag, else by the first one the browser names.

    >>> region_of(None, "en-GB", ""), region_of("us", "en-GB", ""), region_of(None, "en", "de-AT,de;q=0.9")
    ('GB', 'US', 'AT')
    """
    if asked and _REGION.fullmatch(asked):
        return _iso(asked)
    for tag in (lang or "", *(part.partition(";")[0].strip() for part in accept_language[:200].split(","))):
        if found := _TAGGED_REGION.match(tag):
            return _iso(found[1])
    return None


def _iso(region: str) -> str:
    return {"UK": "GB"}.get(region.upper(), region.upper())
