"""Cues: the words that make a flag worth thinking of, one TOML file per flag.

A cue never makes a flag by itself; it is one feature among others, and :mod:`classifier.scope` says when a sentence
works against it.
Every file states why its words matter, where the list comes from, and example sentences that hit and miss.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from classifier.taxonomy import flag_ids

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class CueList:
    """The cues of one flag."""

    flag: str
    why: str
    source: str
    phrases: tuple[str, ...]
    hits: tuple[str, ...]
    misses: tuple[str, ...]


@cache
def cue_lists() -> tuple[CueList, ...]:
    """The cue lists of all flags, in the order of the taxonomy."""
    return tuple(_read(flag) for flag in flag_ids())


def _read(flag: str) -> CueList:
    with (_FOLDER / f"{flag}.toml").open("rb") as file:
        table = tomllib.load(file)
    return CueList(
        flag=flag,
        why=table["why"],
        source=table["source"],
        phrases=tuple(table["phrases"]),
        hits=tuple(table["hits"]),
        misses=tuple(table["misses"]),
    )
