"""Whose addresses a card may cite, read from ``publishers.toml``.

A list of hosts that are allowed is the only sure way to keep mirrors and reposts out: there is no end of those.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Literal, cast
from urllib.parse import urlsplit

Kind = Literal["official", "journal", "other"]
PRIMARY: frozenset[Kind] = frozenset({"official", "journal"})

_FILE = Path(__file__).with_name("publishers.toml")


@cache
def _kinds() -> dict[str, Kind]:
    with _FILE.open("rb") as file:
        lists = tomllib.load(file)
    return {host: cast(Kind, kind) for kind, hosts in lists.items() for host in hosts}


def publisher_kind(url: str) -> Kind | None:
    """What kind of publisher owns this address, the longest listed host deciding; ``None`` for a host not listed.

    >>> publisher_kind("https://www.fda.gov/food"), publisher_kind("https://fda.gov.example.com/food")
    ('official', None)
    """
    labels = (urlsplit(url).hostname or "").split(".")
    for first in range(len(labels)):
        if kind := _kinds().get(".".join(labels[first:])):
            return kind
    return None
