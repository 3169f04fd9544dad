"""What is taught beside our own pages: learned by every first stage, judged by none, and only as far as it is known."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from classifier.decided import DecidedPage, Opinion
from classifier.errors import LabelError
from classifier.labels import parse_pages
from classifier.lessons import DECISION_WEIGHT, SILENCE, make_lesson
from classifier.taxonomy import flag_ids
from classifier.training import train
from classifier.training_set import TrainingSet
from classifier.views import SentenceView

MIRACLE = flag_ids().index("miracle")


def decided(name: str, *sentences: tuple[str, dict[str, bool]], person: str = "m-1") -> DecidedPage:
    """A post of these sentences, each with what the person said of its flags."""
    lines = "\n".join(f"p [] {text}" for text, _ in sentences)
    (page,) = parse_pages(f"=== {name}\nregister: forum\ntopic: x\ntitle: T\n{lines}", name)
    said = tuple(tuple(Opinion(flag, person, is_there) for flag, is_there in told.items()) for _, told in sentences)
    return DecidedPage(page, name, said)


def sure(views: Sequence[SentenceView]) -> np.ndarray:
    """A model that is sure of every flag."""
    return np.full((len(views), len(flag_ids())), 0.95)


def test_only_what_was_said_is_known_and_counts() -> None:
    pages = [decided("a", ("It heals.", {"miracle": True, "scare": False}), ("It rains.", {}))]
    data = make_lesson(pages, sure).data
    assert [view.text for view in data.views] == ["It heals."]
    assert data.known.sum() == 2
    assert data.known[0, MIRACLE]
    assert data.y.sum() == 1
    assert data.weights is not None
    assert sorted(set(data.weights.ravel().tolist())) == [0.0, DECISION_WEIGHT]
    assert data.views[0].number == 0


def test_who_adds_a_flag_has_read_the_post_and_silence_counts_little() -> None:
    page = decided("a", ("It heals.", {"miracle": True}), ("It rains.", {"scare": False}))
    added = Opinion("miracle", "m-1", is_present=True, is_added=True)
    read_whole = DecidedPage(page.page, page.thread, ((added,), page.said[1]))
    shown_only, whole = (make_lesson([one], sure).data for one in (page, read_whole))
    assert (shown_only.known.sum(), whole.known.sum()) == (2, 2 * len(flag_ids()))
    assert whole.y.sum() == 1
    assert whole.weights is not None
    assert sorted(set(whole.weights.ravel().tolist())) == [SILENCE * DECISION_WEIGHT, DECISION_WEIGHT]


def test_silence_does_not_settle_what_people_disagree_on() -> None:
    said = (
        Opinion("miracle", "m-1", is_present=True, is_added=True),
        Opinion("scare", "m-1", is_present=True),
        Opinion("scare", "m-2", is_present=False),
    )
    page = decided("a", ("It heals.", {})).page
    data = make_lesson([DecidedPage(page, "a", (said,))], sure).data
    assert data.known[0].tolist() == [flag != "scare" for flag in flag_ids()]


def test_one_who_stands_out_leaves_exactly_what_the_others_taught() -> None:
    others = [
        decided(f"p{n}", (f"Word{n} heals{n} all{n}.", {"miracle": True}), person=f"m-{n % 4}") for n in range(80)
    ]
    flipped = [decided(f"q{n}", (f"Other{n} thing{n} here{n}.", {"miracle": False}), person="m-9") for n in range(20)]
    with_it, without = make_lesson([*others, *flipped], sure), make_lesson(others, sure)
    assert [one.person for one in with_it.left_out] == ["m-9"]
    assert with_it.labels == without.labels
    for name in ("y", "known", "weights"):
        assert (getattr(with_it.data, name) == getattr(without.data, name)).all()


def test_where_nothing_is_left_to_learn_it_is_refused() -> None:
    with pytest.raises(LabelError, match="No decision is left"):
        make_lesson([decided("a", ("It rains.", {}))], sure)


def test_what_is_taught_changes_what_the_words_mean_and_not_how_many_are_judged(tiny_set: TrainingSet) -> None:
    pages = [decided(f"p{n}", (f"My aunt swears by zyxin tea{n}.", {"miracle": True})) for n in range(12)]
    taught = make_lesson(pages, lambda views: np.full((len(views), len(flag_ids())), 0.6)).data
    before, judged_before = train(tiny_set, jobs=1)
    after, judged = train(tiny_set, taught=taught, jobs=1)
    again, _ = train(tiny_set, taught=taught, jobs=1)
    assert judged.shape == judged_before.shape
    assert after.digest() == again.digest() != before.digest()
    new = decided("new", ("Have you tried zyxin tea?", {})).page
    views = TrainingSet.of([new]).views
    score = [float((model.matrix(views) @ model.weights + model.intercepts)[0, MIRACLE]) for model in (before, after)]
    assert score[1] > score[0] + 0.5


def test_a_label_that_counts_nothing_teaches_nothing(tiny_set: TrainingSet) -> None:
    pages = [decided("p", ("Zyxin tea for all.", {"miracle": True}))]
    taught = make_lesson(pages, sure, weight=0.0).data
    both = tiny_set.beside(taught)
    assert both.weights is not None
    assert both.weights[: len(tiny_set.views)].min() == 1.0
    assert both.weights[len(tiny_set.views) :].max() == 0.0
    assert tiny_set.beside(None) is tiny_set
