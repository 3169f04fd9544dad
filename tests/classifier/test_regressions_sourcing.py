"""Links and citations that were judged wrongly once."""

import pytest

from classifier.document import Block, Link
from classifier.sourcing import Carry, find_sources, judge_link

PAGE = "https://www.spice-blog.com/posts/stack"


@pytest.mark.parametrize(
    ("href", "words"), [("#top", "back to top"), ("#benefits", "Benefits"), ("#products", "our shop")]
)
def test_a_jump_within_the_page_is_no_source(href: str, words: str) -> None:
    assert judge_link(Link(0, len(words), href), words, page_url=PAGE) is Carry.NOTHING


@pytest.mark.parametrize("href", ["https://youtu.be/abc123", "https://www.facebook.com/page/posts/123"])
def test_broadcasts_more(href: str) -> None:
    assert judge_link(Link(0, 1, href), "x", page_url=PAGE) is Carry.REPORT


@pytest.mark.parametrize("text", ["It stood in The Lancet."])
def test_citations_more(text: str) -> None:
    assert find_sources(Block("b", "p", text))


@pytest.mark.parametrize(
    "text",
    [
        "It helps (Vitamin D 2000 IU daily).",
        "A family firm (Est. 1987).",
        "It heals (Copyright Acme 2024).",
        "A gift from Nature.",
        "It comes from Nature's pharmacy.",
        "Join our podcast in March.",
        "Book a meeting in May.",
    ],
)
def test_no_citation_more(text: str) -> None:
    assert find_sources(Block("b", "p", text)) == []


def test_repeated_outlets_end() -> None:
    """With backtracking this took minutes at a fifth of the length."""
    assert find_sources(Block("b", "p", "on BBC 1 " * 10_000)) == []
