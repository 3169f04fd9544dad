"""How well a post's need is told for a writer that the model has not seen: each writer is left out in turn.

``python -m tests.bench.needs`` takes the flags of the bundle that is here, learns needs anew from the labelled posts of
all other writers, and reads those of the one left out. Three tables: the calibrated confidences against the labels; how
long it takes; and the queue's order on the demo threads, with every post judged by a model that saw none by its writer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from statistics import mean, median
from time import perf_counter

import numpy as np
from sklearn.metrics import average_precision_score

from classifier import load
from classifier.detector import Detector
from classifier.model import FlagModel, load_bundle
from classifier.need_posts import THREADS, NeedPost, read_post_file, read_posts
from classifier.need_training import examples_of
from classifier.needs import Examples, NeedModel
from classifier.priority_weights import load_weights
from server.context import load_cards
from server.moderation.scoring import Scorer
from tests.bench.priority import ORDERS, SHARE, Judged, read_folders

HEAD = (
    f"{'left out':<12} {'danger':>7} {'AP':>6} {'found':>6} {'care':>6} {'AP':>6} {'needs a person':>15} {'wrongly':>8}"
)


def without(examples: Examples, writer: str) -> NeedModel:
    """A model that learned of all writers but one."""
    rows = np.flatnonzero(np.array(examples.writers) != writer)
    kept = ([part[row] for row in rows] for part in (examples.documents, examples.writers))
    documents, writers = kept
    return NeedModel.fit(Examples(documents, examples.flags[rows], examples.y[rows], writers, examples.in_thread[rows]))


def line(writer: str, sure: np.ndarray, y: np.ndarray, least: float) -> str:
    """The line of one writer. ``found``: of the dangerous, those among as many surest posts."""
    danger, care = y.sum(axis=0)
    found = y[np.argsort(-sure[:, 0])[:danger], 0].sum()
    first, second = (average_precision_score(y[:, column], sure[:, column]) for column in (0, 1))
    person = sure[:, 1] >= least
    return (
        f"{writer:<12} {danger:7} {first:6.2f} {found:6} {care:6} {second:6.2f}"
        f" {(person & y[:, 1]).sum():15} {(person & ~y[:, 1]).sum():8}"
    )


def judge(model: FlagModel, posts: Sequence[NeedPost]) -> dict[str, NeedModel]:
    """Print the first two tables; the models by the writer that each has not seen."""
    examples, least = examples_of(model, posts), load_weights().least_care
    models, sures = {}, np.zeros(examples.y.shape)
    started = perf_counter()
    NeedModel.fit(examples)
    print(f"learning of {len(posts)} posts: {perf_counter() - started:.1f} s\n\n{HEAD}")
    times = []
    detector = Detector(model, {"version": "", "digest": ""})
    for writer in dict.fromkeys(examples.writers):
        models[writer] = without(examples, writer)
        rows = [row for row, one in enumerate(examples.writers) if one == writer]
        for row in rows:
            report = detector.analyze(examples.documents[row])
            started = perf_counter()
            need = models[writer].read(report.document, report.by_flag)
            times.append(perf_counter() - started)
            sures[row] = need.danger.confidence, need.care.confidence
        print(line(writer, sures[rows], examples.y[rows], least), flush=True)
    print(line("all", sures, examples.y, least))
    print(f"\na post takes {mean(times) * 1000:.2f} ms more, half of them under {median(times) * 1000:.2f}\n")
    return models


def order(models: dict[str, NeedModel], model: FlagModel) -> None:
    """Print what stands in the first tenth of each writer's threads, and of each half of the demo."""
    manifest, cards, weights = load().manifest, load_cards(), load_weights()
    scorers = {
        name: Scorer(Detector(replace(model, needs=needs), manifest), cards, weights) for name, needs in models.items()
    }
    by_writer: dict[str, list[Judged]] = {}
    for half in ("tuned", "heldout"):
        judged = defaultdict(list)
        for path in sorted((THREADS / half).glob("*.toml")):
            writer = next(iter(read_post_file(path))).writer
            judged[writer] += read_folders([path.parent], scorers[writer], only=path.name)
        by_writer |= judged
        told(half, [post for part in judged.values() for post in part])
    for writer, part in sorted(by_writer.items()):
        told(writer, part)


def told(name: str, posts: Sequence[Judged]) -> None:
    """One line: of the first tenth those that deserve it, and the share of the dangerous and distressed in it."""
    most = max(1, round(len(posts) * SHARE))
    first = sorted(posts, key=ORDERS["ours"], reverse=True)[:most]
    need: Callable[[Iterable[Judged], str], int] = lambda some, kind: sum(post.need == kind for post in some)  # noqa: E731
    counts = ", ".join(f"{kind} {need(first, kind)} of {need(posts, kind)}" for kind in ("danger", "care"))
    print(f"{name:<12} first {most} of {len(posts)}: {most - need(first, 'none')} deserve attention; {counts}")


if __name__ == "__main__":
    flags, every = load_bundle()[0], read_posts()
    print()
    order(judge(flags, every), flags)
