"""``pinch train``: from labelled pages to a bundle."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console

from classifier.detector import without_references
from classifier.errors import PinchError
from classifier.evaluation import Judged, evaluate
from classifier.judgements import Judgements, sentence_keys
from classifier.labels import PAGES, read_pages
from classifier.model import BUNDLE, load_bundle, save_bundle
from classifier.need_posts import POSTS, read_posts
from classifier.need_training import with_needs
from classifier.telling import said_plainly
from classifier.training import data_digest
from classifier.training import train as train_model
from classifier.training_set import TrainingSet

RELEASE = "0.1.0"
GUIDELINE = 1


@click.command()
@click.option("--pages", type=click.Path(path_type=Path, exists=True), default=PAGES, help="Folder of page files.")
@click.option("--posts", type=click.Path(path_type=Path, exists=True), default=POSTS, help="Folder of labelled posts.")
@click.option("--out", type=click.Path(path_type=Path), default=BUNDLE, help="Where the bundle goes.")
@click.option("--jobs", type=click.IntRange(1), default=2, show_default=True, help="Processes to use.")
@click.option(
    "--if-changed", is_flag=True, help="Do nothing when the bundle was made from the same labels and versions."
)
def train(pages: Path, posts: Path, out: Path, jobs: int, if_changed: bool) -> None:
    """Train the model on labelled pages; the same labels, lock and machine give the same digest."""
    console = Console(stderr=True)
    with said_plainly():
        made_of = {"digest": data_digest(pages), "posts": data_digest(posts, "*.toml")}
        if if_changed and _is_current(out, made_of):
            console.print("The model is up to date.")
            return
        labelled = read_pages(pages)
        data = TrainingSet.of(labelled)
        console.print(f"{len(data.views)} sentences from {len(set(data.groups))} page files")
        with console.status("Training") as status:
            model, confidences = train_model(data, jobs=jobs, tell=lambda step: status.update(f"Training: {step}"))
            status.update("Training: needs of posts")
            model = with_needs(model, read_posts(posts))
        judged = Judged(confidences, model.thresholds["balanced"], data.y, data.known, data.groups, model.any_weights)
        measured = evaluate(judged)
        about = {
            "release": RELEASE,
            "guideline": GUIDELINE,
            "data": {**made_of, "sentences": measured.sentences, "sources": measured.pages},
            "metrics": {
                "how": "out-of-fold, split by page file, balanced setting",
                "any_flag_precision": measured.any_flag.precision.value,
                "any_flag_recall": measured.any_flag.recall.value,
                "any_flag_auroc": measured.any_flag.auroc.value,
                "macro_f1": measured.macro_f1,
            },
        }
        said = without_references(data.views, confidences)
        judgements = Judgements(sentence_keys(labelled), said, model.thresholds, model.any_weights)
        manifest = save_bundle(model, out, about=about, judged=judgements)
    click.echo(f"Model {manifest['version']} in {out}")


def _is_current(out: Path, made_of: dict[str, str]) -> bool:
    try:
        _, manifest = load_bundle(out)
    except PinchError:
        return False
    return bool(made_of.items() <= manifest.get("data", {}).items())
