"""The eleven flags, read from ``taxonomy.toml``: the one place where their words stand.

The API, the CLI, the docs page and the extension all show what this module returns.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, cast

Severity = Literal["low", "medium", "high"]
Family = Literal["promise", "source", "risk", "push"]
SEVERITIES: tuple[Severity, ...] = ("low", "medium", "high")

# The one flag that may span a quotation rather than a sentence.
QUOTE_FLAG = "unsourced-quote"
_FILE = Path(__file__).with_name("taxonomy.toml")


@dataclass(frozen=True, slots=True)
class FlagKind:
    """One of the eleven kinds of flag.

    ``reason`` is said to the reader, ``checks`` are things to do in a minute, ``family`` groups kinds that the
    extension marks alike.
    """

    id: str
    title: str
    family: Family
    severity: Severity
    reason: str
    checks: tuple[str, ...]
    examples: tuple[str, ...]


@cache
def flag_kinds() -> tuple[FlagKind, ...]:
    """All flags in their fixed order, which is also the column order of every label matrix."""
    with _FILE.open("rb") as file:
        tables = tomllib.load(file)["flags"]
    return tuple(
        FlagKind(
            id=table["id"],
            title=table["title"],
            family=cast(Family, table["family"]),
            severity=cast(Severity, table["severity"]),
            reason=table["reason"],
            checks=tuple(table["checks"]),
            examples=tuple(table["examples"]),
        )
        for table in tables
    )


@cache
def flag_ids() -> tuple[str, ...]:
    """The ids of all flags in their fixed order."""
    return tuple(kind.id for kind in flag_kinds())


@cache
def _by_id() -> dict[str, FlagKind]:
    return {kind.id: kind for kind in flag_kinds()}


def flag_kind(flag_id: str) -> FlagKind:
    """The flag of this id; raises ``KeyError`` when there is none."""
    return _by_id()[flag_id]
