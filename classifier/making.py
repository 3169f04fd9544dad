"""A bundle from its ingredients: our own pages and posts, and what people's decisions teach beside them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console

from classifier.detector import without_references
from classifier.evaluation import Judged, evaluate
from classifier.judgements import Judgements, sentence_keys
from classifier.labels import read_pages
from classifier.lessons import Lesson
from classifier.model import save_bundle
from classifier.need_posts import read_posts
from classifier.need_training import with_needs
from classifier.reference import reference_of
from classifier.training import data_digest, train
from classifier.training_set import TrainingSet

RELEASE = "0.1.0"
GUIDELINE = 1


@dataclass(frozen=True, slots=True)
class Ingredients:
    """Where our own labels lie, how many processes may work, and where progress is told."""

    pages: Path
    posts: Path
    jobs: int
    console: Console

    def digests(self) -> dict[str, str]:
        """What a bundle's manifest keeps of where it comes from."""
        return {"digest": data_digest(self.pages), "posts": data_digest(self.posts, "*.toml")}


def make_bundle(
    made: Ingredients, out: Path, *, lesson: Lesson | None = None, decisions: dict[str, object] | None = None
) -> dict[str, Any]:
    """Train, save into ``out`` and give back the manifest, which keeps what is told of the ``decisions``."""
    labelled = read_pages(made.pages)
    data = TrainingSet.of(labelled)
    made.console.print(f"{len(data.views)} sentences from {len(set(data.groups))} page files")
    taught = lesson.data if lesson else None
    with made.console.status("Training") as status:

        def tell(step: str) -> None:
            status.update(f"Training: {step}")

        model, confidences = train(data, taught=taught, jobs=made.jobs, tell=tell)
        tell("needs of posts")
        model = with_needs(model, read_posts(made.posts))
    judged = Judged(confidences, model.thresholds["balanced"], data.y, data.known, data.groups, model.any_weights)
    learned_from = {**made.digests(), **({"decisions": decisions} if decisions else {})}
    about = _about(judged, learned_from) | {"drift": reference_of(labelled, data, confidences, model).told()}
    said = without_references(data.views, confidences)
    judgements = Judgements(sentence_keys(labelled), said, model.thresholds, model.any_weights)
    return save_bundle(model, out, about=about, judged=judgements)


def _about(judged: Judged, learned_from: dict[str, Any]) -> dict[str, Any]:
    measured = evaluate(judged)
    return {
        "release": RELEASE,
        "guideline": GUIDELINE,
        "data": {**learned_from, "sentences": measured.sentences, "sources": measured.pages},
        "metrics": {
            "how": "out-of-fold, split by page file, balanced setting",
            "any_flag_precision": measured.any_flag.precision.value,
            "any_flag_recall": measured.any_flag.recall.value,
            "any_flag_auroc": measured.any_flag.auroc.value,
            "macro_f1": measured.macro_f1,
        },
    }
