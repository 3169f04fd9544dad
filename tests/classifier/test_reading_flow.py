"""Where blocks of HTML begin and end: loose text, line breaks, links around blocks, and pages of great depth."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.reading import read_html
from tests.classifier.test_reading_html import links, seen


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("text alone", ["text alone"]),
        ("<p>one</p>two", ["one", "two"]),
        ("It <b>heals</b> all.", ["It heals all."]),
        ("<a href='/x'>link</a>", ["link"]),
        ("one<p>two</p>three", ["one", "two", "three"]),
        ("<p>a<![x]]>b<![endif]>c<![ 5>d</p>", ["abcd"]),
        ("can&shy;cer <wbr>cure\u200bs", ["cancer cures"]),
    ],
)
def test_loose_text(html: str, expected: list[str]) -> None:
    assert [text for _, text in seen(html)] == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>a<br>b</p>", ["a\nb"]),
        ("<p>a<br><br>b</p>", ["a", "b"]),
        ("<p>a<br/> &nbsp; <br class='x'>\n<br>b<br>c</p>", ["a", "b\nc"]),
        ("<p><br><br>a<br><br></p><p>b</p>", ["a", "b"]),
        ("<p>a<b><br></b><br>b</p>", ["a", "b"]),
        ("<pre>a<br><br>b</pre>", ["a\n\nb"]),
        ("<pre>\n  a</pre>", ["  a"]),
        ("<ul><li>a<br><br>b</li></ul>", ["a", "b"]),
        ("<blockquote>It heals.<br><br>— A Name</blockquote>", ["It heals.\n— A Name"]),
    ],
)
def test_two_line_breaks_end_a_paragraph(html: str, expected: list[str]) -> None:
    assert [text for _, text in seen(html)] == expected


def test_a_link_around_blocks_stands_on_each() -> None:
    blocks = read_html("<a href='https://doi.org/10.1/x'><p>one</p> <p>two</p></a><p>three</p>").blocks
    href = "https://doi.org/10.1/x"
    assert [links(block) for block in blocks] == [[("one", href, True)], [("two", href, True)], []]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>word<a href='/x'><br></a>word</p>", [[]]),
        ("<p>a <a href=' '>b</a></p>", [[]]),
        ("<p>x<a href='/1'>a<br><br>b</a></p>", [["a"], ["b"]]),
        ("<p>x<br><br><a href='/1'>a</a> b</p>", [[], ["a"]]),
        ("<p>x<a href='/1'><br>a</a></p>", [["a"]]),
        ("<p><a href='/1'>a <a href='/2'>b</a> c</a> d</p>", [["a", "b"]]),
        ("<p>a <a href='/1'>b c", [["b c"]]),
    ],
)
def test_links_stand_on_words_and_never_nest(html: str, expected: list[list[str]]) -> None:
    assert [[words for words, _, _ in links(block)] for block in read_html(html).blocks] == expected


def test_an_escaped_fragment_is_resolved() -> None:
    (block,) = read_html("<p><a href='#r%C3%A9f'>a</a><i id='réf'></i></p>").blocks
    assert links(block) == [("a", "#r%C3%A9f", True)]


@pytest.mark.parametrize(
    ("html", "lang"),
    [
        ("<html lang='en_GB'><p>x", "en"),
        ("<html xml:lang='de'><p>x", "de"),
        ("<html><body lang='FR-ca'><p>x", "fr"),
        ("<html lang=''><p>x", None),
    ],
)
def test_the_pages_language(html: str, lang: str | None) -> None:
    assert read_html(html).lang == lang


@pytest.mark.parametrize("markup", ["<div>", "<b>", "<a href='/x'>", "<blockquote>", "<div class='menu'>"])
def test_great_depth_is_read(markup: str) -> None:
    assert read_html(markup * 3000 + "deep").blocks[-1].text.endswith("deep")


def test_a_thousand_links_and_headers_take_no_time() -> None:
    assert read_html("<div>" * 5000 + "<header>x</header>" * 5000).blocks == ()
    (block,) = read_html("<p>" + "<a href='/x'>w</a> " * 20_000).blocks
    assert len(block.links) == 20_000


_PIECES = [
    "<br>",
    "<br> <br>",
    "<a href='/x'>",
    "</a>",
    "<p>",
    "</p>",
    "<pre>",
    "<blockquote>",
    "<footer>",
    "<![x",
    ">",
]


@settings(deadline=None)
@given(st.lists(st.sampled_from([*_PIECES, "word", " ", "\n", "— A", "&shy;"]), max_size=30).map("".join))
def test_links_hold_words_in_order(html: str) -> None:
    for block in read_html(html).blocks:
        last = 0
        for link in block.links:
            assert last <= link.start < link.end <= len(block.text)
            assert block.text[link.start : link.end].strip() == block.text[link.start : link.end]
            last = link.end
