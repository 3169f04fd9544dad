"""The quote stage: it sees a quotation's form, learns from it, and keeps still where nothing can be learned."""

from __future__ import annotations

import numpy as np
import pytest

from classifier.document import Block, Document
from classifier.quote_form import QUOTE_FORM, is_judged, judged_quotation, quote_form
from classifier.quote_stage import FEWEST, QuoteStage
from classifier.sentences import split_document
from classifier.views import SentenceView, view_document


def views_of(*texts: str, kind: str = "p") -> list[SentenceView]:
    """One page of one block for each text; its first sentence."""
    found = []
    for text in texts:
        document = Document((Block("b", kind, text),), lang="en")
        found.append(view_document(document, split_document(document))[0])
    return found


SPOKEN = [
    f"“The {word} takes the pain by the hand,” says Ola Brandt." for word in "salt clay moss rain moon bell".split()
]
NAMED = [f"The leaflet is called “A {word} for the winter months”." for word in "soup lamp coat walk song bath".split()]


def fitted() -> QuoteStage:
    views = views_of(*SPOKEN, *NAMED) * 2
    y = np.array([True] * len(SPOKEN) + [False] * len(NAMED)).repeat(1).tolist() * 2
    return QuoteStage.fit(views, np.full(len(views), 0.5), np.array(y))


def test_the_form_has_a_value_for_each_name_between_0_and_1() -> None:
    rows = [quote_form(view) for view in views_of(*SPOKEN, *NAMED)]
    assert {len(row) for row in rows} == {len(QUOTE_FORM)}
    assert all(0 <= value <= 1 for row in rows for value in row)


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("“Are you sure about your knees, doctor?” he asked me.", "asks"),
        ("“Are you sure about your knees, doctor?” he asked me.", "to you"),
        ("“Are you sure about your knees, doctor?” he asked me.", "address"),
        ("“Are you sure about your knees, doctor?” he asked me.", "told to one"),
        ("He calls the mat “a station for tired cells” and sells it.", "word before"),
        ("“My knees have forgotten the stairs.” – Runa", "dash behind"),
        ("“My knees have forgotten the stairs.” – Runa", "by me"),
        ("She shrugged: «Nothing grows back like hope.»", "angle marks"),
        ("She shrugged: «Nothing grows back like hope.»", "colon before"),
        ("She shrugged: «Nothing grows back like hope.»", "laughed or asked"),
    ],
)
def test_signs_of_form(text: str, sign: str) -> None:
    place = QUOTE_FORM.index(sign)
    assert quote_form(views_of(text)[0])[place] == 1.0
    assert quote_form(views_of("“The moss takes the pain away,” says Ola Brandt.")[0])[place] == 0.0


def test_the_longest_quotation_that_may_be_unsourced_is_judged() -> None:
    view = views_of("He says “it heals all wounds” and “it heals them before they are cut”.")[0]
    chosen = judged_quotation(view).quotation
    assert view.around.block.text[chosen.start : chosen.end] == "“it heals them before they are cut”"


def test_it_learns_the_form() -> None:
    stage = fitted()
    said, named = views_of(
        "“The fern takes the cough by the hand,” says Ida Holm.", "It is called “A scarf for the winter months”."
    )
    confidence = stage.confidence([said, named], np.array([0.5, 0.5]))
    assert confidence[0] > 0.6
    assert confidence[1] < 0.4


def test_the_stages_before_count_too() -> None:
    view = views_of(SPOKEN[0])[0]
    low, high = fitted().confidence([view, view], np.array([0.2, 0.9]))
    assert low < high


def test_nothing_is_learned_from_few_quotations() -> None:
    views = views_of(*SPOKEN, *NAMED)
    y = np.array([True] * len(SPOKEN) + [False] * len(NAMED))
    assert y.sum() < FEWEST
    stage = QuoteStage.fit(views, np.full(len(views), 0.5), y)
    assert stage.confidence(views, np.full(len(views), 0.3)) == pytest.approx(0.3)


@pytest.mark.parametrize(
    "text", ["It rains in Leeds.", "He calls it “magic”.", "“It heals every wound,” she told the BMJ on 2 May 2021."]
)
def test_no_quotation_that_may_be_unsourced_no_confidence(text: str) -> None:
    views = views_of(text)
    assert not is_judged(views[0])
    assert fitted().confidence(views, np.array([0.9])).tolist() == [0.0]


def test_no_sentences() -> None:
    assert fitted().confidence([], np.array([])).shape == (0,)
