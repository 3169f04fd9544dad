"""The words that the model knows, with their places and the marks of negation."""

from __future__ import annotations

from classifier.words import words_of
from tests.classifier.conftest import ViewOf


def test_words_under_negation_carry_a_mark_to_the_end_of_their_clause(view_of: ViewOf) -> None:
    words = [word for word, _, _ in words_of(view_of("It is not a cure, but it helps 25 people!"))]
    assert words == ["it", "is", "not", "a~", "cure~", "but", "it", "helps", "0", "people", "!"]


def test_words_know_where_they_stand(view_of: ViewOf) -> None:
    view = view_of("Before this. Don’t buy İt for £5 now.")
    assert [view.text[start:end] for _, start, end in words_of(view)] == ["Don’t", "buy", "İt", "for", "£", "5", "now"]
