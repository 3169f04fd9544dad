"""``pinch retractions``: bring in the public list of retracted papers."""

from __future__ import annotations

from pathlib import Path

import click

from server.commands.problems import read_settings, told_plainly
from server.commands.progress import reading_with_progress
from server.commands.tally import Tally
from server.retractions.record import Nature
from server.retractions.rows import open_text, read_rows
from server.retractions.store import Retractions


@click.group()
def retractions() -> None:
    """The list of retracted papers, kept on this machine."""


def _open() -> Retractions:
    return Retractions(read_settings().data_dir)


@retractions.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_file(file: Path) -> None:
    """Read the CSV of the Retraction Watch data from FILE.

    Rows of the same Record ID take each other's place, so a newer list may be read over an older one. Rows that cannot
    be used are left out and counted. docs/factchecks.md tells where to get the list.
    """
    tally = Tally()
    with told_plainly(), reading_with_progress(file) as stream, _open().importing() as importer:
        for number, record in read_rows(open_text(stream)):
            if isinstance(record, str):
                tally.refuse(f"row {number}", record)
            else:
                importer.add(record)
    counted = ", ".join(f"{nature} {importer.kept[nature]}" for nature in Nature)
    click.echo(f"Rows read: {importer.kept.total()} ({counted}).")
    tally.tell()


@retractions.command()
def count() -> None:
    """Print how many rows of each kind are here."""
    with told_plainly():
        counted = _open().count()
    for nature in Nature:
        click.echo(f"{counted[nature]:7} {nature}")


@retractions.command()
@click.confirmation_option("--yes", prompt="Remove the list of retractions from this machine?", help="Do not ask.")
def clear() -> None:
    """Remove the list from this machine."""
    with told_plainly():
        _open().file.clear()
    click.echo("Removed the list of retractions.")
