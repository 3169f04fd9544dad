"""The guide to writing cards is true: its example loads and passes the check, and it names every key."""

from __future__ import annotations

import re
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import get_args

import pytest

from server.context.cards import RISKS, AmbiguousAlias, Card, Fact, Group, LegalFact, Reading, Source, parse_card
from server.context.check import LONGEST_FACT, LONGEST_SENTENCE, LONGEST_TITLE, check_card
from server.context.commands import context

GUIDE = Path(__file__).parents[3] / "docs" / "context-cards.md"


@pytest.fixture(scope="module")
def guide() -> str:
    return GUIDE.read_text("utf-8")


def test_example_is_a_card_without_problems(guide: str) -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", guide, re.DOTALL)
    card = parse_card(example, name="docs/context-cards.md")
    assert check_card(card, today=date(2026, 11, 20)) == []


def test_example_uses_and_guide_names_every_key(guide: str) -> None:
    shapes = (Card, Fact, LegalFact, Source, AmbiguousAlias)
    keys = {field.name for shape in shapes for field in fields(shape)}
    assert {key for key in keys if not re.search(rf"\b{key}\b", guide)} == set()


def test_guide_names_every_allowed_word(guide: str) -> None:
    words = {*get_args(Group), *RISKS, *get_args(Reading)}
    assert {word for word in words if f"`{word}`" not in guide} == set()


def test_guide_gives_the_limits_that_hold(guide: str) -> None:
    assert f"{LONGEST_FACT} characters" in guide
    assert f"{LONGEST_SENTENCE} words" in guide
    assert f"{LONGEST_TITLE} characters" in guide


def test_guide_names_every_command(guide: str) -> None:
    assert {name for name in context.commands if f"pinch context {name}" not in guide} == set()
