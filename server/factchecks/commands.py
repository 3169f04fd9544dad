"""``pinch factchecks``: bring in published fact-checks, and look at those that are here."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from classifier.errors import InputError
from server.commands.problems import Refusal, read_settings, told_plainly
from server.commands.progress import reading_with_progress
from server.commands.tally import Tally
from server.factchecks.claim_review import Refused, reviews_in
from server.factchecks.entries import Entry, read_entries
from server.factchecks.store import FactChecks, Importer

_SHOWN = 10


@click.group()
def factchecks() -> None:
    """Published fact-checks, kept on this machine."""


def _open() -> FactChecks:
    return FactChecks(read_settings().data_dir)


@factchecks.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_file(file: Path) -> None:
    """Read ClaimReview data from FILE.

    Takes schema.org's ClaimReview (alone, in lists, in @graph, in a data feed) and the saved answer of a claims:search,
    as JSON or JSON Lines. A fact-check of the same address and claim takes the other's place. Entries in other
    languages, and those that cannot be used, are left out and counted. docs/factchecks.md tells where to get such data.
    """
    tally = Tally()
    with told_plainly(), reading_with_progress(file) as stream, _open().importing() as importer:
        for entry in read_entries(file, stream):
            _take(entry, importer, tally)
        if not (importer.added or importer.replaced or tally.skipped or tally.refused):
            raise InputError(
                "The file holds no fact-checks.", hint="See docs/factchecks.md for the shapes that are read."
            )
    click.echo(f"{importer.added} added, {importer.replaced} replaced, {tally.skipped} in other languages skipped.")
    tally.tell()


def _take(entry: Entry, importer: Importer, tally: Tally) -> None:
    if entry.problem:
        tally.refuse(entry.place, entry.problem)
        return
    for review in reviews_in(entry.data):
        if not isinstance(review, Refused):
            importer.add(review)
        elif review.is_foreign:
            tally.skipped += 1
        else:
            tally.refuse(entry.place, review.reason)


@factchecks.command("list")
def list_publishers() -> None:
    """Show who published the fact-checks that are here, and how many."""
    table = Table("publisher", "fact-checks", "latest")
    with told_plainly():
        for publisher, count, latest in _open().by_publisher():
            table.add_row(publisher, str(count), latest.isoformat() if latest else "-")
    if table.row_count:
        Console(soft_wrap=True).print(table)
    else:
        click.echo("There are no fact-checks here. Bring some in: pinch factchecks import FILE")


@factchecks.command()
def count() -> None:
    """Print how many fact-checks are here."""
    with told_plainly():
        click.echo(str(_open().count()))


@factchecks.command()
@click.confirmation_option("--yes", prompt="Remove all fact-checks from this machine?", help="Do not ask.")
def clear() -> None:
    """Remove all fact-checks from this machine."""
    with told_plainly():
        _open().file.clear()
    click.echo("Removed all fact-checks.")


@factchecks.command()
@click.argument("claim")
def search(claim: str) -> None:
    """Show the fact-checks about a CLAIM, as a page that makes it would; exit code 1 when there are none."""
    if not claim.strip():
        raise Refusal("A claim has words. Write one: pinch factchecks search 'Lemon water kills cancer cells.'")
    with told_plainly(), _open().searching() as looking:
        found = looking.find(claim)[:_SHOWN] if looking else []
    for one in found:
        day = one.review.reviewed_on.isoformat() if one.review.reviewed_on else "no date"
        click.echo(f"{one.score:.2f}  {one.review.publisher}, {day}, rated \u201c{one.review.rating}\u201d")
        click.echo(f"      {one.review.claim}\n      {one.review.url}")
    if not found:
        click.echo("No fact-check here is surely about this claim.")
        raise SystemExit(1)
