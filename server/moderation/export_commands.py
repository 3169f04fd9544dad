"""``pinch posts export``: posts and decisions as a file. Works on the database, server or not."""

from __future__ import annotations

from datetime import datetime

import click

from classifier.output import whole_file
from server.commands.problems import read_settings, told_plainly
from server.moderation.audit import COMMAND_LINE, audit
from server.moderation.export import EXPORT_FORMATS, ExportChoice, read_posts
from server.store import open_store
from server.store.writing import writing

_DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.command("export")
@click.argument("file", type=click.Path(allow_dash=True, dir_okay=False))
@click.option(
    "--format",
    "form",
    type=click.Choice(list(EXPORT_FORMATS)),
    default="jsonl",
    show_default=True,
    help="Everything as JSON Lines, or a table of posts or decisions for a spreadsheet.",
)
@click.option("--source", help="Only posts of this source.")
@click.option("--since", type=_DAY, metavar="DAY", help="Only posts from this day on, such as 2026-11-20, in UTC.")
@click.option("--until", type=_DAY, metavar="DAY", help="Only posts up to this day, itself too.")
def export_posts(file: str, form: str, source: str | None, since: datetime | None, until: datetime | None) -> None:
    """Write posts and all decisions on them into FILE (or - for standard output).

    The file holds members' words and names, so only you may read it. A line of JSON Lines is one post with its
    versions, flags, decisions and notes, and loses nothing; in tables an apostrophe may stand before what a
    spreadsheet would run.
    """
    settings = read_settings()
    choice = ExportChoice.of_days(source, since, until)
    with told_plainly():
        engine = open_store(settings).engine
        with writing(engine) as connection:
            audit(connection, COMMAND_LINE, "export-posts", "posts", {"format": form})
        with whole_file(file, mode=0o600) as out:
            out.writelines(EXPORT_FORMATS[form].lines(read_posts(engine, choice)))
