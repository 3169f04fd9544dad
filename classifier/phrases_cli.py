"""``pinch phrases``: a team's own phrase list, looked at, checked and changed. A running server takes it up."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from classifier.errors import InputError
from classifier.own_phrases import OwnPhrases
from classifier.phrase_checks import check_last, check_phrases
from classifier.phrase_editing import EMPTY, Value, with_entry, without_entry, write_list
from classifier.phrase_file import read_entries, read_text
from classifier.places import phrases_file
from classifier.taxonomy import flag_ids
from classifier.telling import said_plainly

phrases_option = click.option(
    "--phrases",
    type=click.Path(path_type=Path),
    callback=lambda _context, _option, given: given or phrases_file(),
    help="The team's phrase list; when left out PINCH_PHRASES, or phrases.toml in the data folder.",
)


@click.group()
def phrases() -> None:
    """Your team's own phrases, which raise flags or take them away without training."""


@phrases.command("list")
@phrases_option
def list_entries(phrases: Path) -> None:
    """Show the entries with their numbers."""
    with said_plainly():
        own = OwnPhrases.read(phrases)
    for number, entry in enumerate(own.entries, start=1):
        does = f"never {entry.flag or 'any flag'}" if entry.never else entry.flag
        click.echo(f"{number:4}  {entry.phrase}  →  {does}{f': {entry.reason}' if entry.reason else ''}")
    click.echo(f"{len(own.entries)} entries in {phrases}")


@phrases.command()
@phrases_option
def check(phrases: Path) -> None:
    """Refuse a list that does not do what its own hits and misses say (exit code 1)."""
    with said_plainly():
        if not phrases.exists():
            raise InputError(f"There is no file {phrases}.", hint="Make one: pinch phrases add")
        own = OwnPhrases.read(phrases)
    problems = check_phrases(own)
    for problem in problems:
        click.echo(problem)
    click.echo(f"{len(own.entries)} entries, {len(problems)} problems")
    sys.exit(1 if problems else 0)


@phrases.command()
@click.argument("phrase")
@click.option("--flag", type=click.Choice(flag_ids()), help="The flag to raise, or the one that --never is about.")
@click.option("--reason", help="Why the words are marked; told to readers.")
@click.option("--note", help="For moderators.")
@click.option("--never", is_flag=True, help="Take flags away where the phrase stands.")
@click.option("--always", is_flag=True, help="Also where the sentence denies the words or warns of them.")
@click.option("--hit", "hits", multiple=True, required=True, help="A sentence that it must act on; may be repeated.")
@click.option("--miss", "misses", multiple=True, help="A sentence that it must leave alone; may be repeated.")
@click.option("--who", help="Who adds it.")
@phrases_option
def add(phrases: Path, hits: tuple[str, ...], misses: tuple[str, ...], **given: str | bool | None) -> None:
    """Add PHRASE to the list, if it does what its hits and misses say."""
    told: dict[str, Value] = {key: value for key, value in given.items() if value}
    told |= {"hits": hits, **({"misses": misses} if misses else {}), "when": f"{datetime.now(UTC):%Y-%m-%d}"}
    with said_plainly():
        before = read_text(phrases) or ""
        changed = with_entry(before, told)
        own = OwnPhrases(read_entries(changed, str(phrases)))
        if problems := check_last(own):
            raise InputError(f"The entry was not added: {'; '.join(problems)}.")
        write_list(phrases, changed)
    click.echo(f"Added as entry {len(own.entries)} of {phrases}")


@phrases.command()
@click.argument("number", type=click.IntRange(1))
@phrases_option
def remove(number: int, phrases: Path) -> None:
    """Take entry NUMBER out of the list, as 'pinch phrases list' counts them."""
    with said_plainly():
        write_list(phrases, without_entry(read_text(phrases) or EMPTY, number))
    click.echo(f"Took entry {number} out of {phrases}")
