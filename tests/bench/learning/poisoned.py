"""2,000 decisions of which one account flips 200: what they do to a model, with the guards and without.

A quarter of our own page files stands for the forum: cut into posts of three sentences, which a model that learned from
the rest has not seen and whose labels are known. Nine moderators decide honestly. The tenth answers the wrong way
round: what is right is dismissed, what is wrong upheld, and where nothing is flagged a flag is invented. Or the one
moderator of a forum decides all 2,000 posts and flips every tenth, with nobody to be compared with.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from classifier import Detector
from classifier.decided import DecidedPage, read_decided
from classifier.decision import raised
from classifier.errors import LabelError
from classifier.evaluation import Evaluation, Judged, evaluate
from classifier.labels import LabelledPage, LabelledSentence, read_pages
from classifier.lessons import Lesson, make_lesson
from classifier.model import FlagModel
from classifier.taxonomy import flag_ids
from classifier.training import train
from classifier.training_set import TrainingSet

UNSEEN = Path(__file__).parents[2] / "data" / "unseen"
EVERY, POSTS, FLIPPED, A_POST, PEOPLE = 4, 2000, 200, 3, 10
# Of the flags that are missing moderators notice every second.
NOTICED = 2
NOBODY = {"version": "", "digest": ""}


@dataclass(frozen=True)
class Post:
    """Some sentences of a page that stand together, with the flags that the model raises there."""

    page: LabelledPage
    sentences: Sequence[LabelledSentence]
    raised: np.ndarray


@dataclass(frozen=True, slots=True)
class Batch:
    """Who decided each post, and who of them answers wrongly there."""

    name: str
    person: Callable[[int], str]
    is_flipped: Callable[[int], bool]


BATCHES = (
    Batch("honest", lambda n: f"m-{n % PEOPLE}", lambda n: False),
    Batch("one of ten flips all 200", lambda n: f"m-{n % PEOPLE}", lambda n: n % PEOPLE == 0),
    Batch("one decides 600, flips 200", lambda n: f"m-{max(0, n % PEOPLE - 2)}", lambda n: n % PEOPLE == 0),
    Batch("one decides all, honestly", lambda n: "m-0", lambda n: False),
    Batch("one decides all, flips 200", lambda n: "m-0", lambda n: n % PEOPLE == 0),
)


def cut(pages: Sequence[LabelledPage], detector: Detector, model: FlagModel) -> Iterator[Post]:
    """The pages as posts of a few sentences, with what the model raises on them."""
    for page in pages:
        for start in range(0, len(page.sentences), A_POST):
            part = replace(page, sentences=page.sentences[start : start + A_POST])
            confidences = detector.confidences(TrainingSet.of([part]).views)
            yield Post(page, part.sentences, raised(confidences, model.thresholds["balanced"], model.any_weights))


def rows_of(number: int, post: Post, batch: Batch) -> Iterator[dict[str, Any]]:
    """What the export would hold of this post."""
    person, is_flipped = batch.person(number), batch.is_flipped(number)
    blocks = {block: list(rows) for block, rows in groupby(post.sentences, key=lambda row: row.sentence.block)}
    is_bare = not post.raised.any()
    for place, row in enumerate(post.sentences):
        block = post.page.document.blocks[row.sentence.block]
        said = list(_said(row, post.raised[place], number, is_flipped))
        if is_flipped and is_bare and not place:
            said.append(("overclaim", "present"))
        yield {
            "page": f"post-{number}",
            "thread": post.page.id,
            "i": place,
            "block": row.sentence.block,
            "kind": block.kind,
            "text": row.sentence.text,
            "context": " ".join(other.sentence.text for other in blocks[row.sentence.block]),
            "links": [
                {"text": block.text[link.start : link.end], "href": link.href, "resolved": link.resolved}
                for link in block.links
            ],
            "flags": [],
            "said": [{"flag": flag, "says": says, "person": person} for flag, says in said],
        }


def _said(row: LabelledSentence, is_raised: np.ndarray, number: int, is_flipped: bool) -> Iterator[tuple[str, str]]:
    for column, flag in enumerate(flag_ids()):
        is_present = flag in row.flags
        if flag in row.contested or not (is_raised[column] or is_present):
            continue
        if is_raised[column]:
            yield flag, "present" if is_present != is_flipped else "absent"
        elif not is_flipped and number % NOTICED == 0:
            yield flag, "present"


def decided_by(batch: Batch, posts: Sequence[Post]) -> list[DecidedPage]:
    """The batch, written to a file as the export does and read back."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "labels.jsonl"
        lines = [json.dumps(row) for number, post in enumerate(posts) for row in rows_of(number, post, batch)]
        path.write_text("\n".join(lines), "utf-8")
        return read_decided(path)


def measured(model: FlagModel, pages: Sequence[LabelledPage]) -> Evaluation:
    """How good a model is on pages that it has not seen."""
    data = TrainingSet.of(pages)
    confidences = Detector(model, NOBODY).confidences(data.views)
    return evaluate(
        Judged(confidences, model.thresholds["balanced"], data.y, data.known, data.groups, model.any_weights)
    )


def main() -> None:
    """Train on each batch and print what came of it."""
    pages = read_pages()
    files = sorted({page.source for page in pages})
    forum = set(files[::EVERY])
    data = TrainingSet.of([page for page in pages if page.source not in forum])
    model, _ = train(data)
    detector = Detector(model, NOBODY)
    posts = list(cut([page for page in pages if page.source in forum], detector, model))[:POSTS]
    unseen = read_pages(UNSEEN)
    print(f"{len(posts)} decisions; base learned from {len(data.views)} sentences", flush=True)
    _print("no decisions", measured(model, unseen))
    for batch, lesson in list(lessons(posts, detector)):
        _print(batch.name, measured(train(data, taught=lesson.data)[0], unseen))


def lessons(posts: Sequence[Post], detector: Detector) -> Iterator[tuple[Batch, Lesson]]:
    """What each batch teaches, if it is not refused."""
    for batch in BATCHES:
        try:
            lesson = make_lesson(decided_by(batch, posts), detector.confidences)
        except LabelError as error:
            print(f"{batch.name}: refused. {error}", flush=True)
            continue
        _tell(batch, lesson)
        yield batch, lesson


def _tell(batch: Batch, lesson: Lesson) -> None:
    left_out = "; ".join(map(str, lesson.left_out)) or "nobody"
    print(
        f"{batch.name}: {len(lesson.labels)} labels count {sum(lesson.given.values()):.0f}; left out: {left_out}",
        flush=True,
    )


def _print(name: str, found: Evaluation) -> None:
    print(f"{name}: any flag F1 {found.any_flag.f1}, macro F1 {found.macro_f1:.3f}", flush=True)
