"""300 honest decisions on the demo forum, thrice: is the candidate better on posts that nobody decided?

The forum's threads are put into three parts. Each time two of them, 300 posts, are decided by four moderators as the
labels in ``tests/data/decisions`` say, ``pinch train --with-decisions`` makes a candidate and asks the gate, and the
third part is read by both models. All 450 posts together are measured so, none by a model that had heard of its thread.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from click.testing import CliRunner

from classifier import Detector, load
from classifier.comparison import FROZEN
from classifier.coverage import is_scored, languages
from classifier.decided import labels_of, read_decided
from classifier.decision import raised
from classifier.gate import told
from classifier.labels import read_pages
from classifier.model import load_bundle
from classifier.paired import Resamples, f1, hits, precision, recall
from classifier.registry import Registry
from classifier.sentences import split_document
from classifier.taxonomy import flag_ids
from classifier.training_set import TrainingSet
from classifier.views import view_document
from server.cli import main as pinch
from server.moderation.demo.seed import Calendar, incoming
from server.moderation.demo.threads import DemoPost, read_threads
from server.moderation.scoring import document_of
from server.store.times import now
from tests.bench.learning.forum import Gold, decide_and_export, read_gold, thread_folds

PARTS = 3
# With fewer decisions on a flag nothing is claimed of it.
TOUCHED = 10

FIGURES = (("precision", precision), ("recall", recall), ("F1", f1))


@dataclass(frozen=True)
class Read:
    """Sentences with their labels and what two models raise; arrays of shape (n_sentences, n_flags)."""

    y: np.ndarray
    known: np.ndarray
    before: np.ndarray
    after: np.ndarray
    groups: np.ndarray

    def figures(self, columns: Sequence[int]) -> Iterator[tuple[str, str]]:
        """Precision, recall and F1 of some flags together, both models on the same resamples of posts or files."""
        resamples = Resamples(self.groups)
        counts = [
            sum(hits(self.y[:, n], side[:, n], self.known[:, n]) for n in columns) for side in (self.before, self.after)
        ]
        for name, figure in FIGURES:
            yield name, told(resamples.change(counts[0], counts[1], figure, level=0.95))


def together(parts: Sequence[Read]) -> Read:
    """All parts as one."""
    return Read(*(np.concatenate([getattr(part, name) for part in parts]) for name in Read.__dataclass_fields__))


def read_held_out(posts: Sequence[DemoPost], gold: Mapping[str, Sequence[Gold]], models: tuple[Path, Path]) -> Read:
    """These posts as both models read them, beside their labels."""
    y, known, views, groups = [], [], [], []
    calendar = Calendar.until(now())
    for post in posts:
        document = document_of(incoming(post, calendar))
        _, foreign = languages(document)
        sentences = [one for one in split_document(document) if is_scored(document, one, foreign)]
        of_text = {one.text: one for one in gold.get(post.id, ())}
        for sentence in sentences:
            said = of_text.get(sentence.text, Gold("", frozenset(), frozenset()))
            y.append([flag in said.flags for flag in flag_ids()])
            known.append([flag not in said.contested for flag in flag_ids()])
        views += view_document(document, sentences)
        groups += [post.id] * len(sentences)
    return Read(np.array(y), np.array(known), *(_raised(model, views) for model in models), np.array(groups))


def _raised(folder: Path, views: list) -> np.ndarray:  # type: ignore[type-arg]
    model, manifest = load_bundle(folder)
    confidences = Detector(model, manifest).confidences(views)
    return raised(confidences, model.thresholds["balanced"], model.any_weights)


def main() -> None:
    """Decide, train, measure, print."""
    posts, gold, shipped = read_threads(), read_gold(), Registry().shipped
    detector = load(shipped)
    frozen = TrainingSet.of(read_pages(FROZEN))
    touched: Counter[str] = Counter()
    held_out, on_frozen = [], []
    with TemporaryDirectory() as folder:
        os.environ["PINCH_MODELS"] = f"{folder}/models"
        for number, part in enumerate(thread_folds(posts, PARTS), start=1):
            place = Path(folder) / f"forum-{number}"
            place.mkdir()
            file, count = decide_and_export(place, detector, gold, lambda post, part=part: post.id not in part)
            touched.update(label.flag for label in labels_of(read_decided(file)))
            candidate = _candidate(file)
            print(f"part {number}: {count} posts decided", flush=True)
            held_out.append(read_held_out([post for post in posts if post.id in part], gold, (shipped, candidate)))
            after = _raised(candidate, frozen.views)
            on_frozen.append(Read(frozen.y, frozen.known, _raised(shipped, frozen.views), after, frozen.groups))
            _report(held_out, on_frozen, touched)


def _candidate(file: Path) -> Path:
    told_of = CliRunner().invoke(pinch, ["train", "--with-decisions", str(file)])
    print(told_of.output, flush=True)
    if told_of.exit_code not in (0, 1):
        raise SystemExit("The candidate was not made.")
    name = next(line.split()[1].rstrip(":") for line in told_of.output.splitlines() if line.startswith("Candidate"))
    return Registry().folder_of(name)


def _report(held_out: Sequence[Read], on_frozen: Sequence[Read], touched: Counter[str]) -> None:
    flags = [flag for flag in flag_ids() if touched[flag] >= TOUCHED * len(held_out)]
    columns = [flag_ids().index(flag) for flag in flags]
    print(
        "touched flags, by labels in a part:", ", ".join(f"{flag} {touched[flag] // len(held_out)}" for flag in flags)
    )
    every = together(held_out)
    for where, read in (("posts held out", every), *((f"frozen, {n}", one) for n, one in enumerate(on_frozen, 1))):
        for name, change in read.figures(columns):
            print(f"{where}, touched flags together, {name}: {change}", flush=True)
    for flag, column in zip(flags, columns, strict=True):
        for name, change in every.figures([column]):
            print(f"posts held out, {flag} ({int((every.y & every.known)[:, column].sum())} cases), {name}: {change}")
