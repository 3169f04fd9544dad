"""What must hold of any reading, whatever was read: every place lies where it says, in its own text."""

from __future__ import annotations

from collections.abc import Sequence

from classifier.document import Block, Document, Sentence
from classifier.offsets import replace_surrogates
from classifier.quotes import find_quotations
from classifier.reference_list import find_entries
from classifier.sentences import split_document
from classifier.views import SentenceView, view_document

_OPENING = "\"'“„«‘‚‹»›"


def check_reading(document: Document, given: str | None = None) -> list[SentenceView]:
    """Read a document to the end, and hold all that has a place to its text. ``given``: the plain text it came from."""
    assert len({block.id for block in document.blocks}) == len(document.blocks)
    for number, element in enumerate(document.elements):
        assert element.parent is None or 0 <= element.parent < number
    for block in document.blocks:
        _check_block(block, document)
        if given is not None:
            _check_source(block, replace_surrogates(given))
    sentences = split_document(document)
    _check_sentences(document, sentences)
    for entry in find_entries(document):
        assert entry.text in document.blocks[entry.block].text
    views = view_document(document, sentences)
    assert [view.sentence for view in views] == sentences
    for view in views:
        _check_view(view)
    return views


def _check_block(block: Block, document: Document) -> None:
    text = block.text
    assert text == replace_surrogates(text)
    assert block.element is None or 0 <= block.element < len(document.elements)
    for link in block.links:
        assert 0 <= link.start < link.end <= len(text)
        assert text[link.start : link.end].strip() == text[link.start : link.end]
    behind = 0
    for quotation in find_quotations(block):
        assert behind <= quotation.start < quotation.end <= len(text)
        assert quotation.is_element or text[quotation.start] in _OPENING
        behind = quotation.end


def _check_source(block: Block, given: str) -> None:
    """A plain text's block is the stretch it was read from, with blanks for line breaks and quoting marks."""
    assert block.offset is not None
    stretch = given[block.offset : block.offset + len(block.text)]
    assert len(stretch) == len(block.text)
    assert all(shown in (there, " ") for shown, there in zip(block.text, stretch, strict=True))


def _check_sentences(document: Document, sentences: Sequence[Sentence]) -> None:
    behind = (0, 0)
    for sentence in sentences:
        assert behind <= (sentence.block, sentence.start) < (sentence.block, sentence.end)
        assert sentence.text == document.blocks[sentence.block].text[sentence.start : sentence.end]
        assert sentence.text
        assert sentence.text == sentence.text.strip()
        behind = (sentence.block, sentence.end)


def _check_view(view: SentenceView) -> None:
    text, sentence = view.around.block.text, view.sentence
    for match in view.matches:
        assert 0 <= match.start < match.end <= len(view.plain)
        start, end = view.span_in_block(match.start, match.end)
        assert sentence.start <= start < end <= sentence.end
    for mark in view.around.sources:
        assert 0 <= mark.start < mark.end <= len(text)
    for quoted in view.quoted:
        assert quoted.quotation.start < sentence.end
        assert quoted.quotation.end > sentence.start
        assert 0 <= quoted.quotation.start < quoted.quotation.end <= len(text)
