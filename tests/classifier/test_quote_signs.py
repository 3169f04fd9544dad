"""What the words around a quotation make of it."""

from __future__ import annotations

import pytest

from classifier.quote_signs import QUOTE_SIGNS, quote_signs
from tests.classifier.conftest import ViewOf


def signs(view_of: ViewOf, text: str) -> dict[str, float]:
    view = view_of(text)
    quoted = next(quoted for quoted in view.quoted if quoted.is_statement)
    return dict(zip(QUOTE_SIGNS, quote_signs(view, quoted), strict=True))


@pytest.mark.parametrize(
    ("sign", "there", "not_there"),
    [
        ("speaker", "“It is good for you,” says Bo Lund.", "The words “it is good for you” are cheap."),
        ("named speaker", "“It is good for you,” says Bo Lund.", "“It is good for you,” she says."),
        ("verb", "“It is good for you,” says Bo Lund.", "“It is good for you.” – Bo Lund"),
        ("asks", "They ask “is it good for you?” often.", "They say “it is good for you” often."),
        ("verdict", "“It is good for you” is false.", "“It is good for you,” she says."),
        ("is named", "Read the leaflet “Good for you and me”.", "Bo says: “Good for you and me.”"),
        ("for reader", "You could say “I am not well today”.", "Bo says “I am not well today”."),
        ("retold", "My doctor said “it is good for you”.", "The seller said “it is good for you”."),
        ("on thing", "The label says “it is good for you”.", "The owner says “it is good for you”."),
        ("disowned", "He never said “it is good for you”.", "He said “it is good for you”."),
        ("plain", "“It is good for you,” says Bo Lund.", "“It is good for you” is false."),
        ("plain", "“It is good for you,” says Bo Lund.", "“It is good for you,” says Bo Lund (Lancet 2019)."),
        (
            "plain alone",
            "“It is good for you.”",
            "We read and heard and thought “it is good for you” and went away home.",
        ),
        ("sentence source", "“It is good for you,” says Bo (Lancet 2019).", "“It is good for you,” says Bo."),
        ("eight words", "“It is so very good for you, friend.”", "“It is good for you.”"),
    ],
)
def test_signs(view_of: ViewOf, sign: str, there: str, not_there: str) -> None:
    assert signs(view_of, there)[f"quote {sign}"]
    assert not signs(view_of, not_there)[f"quote {sign}"]


def test_every_sign_has_its_name(view_of: ViewOf) -> None:
    values = signs(view_of, "“It is good for you,” says Bo Lund.")
    assert len(values) == len(QUOTE_SIGNS)
    assert all(0 <= value <= 1 for value in values.values())
