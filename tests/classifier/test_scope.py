"""Each predicate: a sentence that it forgives beside the nearest one that it does not."""

from __future__ import annotations

import pytest

from classifier import scope
from classifier.document import Block, Link
from classifier.sourcing import Carry
from tests.classifier.conftest import ViewOf


def is_denied(view_of: ViewOf, text: str, flag: str = "miracle") -> bool:
    view = view_of(text)
    cues = [match for match in view.matches if match.name == flag]
    assert cues, "the sentence holds no cue"
    return all(scope.is_denied(view, cue) for cue in cues)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It’s not a magic bullet, but rather a tool.", True),
        ("It isn’t a miracle.", True),
        ("There is no such thing as a panacea.", True),
        ("It is a magic bullet.", False),
        ("It is a magic bullet, not a toy.", False),
        ("It is not only a magic bullet.", False),
        ("It isn't just a magic bullet.", False),
        ("It is not cheap, but it is a magic bullet.", False),
        ("Do not wait: it is a miracle.", False),
        ("It was never tested, and it is a miracle.", False),
        ("It was never once seen in the many large trials of that miracle.", False),
    ],
)
def test_denial_reaches_to_the_end_of_its_clause(view_of: ViewOf, text: str, expected: bool) -> None:
    assert is_denied(view_of, text) is expected


@pytest.mark.parametrize(
    ("name", "forgiven", "plain"),
    [
        ("is_debunked", "That mushrooms cure cancer is a myth.", "Mushrooms cure cancer."),
        ("is_warned_of", "Beware of anyone who sells it.", "Anyone can sell it."),
        ("is_reported_with_distance", "The so-called cure is sold here.", "The cure is sold here."),
        ("is_hedged", "It may help some people.", "It helps."),
        ("is_other_sense", "Magic mushrooms grow here.", "Magic grows here."),
        ("is_other_sense", "Breakthrough bleeding is common.", "A breakthrough is common."),
        ("is_sourced", "It works (Smith, 2019).", "It works (Smith)."),
    ],
)
def test_predicates(view_of: ViewOf, name: str, forgiven: str, plain: str) -> None:
    predicate = getattr(scope, name)
    assert predicate(view_of(forgiven))
    assert not predicate(view_of(plain))


def test_a_source_is_told_by_sentence_and_by_block(view_of: ViewOf) -> None:
    view = view_of("A trial found it. It heals.", links=(Link(2, 7, "https://doi.org/10.1/x"),))
    assert scope.carry_in_sentence(view) is Carry.NOTHING
    assert scope.carry_in_block(view) is Carry.RECORD
    assert not scope.is_sourced(view)


@pytest.mark.parametrize(("heading", "expected"), [("Myths about ketamine", True), ("Benefits", False)])
def test_under_myths_by_heading_and_by_introduction(view_of: ViewOf, heading: str, expected: bool) -> None:
    under = view_of("It reverses ageing.", above=(Block("h", "h2", heading),))
    assert scope.is_under_myths(under) is expected
    item = view_of("Reverses ageing", above=(Block("i", "p", f"{heading}:"),), kind="li", intro="i")
    assert scope.is_under_myths(item) is expected


def test_only_the_nearest_heading_counts(view_of: ViewOf) -> None:
    above = (Block("a", "h2", "Myths"), Block("b", "h3", "Benefits"))
    assert not scope.is_under_myths(view_of("It reverses ageing.", above=above))
