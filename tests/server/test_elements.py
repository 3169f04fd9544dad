"""Blocks with their elements: the server reads the main text of them, and says no to places that name none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from classifier.document import NAME_LIMIT

Analyze = Callable[..., Any]
STORY = "The tea is a miracle for all who drink it each morning, and it costs no more than a loaf of bread."
ELEMENTS: list[dict[str, Any]] = [
    {"tag": "body", "parent": None},
    {"tag": "nav", "parent": 0, "class": "menu", "id": "top", "role": "navigation", "hidden": False},
    {"tag": "article", "parent": 0},
    {"tag": "P", "parent": 2},
    {"tag": "div", "parent": 0, "class": "comments-area"},
    {"tag": "p", "parent": 4.0},
]
BLOCKS: list[dict[str, Any]] = [
    {"id": "m", "kind": "p", "text": "A miracle of a menu.", "element": 1},
    {"id": "s", "kind": "p", "text": STORY, "element": 3},
    {"id": "c", "kind": "p", "text": "It was a miracle for my mother too.", "element": 5},
]


def test_only_the_main_text_is_read(analyze: Analyze) -> None:
    answer = analyze(blocks=BLOCKS, elements=ELEMENTS).json
    assert answer["main_text"] == ["s", "c"]
    assert [flag["block"] for flag in answer["flags"]] == ["s", "c"]
    assert answer["sentences"] == 2
    assert answer["blocks"] is None


def test_without_elements_everything_is_read(analyze: Analyze) -> None:
    plain = [{key: value for key, value in block.items() if key != "element"} for block in BLOCKS]
    answer = analyze(blocks=plain).json
    assert "main_text" not in answer
    assert answer["sentences"] == 3
    assert analyze(blocks=plain, elements=ELEMENTS).json["main_text"] == ["m", "s", "c"]
    assert "main_text" not in analyze(blocks=plain, elements=[]).json


def test_a_page_of_menus_alone_has_no_main_text(analyze: Analyze) -> None:
    answer = analyze(blocks=BLOCKS[:1], elements=ELEMENTS)
    assert answer.status_code == 200
    assert answer.json["main_text"] == []
    assert answer.json["sentences"] == 0


@pytest.mark.parametrize(
    ("element", "code", "place"),
    [
        ({"tag": "p", "parent": 1}, "bad-element", "elements[1].parent"),
        ({"tag": "p", "parent": 7}, "bad-element", "elements[1].parent"),
        ({"tag": "p"}, "bad-element", "elements[1].parent"),
        ({"tag": "p", "parent": -1}, "bad-request", "elements[1].parent"),
        ({"tag": "p", "parent": 0.5}, "bad-request", "elements[1].parent"),
        ({"tag": "", "parent": 0}, "bad-request", "elements[1].tag"),
        ({"tag": "p", "parent": 0, "style": ""}, "bad-request", "elements[1]"),
        ({"tag": "p", "parent": 0, "class": "x" * (NAME_LIMIT + 1)}, "bad-request", "elements[1].class"),
        ({"parent": 0}, "bad-request", "elements[1].tag"),
    ],
)
def test_a_bad_element_is_refused(analyze: Analyze, element: dict[str, Any], code: str, place: str) -> None:
    answer = analyze(blocks=BLOCKS[:1], elements=[{"tag": "body"}, element])
    assert answer.status_code == 422
    assert answer.json["error"]["code"] == code
    assert place in answer.json["error"]["message"]


@pytest.mark.parametrize("elements", [None, [], ELEMENTS[:1]])
def test_a_block_in_no_element_is_refused(analyze: Analyze, elements: Any) -> None:
    answer = analyze(blocks=BLOCKS, elements=elements)
    assert (answer.status_code, answer.json["error"]["code"]) == (422, "bad-element")
    assert "blocks[0].element" in answer.json["error"]["message"]


def test_elements_without_blocks_are_refused(analyze: Analyze) -> None:
    answer = analyze(text=STORY, elements=ELEMENTS)
    assert (answer.status_code, answer.json["error"]["code"]) == (422, "bad-element")
