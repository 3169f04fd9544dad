"""An account that answers the wrong way round is left out and named; honest people who differ are not."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from classifier.decided import DecidedPage, Opinion
from classifier.errors import LabelError
from classifier.labels import parse_pages
from classifier.taxonomy import flag_ids
from classifier.trust import find_outstanding

SCARE = flag_ids().index("scare")
Batch = tuple[list[DecidedPage], list[np.ndarray]]


def batch(
    count: int, person: Callable[[int], str], is_wrong: Callable[[int], bool], *, sure: float = 0.95, seed: int = 1
) -> Batch:
    """Posts of one sentence, each decided by one person; honest ones agree with the model as often as it is sure."""
    random = np.random.default_rng(seed)
    pages, confidences = [], []
    for number in range(count):
        text = (
            f"=== p{number}\nregister: forum\ntopic: x\ntitle: T\np [] Word{number} alone number{number} stands here."
        )
        (page,) = parse_pages(text, f"p{number}")
        is_present = bool(random.random() < sure) != is_wrong(number)
        pages.append(DecidedPage(page, f"t{number}", ((Opinion("scare", person(number), is_present),),)))
        row = np.full((1, len(flag_ids())), 0.01)
        row[0, SCARE] = sure
        confidences.append(row)
    return pages, confidences


def test_honest_people_are_left_alone_in_many_batches() -> None:
    accused = 0
    for seed in range(40):
        accused += len(find_outstanding(*batch(120, lambda n: f"m-{n % 4}", lambda n: False, sure=0.85, seed=seed)))
    assert accused == 0


def test_one_of_ten_who_flips_everything_is_named() -> None:
    (found,) = find_outstanding(*batch(400, lambda n: f"m-{n % 10}", lambda n: n % 10 == 3))
    assert (found.person, found.test, found.cases) == ("m-3", "denies", 40)
    assert "m-3" in str(found)


def test_one_who_hides_flips_among_honest_answers_is_named() -> None:
    pages = batch(900, lambda n: f"m-{max(0, n % 9 - 2)}", lambda n: n % 9 == 0)
    (found,) = find_outstanding(*pages)
    assert (found.person, found.cases) == ("m-0", 300)


def test_one_who_invents_what_the_model_holds_for_impossible_is_named() -> None:
    pages, confidences = batch(200, lambda n: f"m-{n % 5}", lambda n: n % 5 == 0, sure=0.3)
    for number, row in enumerate(confidences):
        row[0, SCARE] = 0.01 if number % 5 == 0 else 0.3
    pages = [
        DecidedPage(page.page, page.thread, ((Opinion("scare", page.said[0][0].person, True),),)) for page in pages
    ]
    (found,) = find_outstanding(pages, confidences)
    assert (found.person, found.test) == ("m-0", "invents")


def test_one_who_says_the_opposite_of_others_on_nearly_the_same_words_is_named() -> None:
    pages, confidences = [], []
    for number in range(40):
        for person in range(4):
            words = f"These drops{number} cleared the arthritis{number} of my neighbour{number} in a single week"
            text = f"=== p{number}-{person}\nregister: forum\ntopic: x\ntitle: T\np [] {words}{'!' * person}."
            (page,) = parse_pages(text, "p")
            is_present = person != 2
            pages.append(DecidedPage(page, f"t{number}", ((Opinion("scare", f"m-{person}", is_present),),)))
            confidences.append(np.full((1, len(flag_ids())), 0.6))
    (found,) = find_outstanding(pages, confidences)
    assert (found.person, found.test, found.count) == ("m-2", "disagrees", 40)


def test_decisions_are_refused_where_most_stand_out() -> None:
    with pytest.raises(LabelError, match=r"refused.*m-0"):
        find_outstanding(*batch(200, lambda n: "m-0", lambda n: n % 2 == 0))


def test_nobody_is_judged_by_a_handful_of_labels() -> None:
    assert find_outstanding(*batch(6, lambda n: "m-0", lambda n: True)) == ()
    assert find_outstanding([], []) == ()
