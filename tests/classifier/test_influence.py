"""No person, thread or repeated sentence may teach too much."""

from __future__ import annotations

import pytest

from classifier.decided import Label
from classifier.influence import LEAST_CAP, MOST_A_THREAD, SHARE, given_by, label_weights, person_scales


def label(number: int, *people: str, thread: str | None = None, words: str | None = None) -> Label:
    return Label(number, 0, "scare", thread or f"t-{number}", words or f"words {number}", True, people or ("m-1",))


def test_a_few_labels_of_a_few_people_count_in_full() -> None:
    labels = [label(n, f"m-{n % 3}") for n in range(60)]
    assert label_weights(labels).tolist() == [1.0] * 60


def test_the_same_words_teach_once_however_often_they_are_decided() -> None:
    labels = [label(n, words="buy our drops") for n in range(50)]
    assert label_weights(labels).sum() == pytest.approx(1)


def test_one_thread_cannot_teach_more_than_its_share() -> None:
    labels = [label(n, f"m-{n % 4}", thread="heated") for n in range(90)] + [label(100 + n, "m-9") for n in range(10)]
    weights = label_weights(labels)
    assert weights[:90].sum() == pytest.approx(MOST_A_THREAD)
    assert weights[90:].tolist() == [1.0] * 10


def test_one_who_decides_very_much_does_not_lift_the_own_cap() -> None:
    given = {"flood": 10_000.0, **{f"m-{n}": 130.0 for n in range(3)}}
    scales = person_scales(given)
    left = {person: given[person] * scale for person, scale in scales.items()}
    assert left["flood"] == pytest.approx(130, abs=0.1)
    assert left["m-0"] == pytest.approx(130, abs=0.1)


def test_two_who_decide_very_much_cannot_lift_each_other() -> None:
    scales = person_scales({"one": 10_000.0, "two": 10_000.0, **{f"m-{n}": 40.0 for n in range(5)}})
    assert 10_000 * scales["one"] <= max(LEAST_CAP, SHARE * (2 * LEAST_CAP + 200)) + 0.1


def test_a_forum_with_one_moderator_teaches_up_to_the_least_cap() -> None:
    weights = label_weights([label(n) for n in range(400)])
    assert weights.sum() == pytest.approx(LEAST_CAP)
    assert weights.min() == weights.max()


def test_what_two_say_alike_is_shared_between_them() -> None:
    assert given_by([label(1, "m-1", "m-2")], label_weights([label(1, "m-1", "m-2")])) == {"m-1": 0.5, "m-2": 0.5}
    assert person_scales({}) == {}
    assert len(label_weights([])) == 0
