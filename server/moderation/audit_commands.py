"""``pinch audit``: who did what. Works on the database, so the server may run meanwhile or not."""

from __future__ import annotations

import json
from itertools import islice

import click

from classifier.output import whole_file
from server.commands.problems import read_settings, told_plainly
from server.moderation.audit import AuditChoice, AuditEntry, AuditLog
from server.moderation.audit_export import AUDIT_FORMATS, entry_json
from server.store import open_store


@click.group()
def audit() -> None:
    """Who did what to posts, people and tokens."""


def _open() -> AuditLog:
    settings = read_settings()
    with told_plainly():
        return AuditLog(open_store(settings).engine)


@audit.command("list")
@click.option("--actor", help="Only what this person did.")
@click.option("--action", help="Only deeds of this kind, such as change-role.")
@click.option("--subject", help="Only what was done to this, such as 'post 12' or 'person'.")
@click.option("--limit", type=click.IntRange(1, 100_000), default=50, show_default=True, help="How many at most.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def list_all(actor: str | None, action: str | None, subject: str | None, limit: int, as_json: bool) -> None:
    """Show the newest entries, the newest first."""
    found = list(islice(_open().all(AuditChoice(actor, action, subject)), limit))
    if as_json:
        click.echo(json.dumps({"audit": [entry_json(entry) for entry in found]}, indent=2))
    elif not found:
        click.echo("No entries.")
    for entry in [] if as_json else found:
        click.echo(_line(entry))


def _line(entry: AuditEntry) -> str:
    detail = " ".join(f"{name}={value}" for name, value in entry.detail.items())
    return f"{entry.at:%Y-%m-%d %H:%M:%S}Z  {entry.actor}  {entry.action}  {entry.subject}  {detail}".rstrip()


@audit.command()
@click.argument("file", type=click.Path(allow_dash=True, dir_okay=False))
@click.option(
    "--format",
    "form",
    type=click.Choice(list(AUDIT_FORMATS)),
    default="jsonl",
    show_default=True,
    help="JSON Lines, or a table for a spreadsheet.",
)
def export(file: str, form: str) -> None:
    """Write the whole log into FILE (or - for standard output). It holds names, so only you may read the file."""
    log = _open()
    with told_plainly(), whole_file(file, mode=0o600) as out:
        out.writelines(AUDIT_FORMATS[form].lines(log.all(AuditChoice())))
