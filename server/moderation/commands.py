"""``pinch posts``: bring a forum's posts in, look at them, take them out. Works on the database, server or not."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast, get_args

import click
import sqlalchemy as sa

from classifier import load
from classifier.priority_weights import load_weights
from server.commands.printable import printable
from server.commands.problems import Refusal, read_settings, told_plainly
from server.commands.progress import reading_with_progress
from server.context import load_cards
from server.models import bundle_in_use
from server.moderation.audit import COMMAND_LINE
from server.moderation.importing import Refusals, import_rows
from server.moderation.intake import Intake, Result
from server.moderation.posts import Posts
from server.moderation.rows import RowDefaults, RowFormat, format_of, read_rows, unpacked
from server.moderation.scoring import Scorer
from server.moderation.wording import post_json
from server.settings import Settings
from server.store import open_store
from server.store.times import now

_RESULTS: tuple[Result, ...] = get_args(Result)


@click.group()
def posts() -> None:
    """A forum's posts, for its moderators."""


def _open() -> tuple[Settings, sa.Engine]:
    settings = read_settings()
    with told_plainly():
        return settings, open_store(settings).engine


def _intake() -> Intake:
    settings, engine = _open()
    with told_plainly():
        weights = load_weights(settings.priority_file)
        return Intake(engine, Scorer(load(bundle_in_use(settings)), load_cards(), weights))


@posts.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--source", help="The forum's name, for rows that do not say.")
@click.option("--format", "form", type=click.Choice(["jsonl", "csv"]), help="By the file's name when left out.")
@click.option("--utc", is_flag=True, help="Take times without a zone as UTC.")
@click.option(
    "--refused",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to write refused rows; beside FILE when left out.",
)
def import_file(file: Path, source: str | None, form: str | None, utc: bool, refused: Path | None) -> None:
    """Take the posts of FILE in: JSON Lines or CSV, plain or gzipped.

    The keys, or the names of the columns, are those of POST /v1/posts (docs/api.md); others are passed over, and `id`
    stands for `post_id`. A post that is here already changes nothing, so an import that was broken off is run again.
    Rows that are refused are written to a file with the reasons; correct them there and import that file. Exit code 1
    when there are any.
    """
    counts: Counter[Result] = Counter()
    chosen = cast(RowFormat, form) if form else format_of(file)
    intake = _intake()
    kept = refused or file.with_name(f"{file.name}.refused.jsonl")
    if kept.exists() and kept.samefile(file):
        raise Refusal("The refused rows would be written over FILE itself. Name another: --refused FILE")
    refusals = Refusals(kept)
    with told_plainly(), refusals, reading_with_progress(file) as stream, unpacked(stream) as plain:
        for step in import_rows(read_rows(plain, chosen, RowDefaults(source, utc)), intake, refusals):
            counts += step
    click.echo(", ".join(f"{counts[result]} {result}" for result in _RESULTS) + ".")
    if refusals.count:
        click.echo(f"The refused rows, with the reasons, are in {refusals.path}", err=True)
        raise SystemExit(1)


@posts.command("list")
@click.option("--state", type=click.Choice(["open", "escalated", "decided"]), default="open", show_default=True)
@click.option("--limit", type=click.IntRange(1, 10_000), default=20, show_default=True, help="How many at most.")
@click.option("--json", "as_json", is_flag=True, help="For programs: everything, as the API gives it.")
def list_first(state: str, limit: int, as_json: bool) -> None:
    """Show the posts that stand first, and the sentence that put each there."""
    kept = Posts(_open()[1])
    found = kept.first(limit, state=state)
    if as_json:
        told = [post_json(row, kept.versions(row.number)) for row in found]
        click.echo(json.dumps({"posts": told}, ensure_ascii=False, indent=2))
        return
    if not found:
        click.echo(f"There are no {state} posts here. Bring some in: pinch posts import FILE --source NAME")
    for row in found:
        click.echo("\n".join(_lines(row)))


def _lines(row: sa.Row[Any]) -> Iterator[str]:
    need = "needs a person" if row.needs_person else row.outcome or row.state
    yield f"{row.priority:.2f}  {row.source} {row.post_id}  {need}  {printable(row.author or '-', 40)}"
    words = row.text if row.top_start is None else row.text[row.top_start : row.top_end]
    yield f"      {printable(words)}"


@posts.command()
@click.argument("source")
@click.argument("post_id", metavar="ID")
def show(source: str, post_id: str) -> None:
    """Show one post of SOURCE by its ID, as the API gives it."""
    kept = Posts(_open()[1])
    row = kept.find(source, post_id)
    if row is None:
        raise _no_such_post()
    if row.state == "deleted":
        raise Refusal("This post was deleted, and its words were erased.")
    click.echo(json.dumps(post_json(row, kept.versions(row.number)), ensure_ascii=False, indent=2))


@posts.command()
@click.argument("source")
@click.argument("post_id", metavar="ID")
@click.confirmation_option("--yes", prompt="Erase this post's words in every version?", help="Do not ask.")
def delete(source: str, post_id: str) -> None:
    """Erase the words of one post of SOURCE by its ID. It cannot be undone."""
    erased = Posts(_open()[1]).erase(source, post_id, who=COMMAND_LINE, at=now())
    if erased is None:
        raise _no_such_post()
    click.echo("Erased." if erased else "It was erased before.")


@posts.command()
@click.option("--all", "everything", is_flag=True, help="Also those that this model read, such as after new weights.")
def rescore(everything: bool) -> None:
    """Read again the posts that another model read, and put them in their new places."""
    intake, count = _intake(), 0
    with told_plainly():
        for step in intake.rescore(everything=everything):
            count += step
            click.echo(f"{count} read", err=True)
    click.echo(f"Read again: {count}.")


def _no_such_post() -> Refusal:
    return Refusal("There is no post of this source and id. 'pinch posts list' shows the first ones.")
