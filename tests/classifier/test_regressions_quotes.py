"""Quotations that were read wrongly, or without end, once."""

from __future__ import annotations

from classifier.document import Block
from classifier.quotes import find_quotations
from tests.classifier.test_quotes import quotes


def test_single_marks_that_never_close_end() -> None:
    """With a scan to the end for each mark this took minutes."""
    assert find_quotations(Block("b", "p", "‘a " * 50_000)) == []


def test_an_attribution_on_a_line_of_its_own() -> None:
    assert quotes("It gave me my life back\n— Sarah, 34", "blockquote") == ["It gave me my life back"]
