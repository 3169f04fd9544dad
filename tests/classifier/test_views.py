"""A sentence's surroundings: headings, introducing line, references, quotations, page."""

from __future__ import annotations

import pytest

from classifier.document import Block, Document, Link
from classifier.sentences import split_document
from classifier.views import SentenceView, view_document
from tests.classifier.conftest import ViewOf


def views(*blocks: tuple[str, str], url: str | None = None) -> list[SentenceView]:
    document = Document(tuple(Block(f"b{i}", kind, text) for i, (kind, text) in enumerate(blocks)), url)  # type: ignore[arg-type]
    return view_document(document, split_document(document))


def test_the_trail_holds_the_headings_above_from_the_outermost_in() -> None:
    seen = views(("h1", "A"), ("h3", "B"), ("p", "one"), ("h2", "C"), ("p", "two"), ("h2", "D"), ("p", "three"))
    assert [(view.text, view.around.trail) for view in seen] == [
        ("A", ()),
        ("B", ("A",)),
        ("one", ("A", "B")),
        ("C", ("A",)),
        ("two", ("A", "C")),
        ("D", ("A",)),
        ("three", ("A", "D")),
    ]


def test_the_introducing_line_is_found_by_its_id_and_an_unknown_one_is_none(view_of: ViewOf) -> None:
    above = (Block("i", "p", "Benefits:"),)
    assert view_of("one", above=above, kind="li", intro="i").around.intro == "Benefits:"
    assert view_of("one", above=above, kind="li", intro="elsewhere").around.intro == ""
    assert view_of("one", above=above).around.intro == ""


@pytest.mark.parametrize("heading", ["References", "SOURCES:", "Further reading", "## Bibliography"])
def test_references_begin_at_their_heading_and_end_at_the_next(heading: str) -> None:
    seen = views(("p", "Before"), ("h2", heading), ("li", "Smith 2019"), ("p", "Jones"), ("h2", "After"), ("p", "More"))
    assert [view.around.is_reference for view in seen] == [False, True, True, True, False, False]


def test_a_reference_heading_may_be_a_paragraph_but_not_a_part_of_one() -> None:
    assert [view.around.is_reference for view in views(("p", "References"), ("p", "Smith"))] == [True, True]
    assert not any(view.around.is_reference for view in views(("p", "References are below."), ("p", "Smith")))


def test_a_sentence_sees_the_quotations_that_touch_it() -> None:
    seen = views(("p", "He left. “You are not alone. You are connected.” She said “yes” too."))
    assert [len(view.quotations) for view in seen] == [0, 1, 1, 1]
    assert seen[1].quotations == seen[2].quotations


def test_the_page_counts_sources_and_knows_a_shop() -> None:
    block = Block("b", "p", "A study here.", links=(Link(2, 7, "https://doi.org/10.1/x"), Link(8, 12, "/shop/x")))
    document = Document((block,), url="https://spice.com/shop/stack")
    (view,) = view_document(document, split_document(document))
    assert (view.page.records, view.page.sells) == (1, True)
    assert views(("p", "Hello there"), url="https://spice.com/post")[0].page.sells is False


def test_words_are_plain_and_numbered() -> None:
    seen = views(("p", "It’s GOOD. It’s Fine."))
    assert [(view.plain, view.number) for view in seen] == [("it's good.", 0), ("it's fine.", 1)]
    assert seen[0].has("miracle") is False
