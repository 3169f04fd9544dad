"""What long fuzzing stands on: its checks find what is wrong, and its seeds are there and can be read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from classifier.document import Block, Document, Element, Link
from classifier.reading import read_text
from tests.soak.exact import check_reading
from tests.soak.forms import FORMS, document_of, read, run, seeds
from tests.soak.limits import TooSlowError, within

_TEXT = 'The nurse said, "Drink a glass before bed and one at noon." Nobody did.'


@pytest.mark.parametrize(
    "spoil",
    [
        lambda block: replace(block, links=(Link(3, len(block.text) + 1, "/x"),)),
        lambda block: replace(block, links=(Link(3, 3, "/x"),)),
        lambda block: replace(block, element=4),
        lambda block: replace(block, text="\ud83d lone"),
    ],
)
def test_a_wrong_place_is_found(spoil: Callable[[Block], Block]) -> None:
    block = Block("b0", "p", _TEXT)
    assert len(check_reading(Document((block,), lang="en"))) == 2
    with pytest.raises(AssertionError):
        check_reading(Document((spoil(block),), lang="en"))


def test_an_offset_into_another_place_of_the_text_is_found() -> None:
    document = read_text(f"Heading\n\n{_TEXT}")
    check_reading(document, f"Heading\n\n{_TEXT}")
    with pytest.raises(AssertionError):
        check_reading(document, f"Heading!\n\n{_TEXT}")


def test_lines_become_elements_and_blocks() -> None:
    document = document_of("<\tbody\n<\tdiv\t0\tmain\tpost-content\np\t1\t\tOne¶two [1]\nli\t9\t0\tthree\nwhat")
    assert document.elements == (Element("body"), Element("div", 0, "main", "post-content"))
    assert [(block.kind, block.element, block.intro) for block in document.blocks] == [
        ("p", 1, None), ("li", 1, "b0"), ("p", None, None),
    ]  # fmt: skip
    assert document.blocks[0].text == "One\ntwo [1]"
    assert document.blocks[0].links == (Link(8, 11, "[1]", False),)


@pytest.mark.parametrize("form", FORMS)
def test_every_form_has_seeds_that_can_be_read(form: str) -> None:
    found = list(seeds(form))
    assert len(found) > 100
    assert sum(run(form, seed) for seed in found[::40]) > 10
    assert read(form, b"\xff\xfe <p> \x00")[0]


@within(0.05)
def _never_end() -> None:
    while True:
        pass


def test_what_takes_too_long_is_stopped() -> None:
    with pytest.raises(TooSlowError):
        _never_end()
