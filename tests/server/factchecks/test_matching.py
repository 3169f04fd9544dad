"""What makes a fact-check one about a claim, and what does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.factchecks.meaning import LONGEST, meaning_of
from server.factchecks.numbers import numbers_of, times_of
from server.factchecks.scoring import LEAST_SCORE, score
from server.factchecks.stems import stem


def surely(claim: str, review: str) -> bool:
    return score(meaning_of(claim), meaning_of(review), lambda _: 1.0) >= LEAST_SCORE


REVIEW = "Nettle soup cures gout within nine days."


@pytest.mark.parametrize(
    "claim",
    [
        REVIEW,
        "Gout is cured within 9 days by nettle soup!",
        "Nettle soup heals gout, and it only takes nine days.",
        "NETTLE SOUP reverses gout in nine days",
    ],
)
def test_the_same_claim_in_other_words(claim: str) -> None:
    assert surely(claim, REVIEW)


@pytest.mark.parametrize(
    ("why", "claim"),
    [
        ("number", "Nettle soup cures gout within ninety days."),
        ("time", "Nettle soup cures gout within nine weeks."),
        ("illness", "Nettle soup cures asthma within nine days."),
        ("opposite", "Nettle soup causes gout within nine days."),
        ("subject", "Cherry juice cures gout within nine days."),
        ("denied", "Nettle soup does not cure gout within nine days."),
        ("called a myth", "It is a myth that nettle soup cures gout within nine days."),
        ("asked", "Does nettle soup cure gout within nine days?"),
        ("nothing in common", "The bus to town leaves at noon."),
        ("no words", "!?"),
    ],
)
def test_what_differs_in_kind_is_another_claim(why: str, claim: str) -> None:
    assert not surely(claim, REVIEW), why


def test_a_denial_goes_with_a_denial() -> None:
    assert surely("Seat belts do not prevent stroke.", "Seat belts don't prevent strokes.")


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("ten thousand times", {10_000}),
        ("$39,000 and 2.5 grams", {39_000, 2.5}),
        ("twenty-one days, one session", {21}),
        ("in 2021 and b12", set()),
        ("9" * 400, set()),
    ],
)
def test_numbers(text: str, numbers: set[float]) -> None:
    assert numbers_of(text) == numbers


def test_how_often_is_not_how_long() -> None:
    assert times_of("twice a day for two weeks, overnight") == {"week", "night"}


@pytest.mark.parametrize(
    ("one", "other"),
    [("dissolves", "dissolving"), ("cures", "cured"), ("berries", "berry"), ("stopped", "stops"), ("boxes", "box")],
)
def test_stems_join_forms_of_a_word(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@given(st.text(), st.text())
def test_any_two_texts_can_be_compared(claim: str, review: str) -> None:
    assert 0 <= score(meaning_of(claim), meaning_of(review), lambda _: 1.0) <= 1


@given(st.text(min_size=1))
def test_any_claim_is_its_own_or_is_passed_over(claim: str) -> None:
    value = score(meaning_of(claim), meaning_of(claim), lambda _: 1.0)
    assert value in (0, pytest.approx(1.0))


def test_only_the_beginning_of_a_long_claim_is_read() -> None:
    assert meaning_of("x " * LONGEST) == meaning_of("x " * 100_000)
