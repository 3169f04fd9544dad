"""Plain text as blocks, each as long as the stretch it was read from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.reading import read_text

_LONG = "This is a line that a mail program broke at seventy columns or so"

_TEXTS = st.lists(
    st.sampled_from(
        [
            "word",
            "Heading",
            "It ends.",
            _LONG,
            "- ",
            "* ",
            "1. ",
            "[2] ",
            "–",
            "> ",
            ">",
            ":",
            "😀",
            "\ud83d",
            " ",
            "\t",
            "\u00a0",
            "\n",
            "\n\n",
            "\r\n",
            "\r\n\r\n",
            "\r",
            "\u2028",
            "\u2029",
            "\x0b",
            "\x0c",
            "\x85",
        ]
    ),
    max_size=30,
).map("".join)


def kinds(text: str) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in read_text(text).blocks]


@given(st.one_of(_TEXTS, st.text()))
def test_every_block_points_at_the_words_it_was_read_from(text: str) -> None:
    last = 0
    for block in read_text(text).blocks:
        assert block.offset is not None
        assert last <= block.offset
        last = block.offset + len(block.text)
        stretch = text[block.offset : last]
        assert len(stretch) == len(block.text)
        pairs = zip(stretch, block.text, strict=True)
        assert all(a == b or (b == " " and a in ">") or a.isspace() or "\ud800" <= a <= "\udfff" for a, b in pairs)
        assert block.text.strip()


@given(st.one_of(_TEXTS, st.text()))
def test_no_letter_is_lost(text: str) -> None:
    document = read_text(text)
    read = sum(char.isalpha() for block in document.blocks for char in block.text)
    assert read == sum(char.isalpha() for char in text)
    assert [block.id for block in document.blocks] == [f"b{number}" for number in range(len(document.blocks))]


def test_paragraphs_stand_on_their_lines() -> None:
    assert kinds("Hello there.\nSecond line.") == [("p", "Hello there."), ("p", "Second line.")]
    assert kinds("Hello there.\r\n\r\nSecond line.\r\n") == [("p", "Hello there."), ("p", "Second line.")]


@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
def test_wrapped_lines_are_one_block(line_break: str) -> None:
    (block,) = read_text(f"{_LONG}{line_break}and it goes on here until it ends.").blocks
    assert block.text.split() == f"{_LONG} and it goes on here until it ends.".split()
    assert "\n" not in block.text


def test_a_wrapped_line_ends_at_an_empty_line_or_a_full_stop() -> None:
    assert len(read_text(f"{_LONG}\n\nand it goes on here until it ends.").blocks) == 2
    assert len(read_text(f"{_LONG}.\nAnother begins.").blocks) == 2


def test_nothing_is_wrapped_where_a_line_is_long() -> None:
    assert len(read_text(f"{_LONG}\nand more here.\n{'A long line. ' * 20}").blocks) == 3


@pytest.mark.parametrize("bullet", ["-", "*", "•", "–", "1.", "2)", "[3]", "  -"])
def test_items_with_the_line_that_introduces_them(bullet: str) -> None:
    document = read_text(f"Benefits:\n{bullet} one thing\n{bullet} two things\nAfter them.")
    assert [(block.kind, block.text, block.intro) for block in document.blocks] == [
        ("p", "Benefits:", None),
        ("li", "one thing", "b0"),
        ("li", "two things", "b0"),
        ("p", "After them.", None),
    ]


@pytest.mark.parametrize("bullet", ["-", "•", " – "])
def test_a_lone_dash_makes_the_next_line_an_item(bullet: str) -> None:
    assert kinds(f"Benefits:\n{bullet}\none\n\n{bullet}\ntwo") == [("p", "Benefits:"), ("li", "one"), ("li", "two")]


@pytest.mark.parametrize(
    "text", ["-5 degrees is cold.", "10.5 mg is a dose.", "2020. A year to remember.", "*emphasis* here."]
)
def test_no_item(text: str) -> None:
    assert kinds(text) == [("p", text)]


def test_quoted_lines() -> None:
    assert kinds("> it is good\n>> it is better") == [("blockquote", "it is good"), ("blockquote", "it is better")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("> one\n>\n> two", ["one", "two"]),
        ("> one\n> goes on\n> and ends.", ["one   goes on   and ends."]),
        ("> one\r\n> goes on", ["one    goes on"]),
        (">> one\n> > goes on\n> two", ["one     goes on", "two"]),
        ("> It heals.\n> — A Name", ["It heals.   — A Name"]),
        ("> Benefits:\n> * one\n> 2. two", ["Benefits:", "* one", "2. two"]),
        (
            f"> It heals.\n> It is good.\n> {_LONG}\n> {_LONG * 2}.",
            ["It heals.", "It is good.", f"{_LONG}   {_LONG * 2}."],
        ),
        (">", []),
        ("> \n>>\n", []),
    ],
)
def test_quoted_lines_that_go_on_are_one_quotation(text: str, expected: list[str]) -> None:
    assert kinds(text) == [("blockquote", words) for words in expected]


def test_a_comparison_is_no_quoted_line() -> None:
    assert kinds(">5 mg is much.") == [("p", ">5 mg is much.")]


def test_an_answer_under_a_quoted_line_is_no_part_of_it() -> None:
    assert kinds(f"> {_LONG}\nthat is not so.") == [("blockquote", _LONG), ("p", "that is not so.")]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The Magic of Mushrooms\n\nThey grow.", "h1"),
        ("Is it magic?\n\nNo.", "h1"),
        ("This is a sentence.\n\nThey grow.", "p"),
        ("in small letters\n\nThey grow.", "p"),
        ("Benefits:\n- one", "p"),
        ("The only line", "p"),
        ("A line of far too many words to be taken for a heading by any reader of it\n\nThey grow.", "p"),
    ],
)
def test_headings(text: str, kind: str) -> None:
    assert read_text(text).blocks[0].kind == kind


def test_later_headings_are_of_the_second_level() -> None:
    assert [kind for kind, _ in kinds("First\n\nIt ends.\n\nSecond\n\nIt ends.")] == ["h1", "p", "h2", "p"]


@pytest.mark.parametrize("text", ["", "  \n\t\r\n ", "-", "- "])
def test_nothing_to_read(text: str) -> None:
    assert read_text(text).blocks == ()


def test_what_the_caller_knows_is_kept() -> None:
    document = read_text("Hello.", url="https://a.b/c", title="T", lang="en")
    assert (document.url, document.title, document.lang, document.key) == ("https://a.b/c", "T", "en", "https://a.b/c")
