"""``pinch user``: who has an account. Works on the database, so the server may run meanwhile or not."""

from __future__ import annotations

import json
import sys
from typing import cast

import click
from rich.console import Console
from rich.table import Table

from server.commands.problems import Refusal, read_settings, told_plainly
from server.commands.serving import public_address
from server.moderation.accounts import Accounts
from server.moderation.audit import COMMAND_LINE
from server.moderation.invitations import Invitations
from server.moderation.people import Person, read_name
from server.moderation.roles import ROLES, Role
from server.security.passwords import MOST, Passwords
from server.settings import Settings
from server.store import Store, open_store

ROLE = click.Choice(list(ROLES))
_INVITE = click.option(
    "--invite", is_flag=True, help="Print an address where the person chooses a password: for a day."
)
_STDIN = click.option("--password-stdin", "from_stdin", is_flag=True, help="Read the password from standard input.")


@click.group()
def user() -> None:
    """Accounts of people who moderate, and their roles."""


def _open() -> tuple[Settings, Store, Accounts]:
    settings = read_settings()
    with told_plainly():
        store = open_store(settings)
    return settings, store, Accounts(store.engine)


def _find(accounts: Accounts, name: str) -> Person:
    person = accounts.find(name)
    if person is None:
        raise Refusal("There is no account of this name. 'pinch user list' shows them.")
    return person


@user.command()
@click.argument("name")
@click.option("--role", type=ROLE, required=True, help="What the person may do; see docs/people.md.")
@_INVITE
@_STDIN
def add(name: str, role: str, invite: bool, from_stdin: bool) -> None:
    """Add an account. The password is asked for, unless you send an invitation."""
    _not_both(invite, from_stdin)
    with told_plainly():
        name = read_name(name)
    settings, store, accounts = _open()
    if accounts.find(name):
        raise Refusal("There is an account of this name already. 'pinch user list' shows them.")
    digest = None if invite else _new_password(name, from_stdin)
    with told_plainly():
        person = accounts.add(name, cast(Role, role), by=COMMAND_LINE, password_digest=digest)
    click.echo(f"Added {person.name} as {person.role}.", err=True)
    if invite:
        _print_invitation(settings, store, person)


@user.command("list")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def list_all(as_json: bool) -> None:
    """Show everybody with an account."""
    _, _, accounts = _open()
    people = accounts.all()
    if as_json:
        click.echo(json.dumps({"people": [_json(person) for person in people]}, ensure_ascii=False, indent=2))
        return
    if not people:
        click.echo("Nobody has an account yet. Add one: pinch user add NAME --role moderator")
        return
    table = Table("name", "role", "since", "last here", "state")
    for person in people:
        days = (person.created_at, person.last_seen_at)
        table.add_row(person.name, person.role, *(f"{day:%Y-%m-%d}" if day else "-" for day in days), _state(person))
    Console(soft_wrap=True).print(table, markup=False)


def _state(person: Person) -> str:
    if person.disabled_at:
        return "disabled"
    return "active" if person.has_password else "has no password yet"


def _json(person: Person) -> dict[str, object]:
    days = {"created_at": person.created_at, "last_seen_at": person.last_seen_at, "disabled_at": person.disabled_at}
    told = {name: at.isoformat() if at else None for name, at in days.items()}
    return {"name": person.name, "role": person.role, "has_password": person.has_password, **told}


@user.command()
@click.argument("name")
@click.argument("new_role", metavar="ROLE", type=ROLE)
def role(name: str, new_role: str) -> None:
    """Give NAME another role, at once."""
    _, _, accounts = _open()
    person = accounts.change_role(_find(accounts, name), cast(Role, new_role), by=COMMAND_LINE)
    click.echo(f"{person.name} is {person.role} now.")


@user.command()
@click.argument("name")
def disable(name: str) -> None:
    """Shut NAME out, at once and everywhere. What was decided stays."""
    _, _, accounts = _open()
    person = accounts.disable(_find(accounts, name), by=COMMAND_LINE)
    click.echo(f"{person.name} is shut out.")


@user.command()
@click.argument("name")
def enable(name: str) -> None:
    """Let NAME in again, with the old password."""
    _, _, accounts = _open()
    person = accounts.enable(_find(accounts, name), by=COMMAND_LINE)
    click.echo(f"{person.name} may sign in again.")


@user.command()
@click.argument("name")
@_INVITE
@_STDIN
def password(name: str, invite: bool, from_stdin: bool) -> None:
    """Give NAME another password, or an address to choose one. A new password ends all sessions."""
    _not_both(invite, from_stdin)
    settings, store, accounts = _open()
    person = _find(accounts, name)
    if not invite:
        accounts.set_password(person, _new_password(person.name, from_stdin), by=COMMAND_LINE)
        click.echo(f"{person.name} has another password; all sessions are ended.")
    elif person.disabled_at:
        raise Refusal("This account is disabled. Enable it first: pinch user enable NAME")
    else:
        _print_invitation(settings, store, person)


@user.command("sign-out")
@click.argument("name")
def sign_out(name: str) -> None:
    """End all sessions of NAME, in every browser."""
    _, _, accounts = _open()
    person = accounts.end_sessions(_find(accounts, name), by=COMMAND_LINE)
    click.echo(f"{person.name} is signed out everywhere.")


def _not_both(invite: bool, from_stdin: bool) -> None:
    if invite and from_stdin:
        raise Refusal("Give either --invite or --password-stdin: with an invitation the person chooses the password.")


def _new_password(name: str, from_stdin: bool) -> str:
    """The digest of the password that is typed twice, or is the first line of standard input."""
    if from_stdin:
        given = sys.stdin.readline(MOST * 8).removesuffix("\n").removesuffix("\r")
    else:
        given = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    with told_plainly():
        return Passwords().digest_new(given, name=name)


def _print_invitation(settings: Settings, store: Store, person: Person) -> None:
    """The address stands alone on the last line."""
    code = Invitations(store.engine).make(person, by=COMMAND_LINE)
    click.echo(f"Send {person.name} this address. It works once, for 24 hours:", err=True)
    click.echo(f"{public_address(settings)}/invitation?code={code}")
