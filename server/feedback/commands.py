"""``pinch feedback``: look at what readers sent, take it along, erase it. Works on the database, server or not."""

from __future__ import annotations

import json
from collections.abc import Iterator

import click

from classifier.output import whole_file
from server.commands.printable import printable
from server.commands.problems import Refusal, read_settings, told_plainly
from server.feedback.export import FORMATS
from server.feedback.wording import feedback_json
from server.store import FeedbackStore, KeptFeedback, open_store


@click.group()
def feedback() -> None:
    """What readers said about flags."""


def _open() -> FeedbackStore:
    settings = read_settings()
    with told_plainly():
        return open_store(settings).feedback


@feedback.command("list")
@click.option("--json", "as_json", is_flag=True, help="For programs: everything, as the API gives it.")
def list_all(as_json: bool) -> None:
    """Show all feedback, the newest first."""
    found = list(_open().all())
    if as_json:
        click.echo(json.dumps({"feedback": [feedback_json(kept) for kept in found]}, ensure_ascii=False, indent=2))
        return
    if not found:
        click.echo("There is no feedback here yet. Readers send it from the card at a mark, programs to /v1/feedback.")
        return
    for kept in found:
        click.echo("\n".join(_lines(kept)))


def _lines(kept: KeptFeedback) -> Iterator[str]:
    """The id stands unbroken, to be copied; no table, whose columns would cut it."""
    said = kept.feedback
    yield f"{said.id}  {kept.sent_on.isoformat()}  {said.verdict}  {said.flag}"
    yield f"    {printable(said.text)}"
    if said.note:
        yield f"    Note: {printable(said.note)}"
    yield f"    {printable(', '.join(filter(None, (kept.client_name, said.url))))}"


@feedback.command()
@click.argument("file", type=click.Path(allow_dash=True, dir_okay=False))
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
    default="labels",
    show_default=True,
    help="Rows for 'pinch evaluate', everything as JSON Lines, or a table for a spreadsheet.",
)
def export(file: str, form: str) -> None:
    """Write all feedback into FILE (or - for standard output).

    The file holds readers' words, so only you may read it. docs/labelling.md tells what the rows of labels are.
    """
    store = _open()
    with told_plainly(), whole_file(file, mode=0o600) as out:
        out.writelines(FORMATS[form].lines(store.all()))


@feedback.command()
@click.argument("feedback_id", metavar="[ID]", required=False)
@click.option("--all", "everything", is_flag=True, help="All of it.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def delete(feedback_id: str | None, everything: bool, yes: bool) -> None:
    """Erase the feedback of this ID, or all. It cannot be undone."""
    if (feedback_id is None) != everything:
        raise Refusal("Give either an ID or --all. 'pinch feedback list' shows the ids.")
    store = _open()
    if feedback_id is None:
        _ask(f"Erase all feedback ({store.count()})?", yes)
        click.echo(f"Erased: {store.delete_all()}.")
        return
    if store.find(feedback_id) is None:
        raise Refusal("There is no feedback of this id. 'pinch feedback list' shows the ids.")
    _ask("Erase this feedback?", yes)
    store.delete(feedback_id)
    click.echo("Erased.")


def _ask(question: str, yes: bool) -> None:
    if not yes:
        click.confirm(question, abort=True)
