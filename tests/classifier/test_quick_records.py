"""Records made quickly are the records that their class makes."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace

import pytest

from classifier.document import Block, Element, Link
from classifier.quick_records import quick


def test_a_quick_record_is_one_of_its_class() -> None:
    made, plain = quick(Element)("p", 3, names="lead"), Element("p", 3, names="lead")
    assert type(made) is Element
    assert made == plain
    assert hash(made) == hash(plain)
    assert repr(made) == repr(plain)


def test_what_is_not_given_has_the_class_s_default() -> None:
    assert quick(Block)("b1", "p", "Words.") == Block("b1", "p", "Words.")


def test_a_quick_record_is_frozen() -> None:
    link = quick(Link)(0, 4, "/x")
    with pytest.raises(FrozenInstanceError):
        link.href = "/y"  # type: ignore[misc]
    assert replace(link, end=5) == Link(0, 5, "/x")


def test_the_class_itself_is_left_as_it_was() -> None:
    before = repr(Link(0, 1, "#a")), Link.__init__
    quick(Link)
    assert (repr(Link(0, 1, "#a")), Link.__init__) == before


def test_what_the_class_asks_for_must_be_given() -> None:
    with pytest.raises(TypeError):
        quick(Link)(0, 4)  # type: ignore[call-arg]
