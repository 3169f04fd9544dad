"""Signing in by name, invitations, one's own account: what gets in, what does not, and what ends sessions."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask, request

from server.app import create_app
from server.moderation.audit import AuditChoice, AuditLog
from server.parts import Parts
from server.settings import Settings
from tests.server.conftest import Client
from tests.server.fakes import FakeDetector
from tests.server.moderation.accounts import GOOD, OTHER, add_person, csrf_of, is_in, post, sign_in


def test_name_and_password_sign_in(client: Client, parts: Parts) -> None:
    add_person(parts.accounts)
    answer = sign_in(client, name=" anna  BERG ")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert "moderator" in client.get("/account").get_data(as_text=True)
    person = parts.accounts.find("Anna Berg")
    assert person is not None
    assert person.last_seen_at is not None
    assert AuditLog(parts.store.engine).page(AuditChoice(), limit=1)[0].action == "sign-in"


@pytest.mark.parametrize(
    ("name", "password"),
    [("Anna Berg", OTHER), ("Nobody", GOOD), ("", ""), ("New", ""), ("x" * 9999, "y" * 9999), ("\0", "\0")],
)
def test_wrong_ones_get_one_answer(client: Client, parts: Parts, name: str, password: str) -> None:
    add_person(parts.accounts)
    parts.accounts.add("New", "viewer", by="x")
    answer = sign_in(client, name, password)
    assert answer.status_code == 403
    assert "do not go together" in answer.get_data(as_text=True)
    assert not is_in(client)


def test_the_password_is_never_shown_or_logged(client: Client, parts: Parts, capfd: pytest.CaptureFixture[str]) -> None:
    add_person(parts.accounts)
    assert "Xyzzy-Plugh-77" not in sign_in(client, password="Xyzzy-Plugh-77").get_data(as_text=True)
    sign_in(client)
    said = "".join(capfd.readouterr())
    assert "Xyzzy" not in said
    assert GOOD not in said
    assert "Anna" not in said


def test_a_cookie_that_was_there_before_is_worth_nothing_after(app: Flask, client: Client, parts: Parts) -> None:
    """Session fixation: whoever put a cookie into this browser does not get in with it."""
    add_person(parts.accounts)
    client.get("/sign-in")
    planted = client.get_cookie("pinch_8765")
    assert planted is not None
    with client.session_transaction() as session:
        before = dict(session)
    sign_in(client)
    with client.session_transaction() as session:
        assert not set(before.values()) & set(session.values())
    thief = app.test_client()
    thief.set_cookie("pinch_8765", planted.value)
    assert not is_in(thief)


def test_signing_in_again_ends_the_session_before(app: Flask, client: Client, parts: Parts) -> None:
    add_person(parts.accounts)
    add_person(parts.accounts, "Other", password=OTHER)
    sign_in(client)
    old = client.get_cookie("pinch_8765")
    assert post(client, "/sign-in", "/account", name="Other", password=OTHER).status_code == 303
    thief = app.test_client()
    thief.set_cookie("pinch_8765", old.value)
    assert not is_in(thief)
    assert "Other" in client.get("/account").get_data(as_text=True)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("/account?x=1", "/account?x=1"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("https://evil.example", "/"),
        ("/a\\b", "/"),
        ("javascript:alert(1)", "/"),
        ("/sign-in?next=/x", "/"),
        ("/\t/evil.example", "/"),
        ("", "/"),
        ("/" + "a" * 600, "/"),
    ],
)
def test_goes_on_only_to_pages_of_this_server(client: Client, parts: Parts, asked: str, expected: str) -> None:
    add_person(parts.accounts)
    assert sign_in(client, next=asked).headers["Location"] == expected
    assert client.get("/sign-in", query_string={"next": asked}).headers["Location"] == expected


def test_a_closed_page_leads_to_the_form(client: Client) -> None:
    answer = client.get("/people?a=b", headers={"Accept": "text/html"})
    assert answer.status_code == 401
    assert 'href="/sign-in?next=/people?a%3Db"' in answer.get_data(as_text=True).replace("%3F", "?").replace(
        "&#61;", "%3D"
    )
    assert "Set-Cookie" not in answer.headers


def test_wrong_passwords_are_limited_by_name_and_address(client: Client, app: Flask, parts: Parts) -> None:
    add_person(parts.accounts)
    add_person(parts.accounts, "Other", password=OTHER)
    for _ in range(5):
        assert sign_in(client, password=OTHER).status_code == 403
    refused = sign_in(client)
    assert (refused.status_code, refused.json["error"]["code"]) == (429, "too-many-passwords")
    assert 0 < int(refused.headers["Retry-After"]) <= 600
    assert sign_in(client, name="ANNA berg").status_code == 429
    assert sign_in(client, "Other", OTHER).status_code == 303
    elsewhere = app.test_client()
    token = csrf_of(elsewhere, "/sign-in")
    fields = {"csrf_token": token, "name": "Anna Berg", "password": GOOD}
    assert elsewhere.post("/sign-in", data=fields, environ_base={"REMOTE_ADDR": "192.0.2.7"}).status_code == 303


def test_wrong_passwords_are_limited_by_address_over_all_names(client: Client, parts: Parts) -> None:
    add_person(parts.accounts)
    answers = [sign_in(client, f"Name {number}", "x").status_code for number in range(31)]
    assert answers == [403] * 30 + [429]
    assert sign_in(client).status_code == 429


def test_a_household_counts_as_one_address(client: Client, parts: Parts) -> None:
    add_person(parts.accounts)
    token = csrf_of(client, "/sign-in")
    for number in range(31):
        fields = {"csrf_token": token, "name": f"Name {number}", "password": "x"}
        where = {"REMOTE_ADDR": f"2001:db8:1:2::{number + 1:x}"}
        answer = client.post("/sign-in", data=fields, environ_base=where)
    assert answer.status_code == 429


def test_wrong_passwords_are_limited_by_name_from_everywhere(client: Client, parts: Parts) -> None:
    add_person(parts.accounts)
    token = csrf_of(client, "/sign-in")
    fields = {"csrf_token": token, "name": "Anna Berg", "password": "x"}
    for number in range(50):
        assert (
            client.post("/sign-in", data=fields, environ_base={"REMOTE_ADDR": f"192.0.2.{number}"}).status_code == 403
        )
    right = {**fields, "password": GOOD}
    assert client.post("/sign-in", data=right, environ_base={"REMOTE_ADDR": "192.0.2.99"}).status_code == 429


def test_right_passwords_do_not_count(client: Client, parts: Parts) -> None:
    add_person(parts.accounts)
    for _ in range(7):
        assert (
            post(
                client, "/sign-in", "/sign-in" if not is_in(client) else "/account", name="Anna Berg", password=GOOD
            ).status_code
            == 303
        )


# The owner


def code(parts: Parts) -> str:
    return f"/?code={parts.store.codes.make()}"


ELSEWHERE = [
    {"environ_base": {"REMOTE_ADDR": "192.0.2.1"}},
    {"headers": {"X-Forwarded-For": "192.0.2.1"}},
    {"headers": {"Forwarded": "for=127.0.0.1"}},
    {"headers": {"Host": "pinch.example.org"}},
]


@pytest.mark.parametrize("how", ELSEWHERE)
def test_from_elsewhere_a_code_opens_nothing_once_there_are_people(tmp_path: Path, how: dict[str, object]) -> None:
    settings = Settings(data_dir=tmp_path, public_hosts=("pinch.example.org",))  # type: ignore[arg-type]
    app = create_app(settings, detector=FakeDetector())
    parts: Parts = app.extensions["pinch"]
    assert app.test_client().get(code(parts), **how).status_code == 303
    add_person(parts.accounts)
    address, client = code(parts), app.test_client()
    refused = client.get(address, **how)
    assert refused.status_code == 403
    assert "was not used up" in refused.get_data(as_text=True)
    assert client.get("/account").status_code == 401
    assert client.get(address).status_code == 303
    assert "The owner" in client.get("/account").get_data(as_text=True)


def test_without_accounts_the_form_says_how_to_come_in(client: Client) -> None:
    page = client.get("/sign-in").get_data(as_text=True)
    assert "Nobody has an account here yet" in page
    assert 'type="password"' not in page
    assert "Sign in by name" not in client.get("/").get_data(as_text=True)


# Over a network


def test_secure_cookie_and_proxies(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, secure_cookie=True, trusted_proxies=1, public_hosts=("p.example",))  # type: ignore[arg-type]
    app = create_app(settings, detector=FakeDetector())
    parts: Parts = app.extensions["pinch"]
    add_person(parts.accounts)
    client = app.test_client()
    said = {"Host": "p.example", "X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9, 192.0.2.5"}
    # As a browser behind a proxy that speaks https: the cookie goes back to https alone.
    page = client.get("/sign-in", headers=said, base_url="https://p.example").get_data(as_text=True)
    fields = {
        "csrf_token": page.split('name="csrf_token" value="')[1].split('"')[0],
        "name": "Anna Berg",
        "password": GOOD,
    }
    answer = client.post(
        "/sign-in", data=fields, headers={**said, "Origin": "https://p.example"}, base_url="https://p.example"
    )
    assert answer.status_code == 303
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-pinch_8765=")
    assert "Secure" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie


@pytest.mark.parametrize(("count", "expected"), [(0, "127.0.0.1"), (1, "192.0.2.5"), (2, "203.0.113.9")])
def test_callers_address_is_believed_from_counted_proxies_alone(tmp_path: Path, count: int, expected: str) -> None:
    app = create_app(Settings(data_dir=tmp_path, trusted_proxies=count), detector=FakeDetector())
    app.view_functions["health.live"] = lambda: str(request.remote_addr)
    headers = {"X-Forwarded-For": "198.51.100.4, 203.0.113.9, 192.0.2.5"}
    assert app.test_client().get("/healthz", headers=headers).get_data(as_text=True) == expected
