"""``pinch forums``: see what is connected, try it, and fetch what was missed."""

from __future__ import annotations

from datetime import UTC, datetime

import click
import sqlalchemy as sa

from classifier.errors import PinchError
from server.commands.problems import Refusal, read_settings, told_plainly
from server.commands.scorer import scorer_of
from server.forums.connections import Connections, DiscourseForum, Forum, load_connections
from server.forums.discourse.client import DiscourseClient
from server.forums.leases import Leases
from server.forums.outbox import Outbox
from server.forums.pulling import Pulled, Puller
from server.forums.receiving import Receiver
from server.moderation.intake import Intake
from server.settings import Settings
from server.store import open_store


@click.group()
def forums() -> None:
    """The connected forums (docs/forums.md)."""


def _open() -> tuple[Settings, Connections, sa.Engine]:
    settings = read_settings()
    with told_plainly():
        connections = load_connections(settings)
        return settings, connections, open_store(settings).engine


@forums.command("list")
def list_all() -> None:
    """One line a forum: what it may do here, and when it was last read. No secret is shown."""
    _, connections, engine = _open()
    if not connections.forums:
        click.echo("No forum is connected. docs/forums.md says how.")
    untold = {state.source: state.waiting + state.failed for state in Outbox(engine).states()}
    for forum in connections.forums.values():
        late = f"  {untold[forum.source]} not told: pinch forums outbox" if forum.source in untold else ""
        click.echo(f"{forum.source}  {_abilities(forum)}  {_state(forum, engine)}{late}")


@forums.command()
@click.argument("source", required=False)
def check(source: str | None) -> None:
    """Try the connections, or the one of SOURCE: ask each Discourse for its newest posts, and keep nothing.

    Exit code 1 when something should be mended.
    """
    _, connections, _ = _open()
    problems = 0
    if connections.is_open_to_others():
        click.echo(
            f"{connections.path}: others on this machine may read it. Run: chmod 600 {connections.path}", err=True
        )
        problems += 1
    for forum in _chosen(connections, source):
        told = _tried(forum)
        problems += told is not None
        click.echo(f"{forum.source}: {told or 'as it should be'}")
    raise SystemExit(1 if problems else 0)


@forums.command()
@click.argument("source", required=False)
@click.option("--since", type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M:%SZ"]), help="Back to this time, in UTC.")
def pull(source: str | None, since: datetime | None) -> None:
    """Fetch what was posted, edited and deleted while no delivery came, from every Discourse or that of SOURCE.

    Back to where it was last read, and a week further; further still with --since. Exit code 1 when a forum could not
    be read to the end: what came before is kept, and the next pull goes on.
    """
    settings, connections, engine = _open()
    chosen = [forum for forum in _chosen(connections, source) if isinstance(forum, DiscourseForum) and forum.api_key]
    if not chosen:
        raise Refusal("There is no Discourse with an api_key to ask. See docs/forums.md.")
    with told_plainly():
        receiver = Receiver(engine, Intake(engine, scorer_of(settings)))  # one for the whole command
        puller = Puller(lambda: receiver, Leases(engine))
    failed = False
    for forum in chosen:
        pulled = puller.pull(forum, since=since.replace(tzinfo=UTC) if since else None)
        click.echo(f"{forum.source}: {_told(pulled)}", err=pulled is None or pulled.error is not None)
        failed |= pulled is None or pulled.error is not None
    raise SystemExit(1 if failed else 0)


def _chosen(connections: Connections, source: str | None) -> list[Forum]:
    if source is None:
        return list(connections.forums.values())
    if source not in connections.forums:
        raise Refusal("No forum of this source is connected. 'pinch forums list' shows those that are.")
    return [connections.forums[source]]


def _abilities(forum: Forum) -> str:
    able = ["webhook"] if forum.webhook_secret else []
    if isinstance(forum, DiscourseForum):
        able += ["pull"] if forum.api_key else []
        able += [forum.act] if forum.act != "none" else []
    elif forum.callback_url:
        able.append("callback")
    return f"{forum.kind} ({', '.join(able) or 'nothing'})"


def _state(forum: Forum, engine: sa.Engine) -> str:
    if not isinstance(forum, DiscourseForum) or not forum.api_key:
        return "never read"
    reached = Leases(engine).reached(forum.source)
    if reached.asked_at is None:
        return "not yet read"
    return f"read {reached.asked_at:%Y-%m-%d %H:%M} UTC: {reached.result}, {reached.taken} taken"


def _tried(forum: Forum) -> str | None:
    """What is wrong with a connection."""
    if not forum.webhook_secret:
        return "without a webhook_secret nothing can be delivered"
    if not isinstance(forum, DiscourseForum):
        return None
    if not forum.api_key:
        return "without an api_key what a delivery missed is never fetched"
    try:
        DiscourseClient(forum).latest(None)
    except PinchError as error:
        return str(error)
    return None


def _told(pulled: Pulled | None) -> str:
    if pulled is None:
        return "another process reads it now."
    counts = ", ".join(f"{count} {result}" for result, count in sorted(pulled.counts.items())) or "nothing there"
    return f"{counts}. {pulled.error}" if pulled.error else f"{counts}."
