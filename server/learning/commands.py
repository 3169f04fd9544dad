"""``pinch labels export``: decisions and feedback as labels, by whoever runs the machine and never by itself."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

import click

from classifier.output import whole_file
from server.commands.problems import Refusal, read_settings, told_plainly
from server.feedback.export import json_line
from server.learning.feedback_rows import feedback_rows
from server.learning.post_rows import post_rows
from server.learning.pseudonyms import Pseudonyms
from server.learning.standing import decided_posts
from server.moderation.audit import COMMAND_LINE, audit
from server.security.sessions import cookie_key
from server.store import Store, open_store
from server.store.writing import writing


@click.command("export")
@click.argument("file", metavar="OUT", type=click.Path(allow_dash=True, dir_okay=False))
@click.option("--decisions", is_flag=True, help="What moderators decided of posts.")
@click.option("--feedback", is_flag=True, help="What readers sent back about flags.")
def export_labels(file: str, decisions: bool, feedback: bool) -> None:
    """Write what people said of flags into OUT (or - for standard output), for 'pinch train --with-decisions'.

    A line is a sentence. The file holds members' words, and no names: people and threads go by pseudonyms of this
    installation. Only you may read it. docs/learning.md tells what counts as a label.
    """
    if not (decisions or feedback):
        raise Refusal("Say what to export: --decisions, --feedback or both.")
    settings = read_settings()
    with told_plainly():
        store = open_store(settings)
        names = Pseudonyms(cookie_key(settings.data_dir))
        with writing(store.engine) as connection:
            told = {"decisions": decisions, "feedback": feedback}
            audit(connection, COMMAND_LINE, "export-labels", "labels", told)
        count = _Count()
        with whole_file(file, mode=0o600) as out:
            for row in chain(_decided(store, names, decisions), _sent(store, names, feedback)):
                count.add(row)
                out.write(json_line(row))
    click.echo(count.told(), err=True)


def _decided(store: Store, names: Pseudonyms, is_wanted: bool) -> Iterator[dict[str, Any]]:
    if is_wanted:
        for decided in decided_posts(store.engine):
            yield from post_rows(decided, names)


def _sent(store: Store, names: Pseudonyms, is_wanted: bool) -> Iterator[dict[str, Any]]:
    if is_wanted:
        yield from feedback_rows(store.feedback.all(), names)


class _Count:
    """How much was written."""

    def __init__(self) -> None:
        self._labels = self._disagreed = 0
        self._pages: set[str] = set()
        self._people: set[str] = set()

    def add(self, row: dict[str, Any]) -> None:
        """Count a row."""
        known = len(row["flags"]) + len(row["near_misses"])
        spoken_of = {said["flag"] for said in row["said"]}
        self._labels += known
        self._disagreed += len(spoken_of) - known
        self._pages.add(row["page"])
        self._people |= {said["person"] for said in row["said"]}

    def told(self) -> str:
        """In words."""
        return (
            f"{self._labels} labels on {len(self._pages)} posts and pages by {len(self._people)} people; "
            f"on {self._disagreed} more people disagree."
        )
