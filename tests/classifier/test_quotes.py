"""Quotations: which marks open and close one, how many words it holds, who is named behind it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.document import Block, BlockKind
from classifier.quotes import Quotation, find_quotations, has_dash_attribution, is_title


def quotes(text: str, kind: BlockKind = "p") -> list[str]:
    return [text[quote.start : quote.end] for quote in find_quotations(Block("b", kind, text))]


@pytest.mark.parametrize(
    "quoted",
    [
        '"it grows your brain"',
        "“it grows your brain”",
        "„das tut dir gut“",
        "«c’est bon pour toi»",
        "‹c’est bon pour toi›",
        "»das tut dir gut«",
        "›das tut dir gut‹",
        "'it grows your brain'",
        "‘it grows your brain’",
        "“he said ‘it is good’ to me”",
        "“Lion’s Mane is growing your brain while you’re using it.”",
        "'don't give up on it'",
        "‘I don’t give up on it’",
        "‘It is the patients’ choice,’",
        "\"It's the patients' choice,\"",
        "“It heals.\nIt really does,”",
    ],
)
def test_one_quotation_between_other_words(quoted: str) -> None:
    assert quotes(f"She said {quoted} and left.") == [quoted]
    assert quotes(f"({quoted})") == [quoted]
    assert quotes(quoted) == [quoted]


@pytest.mark.parametrize(
    "text",
    [
        "the patients’ notes and the doctors’ rooms",
        "the patients' notes and the doctors' rooms",
        "He doesn't say it's Paul's.",
        "She is 5'10\" tall and he is 6'1\" tall.",
        'A 12" pipe and a 14" pipe.',
        'A 6"x4" card.',
        '"It never closes here',
        "back in the '90s and the '80s",
        "no marks at all",
        "",
    ],
)
def test_no_quotation(text: str) -> None:
    assert quotes(text) == []


def test_several_quotations_stand_in_order() -> None:
    assert quotes('"One," he said. “Two,” said she, ‘three’.') == ['"One,"', "“Two,”", "‘three’"]
    assert quotes('A 5\'10" man said "it is good for me".') == ['"it is good for me"']


def test_a_curly_quotation_may_go_on_in_the_next_paragraph() -> None:
    assert quotes("He said: “It never closes here.") == ["“It never closes here."]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("It gave me my life back. — Sarah", "It gave me my life back."),
        ("It gave me my life back! - Sarah, 34", "It gave me my life back!"),
        ("“It gave me my life back.” — Sarah", "“It gave me my life back.”"),
        ("It gave me my life back - and more besides", "It gave me my life back - and more besides"),
        ('He called it "nuts" and it worked for me', 'He called it "nuts" and it worked for me'),
    ],
)
def test_a_block_quote_is_a_quotation_without_its_attribution(text: str, quoted: str) -> None:
    assert quotes(text, "blockquote") == [quoted]


def test_an_empty_block_quote_quotes_nothing() -> None:
    assert quotes("", "blockquote") == quotes("— —", "blockquote") == []


@pytest.mark.parametrize(("text", "words"), [("“a b c”", 3), ("“don’t stop, it’s good”", 4), ("“5-HT 100%”", 3)])
def test_words_are_counted(text: str, words: int) -> None:
    assert find_quotations(Block("b", "p", text)) == [Quotation(0, len(text), words)]


def test_an_element_is_told_from_marks() -> None:
    assert find_quotations(Block("b", "blockquote", "It is good for me"))[0].is_element
    assert not find_quotations(Block("b", "blockquote", "“It is good for me”"))[0].is_element


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“The Spice Mind”", True),
        ("“Of Mice and Men”", True),
        ("“Healing Is Real.”", False),
        ("“It is good for me”", False),
    ],
)
def test_titles(text: str, expected: bool) -> None:
    assert is_title(text, Quotation(0, len(text), 3)) is expected


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (" - Carl Rogers", True),
        (" — Dr. Lund", True),
        ("–Rogers", True),
        (" - and then he left", False),
        (" said Rogers", False),
    ],
)
def test_dash_attribution(after: str, expected: bool) -> None:
    text = "“Then I can change.”"
    assert has_dash_attribution(text + after, Quotation(0, len(text), 4)) is expected


@given(st.text(alphabet="ab \n.'\"“”‘’„«»‹›-—5"), st.sampled_from(["p", "blockquote"]))
def test_quotations_lie_in_the_text_in_order_and_apart(text: str, kind: BlockKind) -> None:
    last = 0
    for quote in find_quotations(Block("b", kind, text)):
        assert last <= quote.start < quote.end <= len(text)
        last = quote.end
