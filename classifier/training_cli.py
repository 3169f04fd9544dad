"""``pinch train``: from labelled pages to a bundle, or with people's decisions to a candidate."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import click
from rich.console import Console

from classifier.decided import decided_digest, read_decided
from classifier.detector import Detector
from classifier.errors import LabelError, PinchError
from classifier.gate import compare
from classifier.gate_page import PAGE, write_gate
from classifier.labels import PAGES
from classifier.lessons import Lesson, make_lesson
from classifier.making import Ingredients, make_bundle
from classifier.model import BUNDLE, load_bundle, read_manifest
from classifier.need_posts import POSTS
from classifier.registry import Registry
from classifier.telling import said_plainly


@click.command()
@click.option("--pages", type=click.Path(path_type=Path, exists=True), default=PAGES, help="Folder of page files.")
@click.option("--posts", type=click.Path(path_type=Path, exists=True), default=POSTS, help="Folder of labelled posts.")
@click.option("--out", type=click.Path(path_type=Path), help="Where the bundle goes, in place of the shipped one.")
@click.option("--jobs", type=click.IntRange(1), default=2, show_default=True, help="Processes to use.")
@click.option(
    "--if-changed", is_flag=True, help="Do nothing when the bundle was made from the same labels and versions."
)
@click.option(
    "--with-decisions",
    "decisions",
    metavar="FILE",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Learn from what 'pinch labels export' wrote, too, and make a candidate.",
)
def train(pages: Path, posts: Path, out: Path | None, jobs: int, if_changed: bool, decisions: Path | None) -> None:
    """Train the model on labelled pages; the same labels, lock and machine give the same digest.

    With decisions it makes a candidate beside the models that are there, asks the gate and replaces nothing: 'pinch
    model promote' does. Exit code 1: the gate refuses it.
    """
    console = Console(stderr=True)
    with said_plainly():
        made = Ingredients(pages, posts, jobs, console)
        if decisions is None:
            _train(made, out or BUNDLE, if_changed=if_changed)
            return
        if if_changed:
            raise LabelError("--if-changed and --with-decisions do not go together.", hint="Leave one of them out.")
        lesson, about = _lesson(decisions, console)
        if out is not None:
            manifest = make_bundle(made, out, lesson=lesson, decisions=about)
            click.echo(f"Model {manifest['version']} in {out}")
            return
        is_passed = _make_candidate(made, lesson, about, console)
    if not is_passed:
        raise SystemExit(1)


def _train(made: Ingredients, out: Path, *, if_changed: bool) -> None:
    if if_changed and _is_current(out, made.digests()):
        made.console.print("The model is up to date.")
        return
    manifest = make_bundle(made, out)
    click.echo(f"Model {manifest['version']} in {out}")


def _is_current(out: Path, made_of: dict[str, str]) -> bool:
    try:
        _, manifest = load_bundle(out)
    except PinchError:
        return False
    return bool(made_of.items() <= manifest.get("data", {}).items())


def _lesson(file: Path, console: Console) -> tuple[Lesson, dict[str, object]]:
    """What the decisions teach, and what a manifest keeps of it. Raises :class:`LabelError` when they are refused."""
    model, manifest = load_bundle(BUNDLE)
    if "decisions" in manifest.get("data", {}):
        raise LabelError(
            "The shipped model learned from decisions itself, so it cannot judge them.", hint="Run 'pinch train' first."
        )
    decided = read_decided(file)
    with console.status("Comparing each person's labels with the shipped model and with other people's"):
        lesson = make_lesson(decided, Detector(model, manifest).confidences)
    _tell(lesson, console)
    return lesson, {
        "digest": decided_digest(decided),
        "labels": len(lesson.labels),
        "posts": lesson.posts,
        "people": len(lesson.given),
        "contested": lesson.contested,
        "left_out": [str(one) for one in lesson.left_out],
    }


def _tell(lesson: Lesson, console: Console) -> None:
    console.print(
        f"{len(lesson.labels)} labels on {lesson.posts} posts by {len(lesson.given)} people; "
        f"{lesson.contested} contested"
    )
    for person, given in sorted(lesson.given.items()):
        console.print(f"  {person}: counts as {given:.0f} labels", highlight=False)
    for one in lesson.left_out:
        console.print(f"Left out, because it stands out from all others: {one}", highlight=False)


def _make_candidate(made: Ingredients, lesson: Lesson, about: dict[str, object], console: Console) -> bool:
    """Whether the candidate passed the gate."""
    registry = Registry()
    current = registry.current()
    with TemporaryDirectory() as folder:
        make_bundle(made, Path(folder), lesson=lesson, decisions=about)
        name = registry.add(Path(folder))
    with console.status("Comparing on sentences that neither model had seen"):
        result = compare(registry.folder_of(name), current)
    write_gate(result, registry.folder_of(name), against=read_manifest(current)["digest"])
    click.echo(f"Candidate {name}: {'passed the gate' if result.passed else 'refused by the gate'}")
    for reason in result.reasons:
        click.echo(f"  worse: {reason}")
    click.echo(f"What it changes: {registry.folder_of(name) / PAGE}")
    click.echo(f"Nothing is replaced. To put it into use: pinch model promote {name}", err=True)
    return result.passed
