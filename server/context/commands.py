"""``pinch context``: look at the cards, and check them before a pull request."""

from __future__ import annotations

from pathlib import Path

import click

from classifier.errors import PinchError
from server.context.cards import CARDS, Card, load_cards, read_card
from server.context.check import check_folder
from server.context.combinations import check_combinations
from server.context.explainers import check_explainers
from server.context.reply import reply_to
from server.context.show import as_html, as_text

_FOLDER = click.option(
    "--folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=CARDS,
    help="Where the card files are; by default those that come with Pinch.",
)


@click.group()
def context() -> None:
    """The cards that say what public-health bodies know."""


@context.command()
@_FOLDER
def check(folder: Path) -> None:
    """Check every card; exit with 1 and the reasons when one is not fit to be shown."""
    problems = [str(problem) for problem in check_folder(folder)]
    problems += [f"explainers.toml: {reason}" for reason in check_explainers()]
    if not problems:
        problems += [f"combinations.toml: {reason}" for reason in check_combinations(load_cards())]
    for problem in problems:
        click.echo(problem, err=True)
    files = len(list(folder.glob("*.toml")))
    if problems or not files:
        raise click.ClickException(f"{len(problems)} problems in {files} cards. See docs/context-cards.md.")
    click.echo(f"{files} cards, no problems.")


@context.command("list")
@_FOLDER
def list_cards(folder: Path) -> None:
    """One line a card: id, group, risk, next review, who reviewed it, title."""
    for card in _load(folder).values():
        reviewer = card.reviewed_by or "not medically reviewed"
        click.echo(f"{card.id:26} {card.group:13} {card.risk:7} {card.review_by}  {reviewer:24} {card.title}")


@context.command()
@click.argument("card_id", metavar="ID")
@_FOLDER
def show(card_id: str, folder: Path) -> None:
    """One card as text."""
    click.echo(as_text(_one(card_id, folder)))


@context.command()
@click.argument("card_id", metavar="ID")
@_FOLDER
def preview(card_id: str, folder: Path) -> None:
    """One card as an HTML page: pinch context preview ketamine > ketamine.html."""
    click.echo(as_html(_one(card_id, folder)))


def _load(folder: Path) -> dict[str, Card]:
    try:
        return load_cards(folder)
    except PinchError as error:
        raise click.ClickException(str(error)) from None


def _one(card_id: str, folder: Path) -> Card:
    path = folder / f"{card_id}.toml"
    # The name is looked up in the folder, never joined to it unseen, so that it cannot lead out of it.
    if path not in set(folder.glob("*.toml")):
        raise click.ClickException("There is no card of this id. 'pinch context list' names them.")
    try:
        return read_card(path)
    except PinchError as error:
        raise click.ClickException(str(error)) from None


@context.command()
@click.argument("card_id", metavar="ID")
@click.option("--markdown", is_flag=True, help="With links in Markdown.")
@_FOLDER
def reply(card_id: str, markdown: bool, folder: Path) -> None:
    """A reply on one topic, to copy into a thread."""
    click.echo(reply_to(_one(card_id, folder), markdown=markdown))
