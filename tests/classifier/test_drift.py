"""Drift: counts that can be kept, the training's own, and when two readings lie apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from classifier import Detector
from classifier.counting import known_words, lettered, tally_of
from classifier.drift import (
    ANY,
    CONFIDENCE,
    MUCH,
    SUREST,
    UNKNOWN,
    Comparison,
    Part,
    compare,
    is_enough,
    parts_of,
    spread_of,
    stability_index,
    wilson,
)
from classifier.labels import LabelledPage, parse_pages
from classifier.model import FlagModel
from classifier.reference import Reference, read_reference, reference_of
from classifier.tally import BINS, Tally, width
from classifier.taxonomy import flag_ids
from classifier.training import train
from classifier.training_set import TrainingSet
from tests.classifier.conftest import ViewOf

FLAGS = len(flag_ids())
EVEN = dict.fromkeys((ANY, UNKNOWN, *flag_ids()), 1.0)


def tally(sentences: int = 1000, *, flagged: float = 0.1, unknown: float = 0.03, raised: Sequence[int] = ()) -> Tally:
    """So many sentences of twelve words; the flagged ones are surely flagged, the others surely not."""
    hot = round(sentences * flagged)
    bins = (sentences - hot, *[0] * (BINS - 2), hot)
    counts = (*raised, *[0] * (FLAGS - len(raised)))
    words = 12 * sentences
    return Tally(sentences, hot, words, round(words * unknown), 950 * hot, bins, counts)


def moved(now: Tally, before: Tally) -> set[str]:
    return {found.measure for found in compare(now, before, EVEN) if found.has_moved}


# Counting


def test_a_row_is_read_as_it_was_written() -> None:
    one = tally(20, raised=(3, 1))
    assert Tally.of_row(one.row()) == one
    assert len(one.row()) == width(FLAGS)
    assert Tally.total([one, one], flags=FLAGS).row() == [2 * number for number in one.row()]
    assert Tally.total([], flags=FLAGS).row() == [0] * width(FLAGS)
    assert Tally.total([], flags=FLAGS).mean_sure == 0.0


def test_words_are_letters_without_numbers_doses_and_signs(view_of: ViewOf) -> None:
    view = view_of("Take 500mg of B12 with Grandma's élixir, 20% off!")
    assert list(lettered(view)) == ["take", "of", "with", "grandma's", "elixir", "off"]


def test_known_words_are_single_and_known_under_a_negation_too() -> None:
    assert known_words(["cure", "no cure", "pain~", "< cure"]) == {"cure", "pain"}


def test_sentences_are_counted_by_flag_and_confidence(view_of: ViewOf) -> None:
    views = [view_of("Velmoryx cures pain."), view_of("It rains.")]
    confidences = np.zeros((2, FLAGS))
    confidences[0, 2] = 0.99
    weights = np.array([0.0, 1.0, 0.0, 0.0])
    found = tally_of(views, confidences, confidences > 0.5, weights, {"cures", "pain", "it", "rains"}.__contains__)
    assert (found.sentences, found.flagged, found.words, found.unknown) == (2, 1, 5, 1)
    assert found.raised == tuple(int(place == 2) for place in range(FLAGS))
    assert (found.bins[0], found.bins[-1], sum(found.bins)) == (1, 1, 2)
    assert found.sure == pytest.approx(990, abs=5)


def test_the_detector_counts_what_it_reads(detector: Detector) -> None:
    text = "Velmoryx is a miracle cure that heals every illness overnight. The clinic opens at nine."
    report = detector.analyze(text)
    found = report.tally
    assert found is not None
    assert (found.sentences, found.words, found.unknown) == (2, 15, 1)
    assert found.flagged == 1
    assert sum(found.raised) == len(report.flags)
    assert detector.analyze(text, flags=["scare"]).tally == found  # what is asked for changes no count


# The training's own


def test_a_word_of_a_page_is_known_by_other_pages_alone(tiny_pages: list[LabelledPage], tiny_model: FlagModel) -> None:
    data = TrainingSet.of(tiny_pages)
    reference = reference_of(tiny_pages, data, np.zeros(data.y.shape), tiny_model)
    assert set(reference.registers) == {"blog"}
    assert reference.forum is None
    whole = reference.whole
    # Of 64 words only those count as known that two sentences of the other files hold: "miracle", "cure", …
    learned = {"miracle", "cure", "the", "studies", "show", "it", "is", "that"}
    assert whole.sentences == 12
    assert 0 < whole.words - whole.unknown <= sum(len(learned) for _ in range(4))
    assert whole.unknown > whole.words / 2


def test_registers_are_counted_apart_and_come_back_from_a_manifest() -> None:
    sentences = ["[miracle] A miracle cure for all.", "[] It rains.", "[] We rest.", "[] The bus is late."]
    text = "\n".join(["=== {}\nregister: {}\ntopic: t\ntitle: T", *(f"p {sentence}" for sentence in sentences)])
    pages = [
        page
        for name, register in (("one", "forum"), ("two", "shop"), ("three", "forum"), ("four", "shop"))
        for page in parse_pages(text.format(name, register), f"{name}.page")
    ]
    data = TrainingSet.of(pages)
    model, confidences = train(data, jobs=1)
    reference = reference_of(pages, data, confidences, model)
    assert (reference.registers["forum"].sentences, reference.registers["shop"].sentences) == (8, 8)
    assert reference.forum == reference.registers["forum"]
    assert read_reference({"drift": reference.told()}) == reference
    assert reference.whole.sentences == 16


@pytest.mark.parametrize("manifest", [{}, {"drift": None}, {"drift": {"forum": [1, 2, 3]}}])
def test_a_model_trained_before_has_no_reference(manifest: dict[str, object]) -> None:
    assert read_reference(manifest) is None


def test_reference_reads_what_it_told() -> None:
    reference = Reference({"forum": tally(100)})
    assert reference.told() == {"forum": tally(100).row()}


# Apart


def test_the_same_again_has_not_moved() -> None:
    assert moved(tally(), tally(4000)) == set()
    assert stability_index(tally(), tally()) == 0.0


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (tally(flagged=0.2), {ANY}),
        (tally(flagged=0.03), {ANY}),
        (tally(unknown=0.06), {UNKNOWN}),
        (tally(raised=(80,)), {flag_ids()[0]}),
        (tally(flagged=0.35), {ANY, CONFIDENCE}),
    ],
)
def test_a_large_and_sure_change_has_moved(now: Tally, expected: set[str]) -> None:
    assert moved(now, tally(4000)) == expected


def test_what_is_small_or_may_be_chance_has_not_moved() -> None:
    assert moved(tally(100, flagged=0.2), tally(4000)) == set()  # may be chance
    assert moved(tally(10**6, flagged=0.11), tally(10**6)) == set()  # sure, and too little to matter
    assert moved(tally(10**6, unknown=0.035), tally(10**6)) == set()


def test_alike_threads_make_a_change_less_sure() -> None:
    apart = {effect: _by_name(compare(tally(flagged=0.15), tally(4000), dict.fromkeys(EVEN, effect)))[ANY].apart
             for effect in (1.0, 4.0)}  # fmt: skip
    assert apart[1.0] == pytest.approx(2 * apart[4.0])
    assert apart[1.0] > SUREST > apart[4.0]


def test_threads_that_are_all_hype_or_none_have_a_design_effect() -> None:
    calm, wild = tally(20, flagged=0.0), tally(20, flagged=1.0)
    mixed = tally(20, flagged=0.25)
    assert spread_of([calm, calm, calm, wild] * 10)[ANY] == 10.0  # the most that is believed
    assert spread_of([mixed] * 40)[ANY] == 1.0
    assert spread_of([])[ANY] == 1.0


def test_chance_alone_is_taken_off_the_index() -> None:
    before, now = tally(300), replace(tally(300), bins=(262, 2, 1, 2, 1, 1, 1, 1, 1, 28))
    found = _by_name(compare(now, before, EVEN))[CONFIDENCE]
    assert found.apart < stability_index(now, before) < MUCH


def test_nothing_is_compared_with_nothing() -> None:
    empty = Tally.total([], flags=FLAGS)
    for now, before in ((empty, tally()), (tally(), empty), (empty, empty)):
        assert moved(now, before) == set()
    assert not is_enough(1000, tally(149))
    assert not is_enough(39, tally(1000))
    assert is_enough(40, tally(150))


def test_wilson_knows_the_textbook() -> None:
    assert wilson(Part(1, 1), 1.0) == pytest.approx((0.2065, 1.0), abs=1e-3)
    assert wilson(Part(0, 0), 1.0) == (0.0, 1.0)
    low, high = wilson(Part(50, 100), 4.0)
    assert high - low > 0.3
    assert parts_of(tally())[ANY].value == 0.1


def _by_name(found: list[Comparison]) -> dict[str, Comparison]:
    return {comparison.measure: comparison for comparison in found}
