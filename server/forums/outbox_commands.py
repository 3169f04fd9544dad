"""``pinch forums deliver`` and ``outbox``: bring forums what waits for them, and see how that stands."""

from __future__ import annotations

import threading

import click

from server.commands.problems import read_settings, told_plainly
from server.forums.connections import load_connections
from server.forums.courier import Courier, run_in_background
from server.forums.couriers import couriers_of
from server.forums.outbox import Outbox
from server.store import open_store


@click.command()
@click.option("--watch", is_flag=True, help="Go on until stopped, for servers other than 'pinch serve'.")
def deliver(watch: bool) -> None:
    """Tell forums of decisions that wait to be told, without a server running.

    'pinch serve' does so by itself, and only a server notes which forums want to be told. Any number of these may run
    at once. Exit code 1 when a forum did not take some.
    """
    couriers = _couriers()
    if watch:
        threads = run_in_background(couriers, threading.Event())
        click.echo(f"Watching for {len(threads)} forums. Stop with Ctrl-C.", err=True)
        for thread in threads:
            thread.join()
        return
    failed = 0
    for courier in couriers:
        arrived, not_arrived = courier.make_round()
        failed += not_arrived
        click.echo(f"{courier.source}: {arrived} told, {not_arrived} not told.")
    if not couriers:
        click.echo("No forum wants to be told: see docs/forum-answers.md.")
    if failed:
        raise SystemExit(1)


@click.command("outbox")
def show_outbox() -> None:
    """Show which forums were not told of decisions yet, since when, and why."""
    settings = read_settings()
    with told_plainly():
        states = Outbox(open_store(settings).engine).states()
    if not states:
        click.echo("Every forum was told everything.")
    for state in states:
        since = f", the oldest of {state.oldest:%Y-%m-%d %H:%M} UTC" if state.oldest else ""
        why = f" ({state.told})" if state.told else ""
        click.echo(f"{state.source}: {state.waiting} wait{since}, {state.failed} given up{why}.")


def _couriers() -> list[Courier]:
    settings = read_settings()
    with told_plainly():
        connections = load_connections(settings)
        return couriers_of(open_store(settings).engine, connections)
