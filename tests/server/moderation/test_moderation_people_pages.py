"""The page at /people: invite, change, shut out; and what an admin cannot do by a slip."""

from __future__ import annotations

import pytest
from flask import Flask

from server.moderation.audit import AuditChoice, AuditLog
from server.parts import Parts
from tests.server.conftest import Client
from tests.server.moderation.accounts import GOOD, add_person, browser_of, csrf_of, post


@pytest.fixture
def admin(app: Flask, parts: Parts) -> Client:
    """The browser of an admin, who has number 1."""
    return browser_of(app, add_person(parts.accounts, "Ida Admin", "admin"))


def test_somebody_is_invited_and_comes_in(admin: Client, app: Flask, parts: Parts) -> None:
    answer = post(admin, "/people", name="Anna Berg", role="lead")
    page = answer.get_data(as_text=True)
    address = page.split('<p class="address" role="status"><code>')[1].split("</code>")[0]
    assert address.startswith("http://localhost/invitation?code=")
    assert "invited, no password yet" in page
    assert address not in admin.get("/people").get_data(as_text=True)
    path = address.removeprefix("http://localhost")
    guest = app.test_client()
    fields = {"csrf_token": csrf_of(guest, path), "code": path.split("=")[1], "password": GOOD, "again": GOOD}
    assert guest.post("/invitation", data=fields).status_code == 303
    assert guest.get("/audit").status_code == 200
    assert guest.get("/people").status_code == 403
    newest = AuditLog(parts.store.engine).page(AuditChoice(actor="Ida Admin"), limit=2)
    assert [(entry.action, entry.subject) for entry in newest] == [
        ("invite", "person Anna Berg"),
        ("add-person", "person Anna Berg"),
    ]


@pytest.mark.parametrize("name", ["", "Owner", "a: b", "IDA admin"])
def test_names_that_cannot_be_are_told_in_the_form(admin: Client, parts: Parts, name: str) -> None:
    answer = post(admin, "/people", name=name, role="viewer")
    assert answer.status_code == 422
    assert 'role="alert"' in answer.get_data(as_text=True)
    assert len(parts.accounts.all()) == 1


def test_changes_by_an_admin(admin: Client, app: Flask, parts: Parts) -> None:
    person = add_person(parts.accounts)
    here = browser_of(app, person)
    at = f"/people/{person.number}"
    assert post(admin, f"{at}/role", role="lead").headers["Location"] == "/people?done=role"
    assert here.get("/audit").status_code == 200
    post(admin, f"{at}/sign-out")
    assert here.get("/account").status_code == 401
    post(admin, f"{at}/disable")
    assert parts.accounts.for_sign_in("Anna Berg") is None
    assert post(admin, f"{at}/invitation").json["error"]["code"] == "disabled"
    assert "shut out" in admin.get("/people").get_data(as_text=True)
    post(admin, f"{at}/enable")
    assert parts.accounts.for_sign_in("Anna Berg") is not None
    assert "/invitation?code=" in post(admin, f"{at}/invitation").get_data(as_text=True)


@pytest.mark.parametrize("deed", ["role", "disable", "enable", "sign-out"])
def test_nobody_changes_their_own_account_here(admin: Client, parts: Parts, deed: str) -> None:
    answer = post(admin, f"/people/1/{deed}", role="viewer")
    assert (answer.status_code, answer.json["error"]["code"]) == (409, "own-account")
    person = parts.accounts.get(1)
    assert person is not None
    assert (person.role, person.disabled_at, person.epoch) == ("admin", None, 1)


def test_unknown_people_and_roles(admin: Client, parts: Parts) -> None:
    person = add_person(parts.accounts)
    for number in (99, 10**30):
        assert post(admin, f"/people/{number}/disable").json["error"]["code"] == "unknown-person"
    for role in ("", "boss", "Admin", "\0"):
        answer = post(admin, f"/people/{person.number}/role", role=role)
        assert (answer.status_code, answer.json["error"]["code"]) == (422, "unknown-role")


def test_names_are_shown_as_text(admin: Client, parts: Parts) -> None:
    add_person(parts.accounts, "<script>alert(1)</script>", "admin")
    for address in ("/people", "/audit"):
        page = admin.get(address).get_data(as_text=True)
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page


def test_the_owner_may_do_the_same(signed_in: Client, parts: Parts) -> None:
    person = add_person(parts.accounts)
    assert post(signed_in, f"/people/{person.number}/disable", "/people").status_code == 303
    assert AuditLog(parts.store.engine).page(AuditChoice(), limit=1)[0].actor == "owner"


def test_home_shows_pairing_and_feedback_to_those_who_may(app: Flask, admin: Client, parts: Parts) -> None:
    viewer = browser_of(app, add_person(parts.accounts, role="viewer")).get("/").get_data(as_text=True)
    lead = browser_of(app, add_person(parts.accounts, "Lea", "lead")).get("/").get_data(as_text=True)
    shown = [("Pair a browser" in page, "What readers said" in page) for page in (viewer, lead)]
    assert shown == [(False, False), (False, True)]
    page = admin.get("/").get_data(as_text=True)
    assert "Pair a browser" in page
    assert "What readers said" in page
