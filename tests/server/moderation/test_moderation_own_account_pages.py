"""Invitations, and what people do with their own account."""

from __future__ import annotations

import pytest
from flask import Flask

from server.moderation.invitations import Invitations
from server.parts import Parts
from tests.server.conftest import Client
from tests.server.moderation.accounts import GOOD, OTHER, add_person, browser_of, is_in, post, sign_in

# Invitations


def invitation(parts: Parts, name: str = "Anna Berg") -> str:
    person = parts.accounts.find(name) or parts.accounts.add(name, "lead", by="tests")
    return f"/invitation?code={Invitations(parts.store.engine).make(person, by='tests')}"


def accept(client: Client, address: str, password: str = GOOD, again: str | None = None) -> Client:
    code = address.split("=")[1]
    return post(
        client, "/invitation", address, code=code, password=password, again=password if again is None else again
    )


def test_an_invitation_sets_the_password_and_signs_in(client: Client, app: Flask, parts: Parts) -> None:
    address = invitation(parts)
    assert "Welcome, Anna Berg" in client.get(address).get_data(as_text=True)
    assert accept(client, address, again="other").status_code == 422
    assert accept(client, address, "password").status_code == 422
    assert accept(client, address).status_code == 303
    assert is_in(client)
    assert client.get(address).json["error"]["code"] == "bad-invitation"
    assert sign_in(app.test_client()).status_code == 303


def test_an_invitation_ends_other_sessions(client: Client, app: Flask, parts: Parts) -> None:
    before = browser_of(app, add_person(parts.accounts, password=OTHER))
    assert is_in(before)
    accept(client, invitation(parts))
    assert not is_in(before)
    assert sign_in(app.test_client(), password=OTHER).status_code == 403


@pytest.mark.parametrize("code", ["", "x", "\0", "\ud800", "a" * 5000])
def test_unknown_invitations(client: Client, parts: Parts, code: str) -> None:
    invitation(parts)
    answer = client.get("/invitation", query_string={"code": code.encode("utf-8", "replace")})
    assert (answer.status_code, answer.json["error"]["code"]) == (403, "bad-invitation")


# One's own account


def change(client: Client, old: str = GOOD, password: str = OTHER) -> Client:
    return post(client, "/account/password", old=old, password=password, again=password)


def test_another_password_ends_all_other_sessions(app: Flask, parts: Parts) -> None:
    person = add_person(parts.accounts)
    here, there = browser_of(app, person), browser_of(app, person)
    assert change(here).status_code == 303
    assert (is_in(here), is_in(there)) == (True, False)
    assert sign_in(app.test_client(), password=OTHER).status_code == 303
    assert sign_in(app.test_client()).status_code == 403


def test_the_old_password_is_needed_and_the_new_one_checked(app: Flask, parts: Parts) -> None:
    here = browser_of(app, add_person(parts.accounts))
    assert change(here, password="password").status_code == 422
    for _ in range(5):
        assert change(here, old=OTHER).status_code == 403
    assert change(here).status_code == 429
    assert is_in(here)


def test_sign_out_and_sign_out_everywhere(app: Flask, parts: Parts) -> None:
    person = add_person(parts.accounts)
    here, there = browser_of(app, person), browser_of(app, person)
    post(here, "/sign-out")
    assert (is_in(here), is_in(there)) == (False, True)
    third = browser_of(app, person)
    post(third, "/account/sign-out-everywhere")
    assert (is_in(there), is_in(third)) == (False, False)


def test_disabling_ends_at_once_and_a_role_counts_at_once(app: Flask, parts: Parts) -> None:
    person = add_person(parts.accounts)
    here = browser_of(app, person)
    assert here.get("/audit").status_code == 403
    parts.accounts.change_role(person, "lead", by="x")
    assert here.get("/audit").status_code == 200
    parts.accounts.disable(person, by="x")
    assert here.get("/audit").status_code == 401
    parts.accounts.enable(person, by="x")
    assert here.get("/audit").status_code == 401


def test_a_browser_let_in_under_an_older_epoch_is_out(app: Flask, parts: Parts) -> None:
    """One that is let in at the moment the password changes."""
    person = add_person(parts.accounts)
    parts.accounts.end_sessions(person, by="x")
    assert not is_in(browser_of(app, person))


def test_the_owner_has_no_password_to_change(signed_in: Client) -> None:
    assert change(signed_in).json["error"]["code"] == "no-account"
