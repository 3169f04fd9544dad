"""Sentences: exact offsets for any text, and the boundaries that a reader would set."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from classifier.document import Block, Document
from classifier.sentences import MAX_STRETCH, split_document, split_text

_PROSE = st.lists(
    st.sampled_from(
        [
            "It works",
            "Dr",
            "U.S",
            "e.g",
            "vitamin D",
            "ketamine’s",
            "“Yes",
            "no”",
            "5",
            "😀",
            "שלום",
            "a",
            "\u200b",
            "[3]",
            ".",
            ". ",
            "! ",
            "?” ",
            "… ",
            " ",
            "\n",
            "\r\n",
            "\n\n",
            "\t",
            "\u2028",
            "\u00a0",
            ": ",
            ", ",
            " — ",
            ")",
            "(",
        ]
    ),
    max_size=40,
).map("".join)


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split_text(text)]


@settings(deadline=None, max_examples=150)
@given(st.one_of(_PROSE, st.text()))
@example("No stop")
@example("x" * (MAX_STRETCH + 5) + ". It ends.")
def test_spans_are_in_order_trimmed_and_leave_no_letter_out(text: str) -> None:
    last, covered = 0, set()
    for start, end in split_text(text):
        assert last <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        covered.update(range(start, end))
        last = end
    assert {i for i, char in enumerate(text) if char.isalnum()} <= covered


@pytest.mark.parametrize(
    "parts",
    [
        ["It was approved by the U.S. FDA in 2019.", "Then it was sold."],
        ["Dr. Smith agreed.", "So did Prof. Jones of St. Mary's."],
        ["Some herbs, e.g. kava, may harm.", "Others, i.e. mint, do not."],
        ["See Fig. 2 for more.", "It shows the dose."],
        ["Smith et al. found nothing.", "We did not look."],
        ["It fell vs. placebo.", "It rose later."],
        ["Take 0.5 mg.", "Then rest."],
        ["“Does it work?” she asked.", "“No!” he said."],
        ['"It works," she said.', '"It really does."', "He nodded."],
        ["He said “It works.”", "Then he left."],
        ["It heals.", "(It really does.)", "Buy it."],
        ["Great!!!", "Buy now!!!"],
        ["It supports healing to bloom.", "Ketamine’s effect is fast."],
        ["It is ketamine’s turn.", "Lion’s Mane comes next."],
        ["She has type 1 diabetes.", "He has type 2.", "They cope."],
        ["It calms (5-HT).", "It lifts."],
        ["B12.", "It is needed."],
    ],
)
def test_boundaries(parts: list[str]) -> None:
    assert sentences(" ".join(parts)) == parts


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\n\n", " \n "])
def test_a_line_break_ends_a_sentence_unless_it_goes_on_in_small_letters(line_break: str) -> None:
    assert sentences(f"One line{line_break}Two line") == ["One line", "Two line"]
    assert len(sentences(f"One line{line_break}goes on here")) == 1


@pytest.mark.parametrize("text", ["", "   ", "...", "— • —", "\n\n", "😀"])
def test_text_without_a_letter_or_digit_has_no_sentence(text: str) -> None:
    assert sentences(text) == []


@pytest.mark.parametrize("text", ["word " * 20_000, "w" * 100_000, ". " * 20_000, "U.S. " * 20_000, "a!” b " * 10_000])
def test_a_long_stretch_without_boundaries_ends(text: str) -> None:
    spans = split_text(text)
    assert all(end - start <= MAX_STRETCH for start, end in spans) or "U.S." in text


def test_a_documents_sentences_know_their_block() -> None:
    document = Document((Block("a", "p", "One here. Two here."), Block("b", "p", "…"), Block("c", "li", " Three ")))
    found = split_document(document)
    assert [(s.block, s.text) for s in found] == [(0, "One here."), (0, "Two here."), (2, "Three")]
    assert all(document.blocks[s.block].text[s.start : s.end] == s.text for s in found)
