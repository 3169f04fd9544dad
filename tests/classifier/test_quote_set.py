"""The measured quotations: each is found with its exact words, and its source is seen where it stands."""

from __future__ import annotations

import pytest

from classifier.document import Document, Span
from classifier.quoted import Quoted
from classifier.sentences import split_document
from classifier.views import view_document
from tests.quote_set import QuotePage, places_of, read_quote_pages

PAGES = read_quote_pages()
MARKS = "\"'“”„«»‘’‚‹› "


def quoted_of(document: Document) -> dict[int, tuple[Quoted, ...]]:
    """The quotations of each block."""
    views = view_document(document, split_document(document))
    return {view.sentence.block: view.around.quoted for view in views}


def inner(text: str, quoted: Quoted) -> Span:
    """Where the words within the marks stand."""
    start, end = quoted.quotation.start, quoted.quotation.end
    words = text[start:end]
    return Span(start + len(words) - len(words.lstrip(MARKS)), end - len(words) + len(words.rstrip(MARKS)))


def test_the_set_is_large_and_even() -> None:
    labels = [quote.label for page in PAGES for quote in page.quotes]
    assert len(labels) >= 300
    assert 0.4 <= labels.count("U") / len(labels) <= 0.6
    assert len({page.id for page in PAGES}) == len(PAGES)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.id)
def test_each_quotation_is_found_and_its_source_is_placed(page: QuotePage) -> None:
    document = page.document()
    rows = quoted_of(document)
    for quote, parts in zip(page.quotes, places_of(page, document), strict=True):
        found = []
        for block, span in parts:
            text = document.blocks[block].text
            found += [q for q in rows.get(block, ()) if inner(text, q) == inner_span(text, span)]
        assert len(found) == len(parts), f"not found: {quote.parts}"
        assert len({q.begins for q in found}) == 1, f"not one quotation: {quote.parts}"
        assert {q.place for q in found} == {quote.place}, f"source: {quote.parts}"


def inner_span(text: str, span: Span) -> Span:
    """A span without marks at its ends, which may be those of a quotation within."""
    words = text[span.start : span.end]
    return Span(span.start + len(words) - len(words.lstrip(MARKS)), span.end - len(words) + len(words.rstrip(MARKS)))
