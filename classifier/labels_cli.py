"""``pinch labels``: check and count the labelled sentences."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from classifier.label_checks import LabelCounts, check_labels
from classifier.label_rows import read_jsonl
from classifier.labels import PAGES
from classifier.need_posts import check_posts, read_posts
from classifier.own_phrases import OwnPhrases
from classifier.phrase_checks import check_phrases
from classifier.phrases_cli import phrases_option
from classifier.taxonomy import flag_kinds
from classifier.telling import said_plainly


@click.group()
def labels() -> None:
    """The labelled sentences that the model learns from."""


@labels.command()
@click.argument("path", type=click.Path(path_type=Path, exists=True), default=PAGES)
@click.option(
    "--against", type=click.Path(path_type=Path, exists=True), help="JSONL that the labels must not resemble."
)
@phrases_option
def check(path: Path, against: Path | None, phrases: Path) -> None:
    """Refuse invalid or contradictory labels, near duplicates and templated writing (exit code 1).

    With the pages that the model learns from, the posts that it learns from are checked too, and so is the team's
    phrase list, where there is one.
    """
    with said_plainly():
        result = check_labels(path, against=read_jsonl(against) if against else ())
        posts = read_posts() if path.resolve() == PAGES.resolve() else []
        own = OwnPhrases.read(phrases)
    problems = [*result.problems, *check_posts(posts), *(f"{phrases}: {problem}" for problem in check_phrases(own))]
    for problem in problems:
        click.echo(problem)
    counts = result.counts
    listed = f", {len(own.entries)} phrases of the team" if own.entries else ""
    told = f"{counts.sentences} sentences on {counts.pages} pages, {len(posts)} posts{listed}"
    click.echo(f"{told}, {len(problems)} problems")
    sys.exit(1 if problems else 0)


@labels.command()
@click.argument("path", type=click.Path(path_type=Path, exists=True), default=PAGES)
def count(path: Path) -> None:
    """Count sentences by flag and register."""
    print_counts(check_labels(path).counts, Console())


def print_counts(counts: LabelCounts, console: Console) -> None:
    """Tables of what there is."""
    console.print(
        f"{counts.sentences} sentences on {counts.pages} pages of {counts.topics} topics; "
        f"{counts.flagged} flagged; {counts.pairs} pairs"
    )
    table = Table("flag", "sentences", "near misses")
    for kind in flag_kinds():
        table.add_row(kind.id, str(counts.by_flag[kind.id]), str(counts.near_misses[kind.id]))
    console.print(table)
    console.print(", ".join(f"{register} {number}" for register, number in counts.by_register.items()))
