"""Links that can carry no claim change nothing: a page cannot link its hype away, and a page of links is not hype."""

from __future__ import annotations

from dataclasses import replace
from itertools import cycle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier import Block, Detector, Document, Link
from classifier.dense import dense_row
from classifier.labels import LabelledPage
from classifier.sentences import split_document
from classifier.sourcing import Carry, judge_link
from classifier.views import view_document
from classifier.words import WORD

PAGE = "https://www.calm-harbour.example/blog/roots"
EMPTY = (
    "/",
    "/shop/calm-root",
    "/tag/gut-health",
    "/blog/what-we-think",
    "https://calm-harbour.example/about",
    "https://www.instagram.com/calm.harbour",
    "https://www.amazon.com/dp/B000000000?tag=calm-20",
    "https://elsewhere.example/shop/kit",
    "https://elsewhere.example",
    "mailto:hello@calm-harbour.example",
)
CLAIMS = (
    "Our root blend reverses arthritis in a week and has no side effects.",
    "The sweets are sold at the counter, beside the stamps.",
    "Doctors recommend it, and what they do not want you to know is that it melts tumours.",
)


def linked(document: Document, every: int, hrefs: tuple[str, ...] = EMPTY) -> Document:
    """Each ``every``-th word of a document as a link to an address that carries nothing."""
    addresses = cycle(hrefs)

    def block_of(block: Block) -> Block:
        taken = [range(link.start, link.end) for link in block.links]
        spans = [word.span() for word in list(WORD.finditer(block.text))[::every]]
        free = [(start, end) for start, end in spans if not any(start in one or end - 1 in one for one in taken)]
        added = [Link(start, end, next(addresses)) for start, end in free]
        return replace(block, links=tuple(sorted((*block.links, *added), key=lambda link: link.start)))

    return replace(document, blocks=tuple(map(block_of, document.blocks)))


@pytest.mark.parametrize("href", EMPTY)
def test_the_links_of_these_tests_carry_nothing(href: str) -> None:
    assert judge_link(Link(0, 4, href), "root", page_url=PAGE) is Carry.NOTHING


@pytest.mark.parametrize("every", [1, 3, 10])
def test_reports_are_the_same_with_empty_links(detector: Detector, seeds: dict[str, LabelledPage], every: int) -> None:
    # An entry in a list of references is worth what it links to: that page stays out.
    for name in ("seed-000", "seed-001", "seed-002"):
        document = replace(seeds[name].document, url=PAGE)
        assert detector.analyze(linked(document, every)).flags == detector.analyze(document).flags


def test_hype_is_flagged_under_links(detector: Detector) -> None:
    document = Document(tuple(Block(f"b{place}", "p", text) for place, text in enumerate(CLAIMS)), PAGE, lang="en")
    assert {flag.block for flag in detector.analyze(linked(document, 2)).flags} == {"b0", "b2"}


@given(
    st.lists(st.sampled_from(CLAIMS), min_size=1, max_size=4),
    st.lists(st.sampled_from(EMPTY), min_size=1),
    st.integers(1, 9),
)
def test_features_are_the_same_with_empty_links(texts: list[str], hrefs: list[str], every: int) -> None:
    plain = Document(tuple(Block(f"b{place}", "p", text) for place, text in enumerate(texts)), PAGE)
    rows = [
        [dense_row(view) for view in view_document(document, split_document(document))]
        for document in (plain, linked(plain, every, tuple(hrefs)))
    ]
    assert rows[0] == rows[1]


def test_a_marker_that_leads_nowhere_changes_nothing() -> None:
    text = "Our root blend reverses arthritis in a week [4]."
    rows = []
    for links in ((), (Link(44, 47, "#ref-4", resolved=False),)):
        document = Document((Block("b", "p", text, links=links),), PAGE)
        rows += [dense_row(view) for view in view_document(document, split_document(document))]
    assert rows[0] == rows[1]
