"""2,000 decisions of which one account flips up to 200: who is named, and what is left to learn.

A quarter of our own page files stands for the forum: cut into posts of three sentences. The shipped bundle keeps what
it said of each sentence before it had seen its file, so these are posts that the model did not know, with labels that
are known. One account decides some of them and answers a part the wrong way round: what is right is dismissed, what is
wrong upheld, and where nothing is flagged a flag is invented. All other posts are decided honestly, by nine people.

``poisoned`` asks only the guard. ``poisoned-f1`` trains on what each batch leaves to learn, without the forum's files
among our own pages, and measures on the frozen pages; it takes one training for each of a few batches.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from classifier import Detector
from classifier.comparison import FROZEN
from classifier.decided import DecidedPage, labels_of
from classifier.errors import LabelError
from classifier.evaluation import Judged, evaluate
from classifier.labels import read_pages
from classifier.lessons import Lesson, make_lesson
from classifier.model import FlagModel
from classifier.training import train
from classifier.training_set import TrainingSet
from classifier.trust import find_outstanding
from tests.bench.learning.batches import Batch, Forum, forum_of_pages

BATCHES = (
    Batch("honest", own=200, flipped=0),
    Batch("one of ten flips all of 200", own=200, flipped=200),
    *(Batch(f"one decides 600, flips {flipped}", own=600, flipped=flipped) for flipped in (200, 100, 60, 30)),
    *(Batch(f"one decides all, flips {flipped}", own=2000, flipped=flipped) for flipped in (200, 100, 0)),
)
# Of these F1 is measured, a training each: honest, left out, and too few flips to be noticed.
TRAINED = ("honest", "one of ten flips all of 200", "one decides 600, flips 30")
HONEST_DRAWS = 20


def ask_guard() -> None:
    """Print who is named in each batch, and how often honest people are."""
    forum = forum_of_pages()
    print(f"{len(forum.posts)} decisions", flush=True)
    for batch in BATCHES:
        print(f"{batch.name}: {_guard_says(forum, batch)}", flush=True)
    named = [len(find_outstanding(*forum.decided(Batch("", own=200, flipped=0, seed=n)))) for n in range(HONEST_DRAWS)]
    print(f"honest people named in {HONEST_DRAWS} draws of ten people each: {sum(named)}")


def _guard_says(forum: Forum, batch: Batch) -> str:
    pages, confidences = forum.decided(batch)
    try:
        out = find_outstanding(pages, confidences)
    except LabelError as error:
        return f"refused: {error.message}"
    left = len(labels_of(pages, without=[one.person for one in out]))
    return f"{left} of {len(labels_of(pages))} labels are learned; left out: {'; '.join(map(str, out)) or 'nobody'}"


def measure_f1() -> None:
    """Train on those of TRAINED, and print F1 on the frozen pages."""
    forum = forum_of_pages()
    data = TrainingSet.of([page for page in read_pages() if page.source not in forum.files])
    _print("no decisions", train(data)[0])
    for batch, lesson in _lessons(forum):
        _print(batch.name, train(data, taught=lesson.data)[0])


def _lessons(forum: Forum) -> Iterator[tuple[Batch, Lesson]]:
    for batch in (one for one in BATCHES if one.name in TRAINED):
        pages, confidences = forum.decided(batch)
        try:
            yield batch, make_lesson(pages, _judge(pages, confidences))
        except LabelError as error:
            print(f"{batch.name}: {error.message}", flush=True)


def _judge(pages: Sequence[DecidedPage], confidences: Sequence[np.ndarray]):  # type: ignore[no-untyped-def]
    """What the guard is told, in place of a model's answer: by the first sentence's words."""
    known = {page.page.sentences[0].sentence.text: rows for page, rows in zip(pages, confidences, strict=True)}
    return lambda views: known[views[0].text]


def _print(name: str, model: FlagModel) -> None:
    data = TrainingSet.of(read_pages(FROZEN))
    confidences = Detector(model, {"version": "", "digest": ""}).confidences(data.views)
    thresholds = model.thresholds["balanced"]
    found = evaluate(Judged(confidences, thresholds, data.y, data.known, data.groups, model.any_weights))
    print(f"{name}: any flag F1 {found.any_flag.f1}, macro F1 {found.macro_f1:.3f}", flush=True)
