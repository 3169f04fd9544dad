"""``pinch token``: who may call. Works on the database, so the server may run meanwhile or not."""

from __future__ import annotations

import click
from rich.console import Console
from rich.table import Table

from server.commands.problems import Refusal, read_settings, told_plainly
from server.commands.serving import base_address
from server.moderation.audit import COMMAND_LINE, audit
from server.settings import Settings
from server.store import Store, open_store


@click.group()
def token() -> None:
    """Let programs and browsers in, and shut them out."""


def _open() -> tuple[Settings, Store]:
    settings = read_settings()
    with told_plainly():
        return settings, open_store(settings)


def _note(store: Store, action: str, subject: str) -> None:
    with store.engine.begin() as connection:
        audit(connection, COMMAND_LINE, action, subject)


@token.command()
@click.option("--name", required=True, help="What the list calls it, such as 'backup script'.")
def create(name: str) -> None:
    """Make a token and print it alone on the last line. Nothing can show it again."""
    name = " ".join(name.split())
    if not name or len(name) > 80:
        raise Refusal("A name has 1 to 80 characters. Give another: pinch token create --name 'backup script'")
    _, store = _open()
    issued = store.clients.issue(name)
    _note(store, "create-token", f"client {issued.client.id}")
    click.echo(f"Made the token '{name}' ({issued.client.id}). Keep it like a password:", err=True)
    click.echo(issued.token)


@token.command("list")
def list_all() -> None:
    """Show who is let in, and who was."""
    _, store = _open()
    table = Table("id", "name", "kind", "made", "last used", "revoked")
    for client in store.clients.all():
        days = (client.created_on, client.last_used_on, client.revoked_on)
        table.add_row(client.id, client.name, client.kind, *(day.isoformat() if day else "-" for day in days))
    if table.row_count:
        Console(soft_wrap=True).print(table)
    else:
        click.echo("Nobody is let in yet. Make a token: pinch token create --name X")


@token.command()
@click.argument("name_or_id")
def revoke(name_or_id: str) -> None:
    """Shut out the token or browser of this NAME or ID, at once."""
    _, store = _open()
    found = store.clients.find(name_or_id)
    if not found:
        raise Refusal("No token in force has this name or id. 'pinch token list' shows them.")
    if len(found) > 1:
        ids = ", ".join(client.id for client in found)
        raise Refusal(f"{len(found)} tokens have this name. Say which by its id: {ids}")
    store.clients.revoke(found[0].id)
    _note(store, "revoke-client", f"client {found[0].id}")
    click.echo(f"Revoked '{found[0].name}' ({found[0].id}).")


@token.command()
def code() -> None:
    """Print an address with a fresh one-time code, to sign in or pair a browser while the server runs."""
    settings, store = _open()
    click.echo("Open this address once, or type the code into the extension (good for ten minutes):", err=True)
    click.echo(f"{base_address(settings, settings.port)}/?code={store.codes.make()}")
