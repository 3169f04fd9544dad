"""Two things that do not go together are told of when they meet, and only then."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from classifier.document import Block, Document
from server.context import Card
from server.context.combinations import LAST_WORDS, check_combinations, combination_notices, combinations

CASES = Path(__file__).with_name("combinations.jsonl")
TITLES = {row.title: row.id for row in combinations()}


def cases() -> list[dict[str, Any]]:
    return [json.loads(line) for line in CASES.read_text("utf-8").splitlines()]


def test_the_file_has_no_faults(cards: dict[str, Card]) -> None:
    assert not list(check_combinations(cards))


def test_each_combination_has_cases_of_both_kinds() -> None:
    seen = {(case["combination"], case["meets"]) for case in cases()}
    assert seen >= {(row.id, meets) for row in combinations() for meets in (True, False)}


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case['combination']}-{case['meets']}")
def test_every_case(case: dict[str, Any], cards: dict[str, Card]) -> None:
    kind = case.get("kind", "p")
    document = Document(tuple(Block(f"b{at}", kind, text) for at, text in enumerate(case["blocks"])))
    found = [TITLES[notice.title] for notice in combination_notices(document, cards)]
    assert (case["combination"] in found) is case["meets"]


def test_a_notice_names_its_blocks_and_ends_with_whom_to_ask(cards: dict[str, Card]) -> None:
    blocks = (Block("b0", "p", "Hello."), Block("b1", "p", "Grapefruit goes with my simvastatin."))
    (notice,) = combination_notices(Document(blocks), cards)
    assert notice.blocks == ("b1",)
    assert notice.text.endswith(LAST_WORDS)
    assert all(link.href.startswith("https://") for link in notice.links)
