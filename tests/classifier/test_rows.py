"""What one line of ``pinch score`` may hold."""

from __future__ import annotations

from typing import Any

import pytest

from classifier.document import Link
from classifier.errors import InputError
from classifier.rows import document_of, parse_row


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("{broken", "not-json"),
        ("", "not-json"),
        ("[" * 100_000, "not-json"),
        ("[]", "not-an-object"),
        ("5", "not-an-object"),
        ('"x"', "not-an-object"),
        ("null", "not-an-object"),
    ],
)
def test_lines_that_are_no_object(line: str, code: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_row(line)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("row", "where"),
    [
        ({"text": 5}, "'text'"),
        ({"text": ["SECRET"]}, "'text'"),
        ({"html": {}}, "'html'"),
        ({"id": 1.5, "text": "x"}, "'id"),
        ({"id": True, "text": "x"}, "'id"),
        ({"text": "x", "url": 7}, "'url'"),
        ({"blocks": "SECRET"}, "'blocks'"),
        ({"blocks": [{"kind": "p"}]}, "'blocks.0.text'"),
        ({"blocks": [{"text": "x", "kind": "SECRET"}]}, "'blocks.0.kind'"),
        ({"blocks": [{"text": "x", "links": [{"start": -1, "end": 1, "href": "/"}]}]}, "'blocks.0.links.0.start'"),
        ({"blocks": [{"text": "x", "links": [{"start": "0", "end": 1, "href": "/"}]}]}, "'blocks.0.links.0.start'"),
        ({"blocks": [{"text": ""}] * 20_001}, "'blocks'"),
        ({}, "has 0"),
        ({"text": None}, "has 0"),
        ({"text": "SECRET", "html": "SECRET"}, "has 2"),
    ],
)
def test_a_wrong_row_is_refused_by_the_key_and_not_by_what_it_held(row: dict[str, Any], where: str) -> None:
    with pytest.raises(InputError) as caught:
        document_of(row)
    assert where in str(caught.value)
    assert "SECRET" not in str(caught.value)
    assert caught.value.code == "bad-row"


def test_text_html_and_blocks() -> None:
    about = {"url": "https://a.b/c", "title": "T", "lang": "en", "author": "passed over"}
    for row in ({"text": "Hello."}, {"html": "<p>Hello.</p>"}, {"blocks": [{"text": "Hello."}]}):
        document = document_of({**about, **row})
        assert [(block.id, block.kind, block.text) for block in document.blocks] == [("b0", "p", "Hello.")]
        assert (document.url, document.title, document.lang, document.key) == (
            "https://a.b/c",
            "T",
            "en",
            "https://a.b/c",
        )


def test_blocks_keep_what_they_say() -> None:
    rows = [
        {
            "id": "x",
            "kind": "li",
            "text": "A study.",
            "intro": "y",
            "links": [{"start": 2, "end": 7, "href": "/s", "resolved": False}],
        }
    ]
    (block,) = document_of({"blocks": rows}).blocks
    assert (block.id, block.kind, block.intro, block.links) == ("x", "li", "y", (Link(2, 7, "/s", False),))


@pytest.mark.parametrize(("start", "end"), [(3, 3), (5, 2), (0, 99)])
def test_a_link_outside_its_text_is_passed_over(start: int, end: int) -> None:
    row = {"blocks": [{"text": "A study.", "links": [{"start": start, "end": end, "href": "/"}]}]}
    assert document_of(row).blocks[0].links == ()


@pytest.mark.parametrize(
    "line", ['{"text": "a \\ud83d b"}', '{"html": "<p>a \\ud83d b</p>"}', '{"blocks": [{"text": "a \\ud83d b"}]}']
)
def test_a_lone_surrogate_counts_as_the_replacement_character(line: str) -> None:
    assert [block.text for block in document_of(parse_row(line)).blocks] == ["a \ufffd b"]
