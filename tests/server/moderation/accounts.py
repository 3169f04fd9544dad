"""Accounts for tests: made quickly, and browsers that are signed in to them."""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.profiles import CHEAPEST
from flask import Flask

from server.moderation.accounts import Accounts
from server.moderation.people import Person
from server.moderation.roles import Role
from server.parts import Parts
from server.security.passwords import Passwords
from tests.server.conftest import Client

GOOD = "violet kettle drifts north"
OTHER = "nine gravel teapots hum"
QUICK = Passwords(PasswordHasher.from_parameters(CHEAPEST))


def add_person(accounts: Accounts, name: str = "Anna Berg", role: Role = "moderator", password: str = GOOD) -> Person:
    """An account with a password."""
    return accounts.add(name, role, by="tests", password_digest=QUICK.digest_new(password, name=name))


def browser_of(app: Flask, person: Person) -> Client:
    """A browser in which this person is signed in."""
    parts: Parts = app.extensions["pinch"]
    issued = parts.store.clients.issue("tests", kind="browser", person=person.number, epoch=person.epoch)
    client = app.test_client()
    with client.session_transaction() as session:
        session["token"] = issued.token
    return client


def csrf_of(client: Client, address: str = "/account") -> str:
    """The CSRF token of a page."""
    page: str = client.get(address).get_data(as_text=True)
    return page.split('name="csrf_token" value="')[1].split('"')[0]


def post(client: Client, address: str, /, page: str = "/account", **fields: str) -> Client:
    """Send a form as a page would."""
    return client.post(address, data={"csrf_token": csrf_of(client, page), **fields})


def sign_in(client: Client, name: str = "Anna Berg", password: str = GOOD, **more: str) -> Client:
    return post(client, "/sign-in", "/sign-in", name=name, password=password, **more)


def is_in(client: Client) -> bool:
    return bool(client.get("/account").status_code == 200)
