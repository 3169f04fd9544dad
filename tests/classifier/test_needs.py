"""What a post needs: learned from others, read from its own words alone, with the sentence that weighs most."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from time import perf_counter

import numpy as np
import pytest

from classifier import Detector
from classifier.document import Document
from classifier.errors import LabelError
from classifier.model import FlagModel, load_bundle, save_bundle
from classifier.need_posts import COPIED_WORDS, NeedPost, check_posts, read_posts
from classifier.need_training import examples_of, with_needs
from classifier.needs import Need, NeedModel, Post, own_sentences
from classifier.phrases import plain
from classifier.reading import read_text
from classifier.taxonomy import flag_ids
from classifier.training import data_digest

CRISIS = Path(__file__).parents[1] / "server" / "context"
LEFT_OFF = (
    "Mine sit in the fridge door since August. Leave yours off one weekend, as I did, and do not trouble the clinic."
)
GOODBYE = (
    "The letters are on the table and the cat is with my sister. I am so tired. You have all been kind to me here."
)
SOBER = "Please ring the clinic before you change the dose. My nurse halved mine slowly, over a month."


def post(number: int, text: str, need: str, *, kind: str = "threads") -> NeedPost:
    return NeedPost(f"{number}", f"writer {number % 3}", kind, text, need)


@pytest.fixture(scope="module")
def posts() -> list[NeedPost]:
    told = (
        ("I binned the tablets and never felt better.", "danger"),
        ("I cannot do this any longer, goodbye.", "care"),
        ("The rain kept us in, so we baked.", "none"),
        ("My nurse halved the tablets slowly.", "none"),
    )
    return [
        post(number, f"{text} It was day {number}.", need)
        for number, (text, need) in enumerate(told[n % 4] for n in range(24))
    ]


@pytest.fixture(scope="module")
def taught(tiny_model: FlagModel, posts: list[NeedPost]) -> FlagModel:
    return with_needs(tiny_model, posts)


def needs_of(detector: Detector, text: str) -> Need:
    return detector.need(detector.analyze(text))


def test_what_was_learned_is_told(taught: FlagModel) -> None:
    detector = Detector(taught, {"version": "1", "digest": "d"})
    bad, sad, calm = (
        needs_of(detector, text)
        for text in ("I binned the tablets.", "I cannot do this, goodbye.", "The rain kept us in.")
    )
    assert bad.danger.confidence > max(calm.danger.confidence, sad.danger.confidence, bad.care.confidence)
    assert sad.care.confidence > max(calm.care.confidence, bad.care.confidence)


def test_the_quick_way_of_one_text_weighs_as_the_features_do(taught: FlagModel) -> None:
    needs = taught.needs
    assert needs is not None
    for text in ("I binned the tablets, the tablets! Never felt better.", "zzyzx", "", "It was day 3"):
        rows = needs.features.transform([Post(plain(text))])
        expected = rows @ needs.weights[: -len(flag_ids())]
        assert needs.words_weigh(plain(text)) == pytest.approx(expected[0], abs=1e-9)


def test_quoted_words_are_not_the_posters(detector: Detector) -> None:
    quoted = "".join(f"> {line}\n" for line in LEFT_OFF.split(". "))
    alone, answered = (needs_of(detector, text).danger for text in (LEFT_OFF, f"{quoted}\nDo not do this, ring them."))
    assert alone.confidence > 0.5 > answered.confidence
    assert needs_of(detector, quoted).danger.confidence == 0.0


def test_the_sentence_that_weighs_most_is_shown(detector: Detector) -> None:
    text = f"Lovely weather for the match. {LEFT_OFF} See you all on Saturday."
    place = needs_of(detector, text).danger.place
    assert place is not None
    assert text[place[1] : place[2]].startswith(("Leave yours off", "Mine sit"))


def test_quiet_danger_and_quiet_distress_are_told_from_sober_words(detector: Detector) -> None:
    danger, care, sober = (needs_of(detector, text) for text in (LEFT_OFF, GOODBYE, SOBER))
    assert danger.danger.confidence > 0.5 > 0.2 > sober.danger.confidence
    assert care.care.confidence > 0.3 > 0.1 > sober.care.confidence


@pytest.mark.parametrize("name", ["crisis.jsonl", "crisis_unseen.jsonl"])
def test_no_harmless_use_of_the_words_is_taken_for_distress(detector: Detector, name: str) -> None:
    rows = [json.loads(line) for line in (CRISIS / name).read_text("utf-8").splitlines()]
    harmless = [row["text"] for row in rows if row["is"] == "none"]
    taken = [text for text in harmless if needs_of(detector, text).care.confidence >= 0.3]
    assert harmless
    assert taken == []


def test_nothing_is_told_of_what_was_not_read(detector: Detector, tiny_model: FlagModel) -> None:
    foreign = "Ich habe meine Tabletten einfach abgesetzt und mir ging es danach wunderbar, das rate ich allen. " * 3
    assert needs_of(detector, foreign) == Need()
    assert needs_of(Detector(tiny_model, {"version": "1", "digest": "d"}), LEFT_OFF) == Need()
    needs = load_bundle()[0].needs
    assert needs is not None
    assert needs.read(Document(()), {}) == Need()


def test_the_digest_and_the_bundle_hold_it(taught: FlagModel, tiny_model: FlagModel, tmp_path: Path) -> None:
    needs = taught.needs
    assert needs is not None
    assert taught.digest() != tiny_model.digest()
    for part in ("weights", "intercepts", "calibration"):
        changed = replace(taught, needs=replace(needs, **{part: getattr(needs, part) + 1e-9}))
        assert changed.digest() != taught.digest()
    save_bundle(taught, tmp_path, about={"release": "0"})
    loaded = load_bundle(tmp_path)[0].needs
    assert loaded is not None
    assert np.array_equal(loaded.weights, needs.weights)


def test_learning_again_gives_the_same(taught: FlagModel, tiny_model: FlagModel, posts: list[NeedPost]) -> None:
    assert with_needs(tiny_model, posts).digest() == taught.digest()


def test_too_few_posts_are_refused(tiny_model: FlagModel, posts: list[NeedPost]) -> None:
    near = [replace(one, kind="near") for one in posts]
    for few in ([], posts[2:4], [one for one in posts if one.writer == "writer 0"], near):
        with pytest.raises(LabelError, match="two writers"):
            with_needs(tiny_model, few)


def test_calibration_looks_at_whole_threads_alone(tiny_model: FlagModel, posts: list[NeedPost]) -> None:
    near = [post(n, f"I binned the tablets, week {n}.", "danger", kind="near") for n in range(30)]
    with_near = NeedModel.fit(examples_of(tiny_model, [*posts, *near]))
    expected = np.mean([one.need == "danger" for one in posts])
    told = [with_near.read(read_text(one.text), {}).danger.confidence for one in posts]
    assert np.mean(told) == pytest.approx(expected, abs=0.15)


def test_the_posts_that_ship_are_sound() -> None:
    posts = read_posts()
    assert list(check_posts(posts)) == []
    assert len({one.writer for one in posts}) >= 10
    assert {one.kind for one in posts} == {"threads", "near"}
    assert {one.writer for one in posts if one.kind == "threads"} == {f"w{number}" for number in range(1, 7)}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[[", "not TOML"),
        ('[[posts]]\nneed = "none"', "post 1: has no text"),
        ('[[posts]]\ntext = "Tea."\nneed = "maybe"', "post 1: 'need' must be one of"),
        ('[[posts]]\ntext = "Tea."\nneed = "none"', "post 1: 'why'"),
    ],
)
def test_a_bad_post_is_named(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "bad.toml").write_text(text)
    with pytest.raises(LabelError, match=f"bad.toml.*{told}"):
        read_posts(tmp_path)


def test_copied_words_are_found_and_quoted_ones_are_not() -> None:
    words = " ".join(f"word{number}" for number in range(COPIED_WORDS))
    first, copy, reply = post(1, words, "none"), post(2, f"So {words}.", "none"), post(3, f"> {words}\nNo.", "none")
    assert list(check_posts([first, copy, reply])) == [f"2 shares {COPIED_WORDS} words in a row with 1."]


def test_the_digest_of_posts_follows_every_file(tmp_path: Path) -> None:
    (tmp_path / "near").mkdir()
    (tmp_path / "near" / "a.toml").write_text("")
    before = data_digest(tmp_path, "*.toml")
    (tmp_path / "near" / "a.toml").write_text('thread = "Tea"')
    assert data_digest(tmp_path, "*.toml") != before


def test_reading_takes_time_in_proportion(detector: Detector) -> None:
    needs = load_bundle()[0].needs
    assert needs is not None
    short, long = (read_text(" ".join([LEFT_OFF] * count)) for count in (40, 400))
    assert len(own_sentences(long)) == 10 * len(own_sentences(short))

    def took(document: Document) -> float:
        started = perf_counter()
        needs.read(document, {})
        return perf_counter() - started

    assert min(took(long) for _ in range(3)) < 40 * min(took(short) for _ in range(3))
