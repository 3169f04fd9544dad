"""JSONL rows put back together as the pages they came from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from classifier.errors import LabelError
from classifier.label_rows import read_jsonl
from classifier.labels import LabelledPage


def read(tmp_path: Path, *rows: dict[str, Any] | str) -> list[LabelledPage]:
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows), "utf-8")
    return read_jsonl(path)


def row(text: str, **other: Any) -> dict[str, Any]:
    return {"page": "a", "text": text, "flags": [], **other}


def test_rows_that_name_each_other_stood_in_one_block(tmp_path: Path) -> None:
    (page,) = read(
        tmp_path,
        row("One is here.", i=0, context="One is here. Two is here.", flags=["miracle"], contested=["scare"]),
        row("Two is here.", i=1, context="One is here. Two is here."),
        row("Three is alone.", i=2),
    )
    assert [block.text for block in page.document.blocks] == ["One is here. Two is here.", "Three is alone."]
    assert [(s.sentence.block, s.sentence.start, s.sentence.end) for s in page.sentences] == [
        (0, 0, 12),
        (0, 13, 25),
        (1, 0, 15),
    ]
    assert (page.sentences[0].flags, page.sentences[0].contested) == ({"miracle"}, {"scare"})


def test_every_sentence_stands_where_it_says(tmp_path: Path) -> None:
    (page,) = read(
        tmp_path,
        row("Benefits", kind="h2", i=0),
        row("It heals.", context="It was found there. It heals.", i=1),
        row("one", kind="li", context="It does:", i=2),
        row("two", kind="li", context="It does:", i=3),
        row("An end.", context="Benefits", i=4),
    )
    for sentence in page.sentences:
        block = page.document.blocks[sentence.sentence.block]
        assert block.text[sentence.sentence.start : sentence.sentence.end] == sentence.sentence.text
    assert "It was found there." in page.document.blocks[1].text
    assert [block.id for block in page.document.blocks] == [f"b{n}" for n in range(len(page.document.blocks))]


def test_items_share_the_line_that_introduces_them(tmp_path: Path) -> None:
    (page,) = read(tmp_path, *(row(text, kind="li", context="It does:") for text in ("one", "two")))
    assert [(b.kind, b.text, b.intro) for b in page.document.blocks] == [
        ("p", "It does:", None),
        ("li", "one", "b0"),
        ("li", "two", "b0"),
    ]


def test_a_heading_in_the_context_stands_above_once(tmp_path: Path) -> None:
    (page,) = read(tmp_path, row("One.", context="Benefits"), row("Two.", context="Benefits"))
    assert [(b.kind, b.text) for b in page.document.blocks] == [("h3", "Benefits"), ("p", "One."), ("p", "Two.")]


def test_links_stand_on_their_words(tmp_path: Path) -> None:
    links = [
        {"text": "study", "href": "/x"},
        {"text": "[9]", "href": "#9", "resolved": False},
        {"text": "gone", "href": "/"},
    ]
    (page,) = read(tmp_path, row("A study.[9]", links=links))
    block = page.document.blocks[0]
    assert [(block.text[link.start : link.end], link.href, link.resolved) for link in block.links] == [
        ("study", "/x", True),
        ("[9]", "#9", False),
    ]


def test_pages_keep_their_order_and_rows_their_number(tmp_path: Path) -> None:
    first, second = read(tmp_path, row("B.", page=7, i=1), "", row("C.", page="z"), row("A.", page=7, i=0))
    assert (first.id, second.id) == ("7", "z")
    assert [sentence.sentence.text for sentence in first.sentences] == ["A.", "B."]
    assert first.source == first.document.key == "7"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{broken", "wants page, text and flags"),
        ("[1]", "wants page, text and flags"),
        ('{"page": "a", "text": "x"}', "wants page, text and flags"),
        ('{"page": "a", "flags": []}', "wants page, text and flags"),
        ('{"page": "a", "text": "x", "flags": ["wonder"]}', "not as expected"),
        ('{"page": "a", "text": "x", "flags": [], "contested": ["wonder"]}', "not as expected"),
        ('{"page": "a", "text": " ", "flags": []}', "not as expected"),
        ('{"page": "a", "text": 5, "flags": []}', "not as expected"),
    ],
)
def test_a_row_of_another_shape_is_named(tmp_path: Path, line: str, words: str) -> None:
    with pytest.raises(LabelError, match=words) as caught:
        read(tmp_path, row("One."), line)
    assert caught.value.message.startswith("rows.jsonl:2: ")
