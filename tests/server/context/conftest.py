"""Cards, one-block pages and passages for the tests of the context room."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from classifier.document import Block, Document, Flag, ModelId, Quote, Report
from server.context import Card, load_cards

PASSAGES = Path(__file__).with_name("passages.jsonl")
LATER_PASSAGES = Path(__file__).with_name("passages_later.jsonl")


@dataclass(frozen=True, slots=True)
class Passage:
    """A short text, the title of its page and the topics that belong beside it."""

    text: str
    title: str
    topics: frozenset[str]


def read_passages(path: Path = PASSAGES) -> list[Passage]:
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [Passage(row["text"], row["title"], frozenset(row["topics"])) for row in rows]


def flag_on(block: Block, start: int, end: int, *, id: str = "f1") -> Flag:
    """A flag on a stretch of a block; its kind plays no part in matching."""
    return Flag(id, "miracle", block.id, start, end, Quote(block.text[start:end], "", ""), 0.9, "high")


def report_of(document: Document, *flags: Flag) -> Report:
    return Report(ModelId("test", "0" * 64), document, "checked", None, "en", 1, flags)


@pytest.fixture(scope="session")
def cards() -> dict[str, Card]:
    return load_cards()


@pytest.fixture
def card_text() -> Callable[..., str]:
    """The TOML of a small card without faults; a test replaces what it wants to break."""

    def make(*changes: tuple[str, str]) -> str:
        text = _CARD
        for old, new in changes:
            assert old in text, f"the test's card has no {old!r}"
            text = text.replace(old, new)
        return text

    return make


_CARD = """\
id = "sample"
title = "A sample"
group = "supplements"
risk = "low"
checked_on = 2026-11-20
review_by = 2027-11-20
aliases = ["sample root"]
known = [{ text = "It has not been shown to help.", sources = [1] }]
legal = [{ place = "Nowhere", checked_on = 2026-11-20, text = "It is sold as food.", sources = [2] }]

[[ambiguous]]
name = "sample"
neighbours = ["root", "herb"]

[[sources]]
n = 1
publisher = "A health body"
title = "Sample root"
url = "https://www.nccih.nih.gov/health/sample"
year = 2024

[[sources]]
n = 2
publisher = "A charity"
title = "Sample root and the law"
url = "https://www.alzdiscovery.org/sample"
"""
