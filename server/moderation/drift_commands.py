"""``pinch posts drift``: whether what comes in reads otherwise than it did."""

from __future__ import annotations

import json
from collections.abc import Iterator

import click

from classifier.model import model_id, read_manifest
from classifier.reference import read_reference
from server.commands.printable import printable
from server.commands.problems import read_settings, told_plainly
from server.models import bundle_in_use
from server.moderation.drift import ForumDrift, Training, Week, drift_by_forum
from server.moderation.drift_wording import forum_json, notice, percent, standing
from server.settings import Settings
from server.store import open_store
from server.store.times import now

_SHOWN = 12  # weeks, the newest


@click.command("drift")
@click.option("--source", help="This forum alone.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def drift(source: str | None, form: str) -> None:
    """Hold each week's posts against the forum's first four weeks: flags, confidence, unknown words.

    Exit code 1 when the newest week moved, so that a timer can tell you. JSON holds the comparison with the
    training too. What to do then is told in docs/drift.md.
    """
    settings = read_settings()
    with told_plainly():
        training, engine = _training(settings), open_store(settings).engine
        with engine.connect() as connection:
            found = drift_by_forum(connection, at=now(), training=training)
    forums = [forum for forum in found if source in (None, forum.source)]
    if form == "json":
        click.echo(json.dumps({"forums": [forum_json(forum) for forum in forums]}, ensure_ascii=False, indent=2))
    elif not forums:
        click.echo("There are no posts here to compare.")
    else:
        click.echo("\n\n".join("\n".join(_lines(forum)) for forum in forums))
    if any(forum.newest and forum.newest.moves for forum in forums):
        raise SystemExit(1)


def _training(settings: Settings) -> Training | None:
    """What the model here saw in training, without loading the model."""
    manifest = read_manifest(bundle_in_use(settings))
    reference = read_reference(manifest)
    return Training(model_id(manifest).name, reference.forum or reference.whole) if reference else None


def _lines(forum: ForumDrift) -> Iterator[str]:
    yield printable(f"{forum.source}: {notice(forum) or standing(forum)}", 2000)
    if forum.weeks:
        yield "week of       posts  sentences  flagged  unknown words  confidence"
    for week in forum.weeks[-_SHOWN:]:
        yield _line(week)
    if forum.uncounted:
        yield f"{forum.uncounted} posts were read before there was a count; 'pinch posts rescore --all' counts them."


def _line(week: Week) -> str:
    tally = week.period.tally
    flagged = percent(tally.flagged / tally.sentences) if tally.sentences else "-"
    unknown = percent(tally.unknown / tally.words) if tally.words else "-"
    numbers = f"{week.period.posts:>7}{tally.sentences:>11}{flagged:>9}{unknown:>15}{percent(tally.mean_sure):>12}"
    if week.is_first:
        return f"{week.monday}  {numbers}  first weeks"
    return f"{week.monday}  {numbers}{'  moved' if week.moves else ''}".rstrip()
