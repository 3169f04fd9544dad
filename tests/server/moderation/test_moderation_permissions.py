"""Every route in every role, signed out, and with a token: the table says what happens, and it does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.routing import Rule

from server.app import create_app
from server.moderation.roles import ROLES, Role, is_at_least
from server.parts import Parts
from server.security.permissions import DECIDE, PERMISSIONS, READ_QUEUE, Access, Permission, check_table
from server.settings import Settings
from tests.server.conftest import Client
from tests.server.fakes import FakeDetector
from tests.server.moderation.accounts import add_person, browser_of, csrf_of

DOCS = Path(__file__).parents[3] / "docs" / "api.md"
CALLERS = ("signed out", "token", *ROLES, "owner")
# Written out, so that a slip in the table is seen.
FOR_ADMINS = {
    "browsers.make_code", "browsers.revoke", "feedback.delete", "feedback_pages.delete", "feedback_pages.delete_all",
    "people_pages.show", "people_pages.add", "people_pages.invite", "people_pages.change_role", "people_pages.disable",
    "people_pages.enable", "people_pages.end_sessions",
}  # fmt: skip
OPEN_TO_ALL = {
    "static", "health.live", "health.ready", "openapi.document", "openapi.page", "pairing.pair", "pages.home",
    "reference.flags", "reference.flag", "reference.topics", "reference.topic", "account_pages.ask_to_sign_in",
    "account_pages.sign_in", "account_pages.show_invitation", "account_pages.accept_invitation",
    "dispute_pages.ask", "dispute_pages.file", "dispute_pages.state", "dispute_pages.log",
}  # fmt: skip
# All else that is not reading wants a moderator: what viewers send checks a text, or is about themselves.
SENT_BY_VIEWERS = {
    "pages.check", "analyze.analyze", "veil.switch", "browsers.sign_out", "account_pages.change_password",
    "account_pages.sign_out_everywhere",
}  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """An app whose views only say that they were reached."""
    app = create_app(Settings(data_dir=tmp_path_factory.mktemp("site"), disputes=True), detector=FakeDetector())
    kept = ("account_pages.show", "account_pages.ask_to_sign_in")
    for endpoint in PERMISSIONS.keys() - set(kept):
        app.view_functions[endpoint] = lambda **_given: "reached"
    return app


@pytest.fixture(scope="module")
def callers(site: Flask) -> dict[str, tuple[Client, dict[str, str]]]:
    """A browser for each caller, with the headers that it sends."""
    parts: Parts = site.extensions["pinch"]
    found: dict[str, tuple[Client, dict[str, str]]] = {}
    for role in ROLES:
        client = browser_of(site, add_person(parts.accounts, f"The {role}", role))
        found[role] = client, {"X-CSRFToken": csrf_of(client)}
    owner = site.test_client()
    with owner.session_transaction() as session:
        session["token"] = parts.store.clients.issue("tests", kind="browser").token
    found["owner"] = owner, {"X-CSRFToken": csrf_of(owner)}
    stranger = site.test_client()
    found["signed out"] = stranger, {"X-CSRFToken": csrf_of(stranger, "/sign-in")}
    program = {"Authorization": f"Bearer {parts.store.clients.issue('tests').token}"}
    found["token"] = stranger, {**program, **found["signed out"][1]}
    return found


def _rules(app: Flask) -> Iterator[tuple[Rule, str]]:
    for rule in app.url_map.iter_rules():
        for method in sorted(set(rule.methods or ()) - {"HEAD"}):
            yield rule, method


def _expected(row: Permission, caller: str) -> int:
    """The status by the table."""
    if row.access in (Access.OPEN, Access.OPEN_PAGE):
        return 200
    if row.access is Access.SIGNED:
        return 404  # no forum is connected here
    if caller == "token":
        return 401 if row.access is Access.PAGE else 200
    if caller == "signed out" or row.access is Access.TOKEN:
        return 401
    role: Role = "admin" if caller == "owner" else caller  # type: ignore[assignment]
    return 200 if row.least and is_at_least(role, row.least) else 403


@pytest.mark.parametrize("caller", CALLERS)
def test_every_route_in_every_role(site: Flask, callers: dict[str, tuple[Client, dict[str, str]]], caller: str) -> None:
    client, headers = callers[caller]
    wrong = {}
    for rule, method in _rules(site):
        address = site.url_map.bind("127.0.0.1").build(rule.endpoint, dict.fromkeys(rule.arguments, 1), method)
        answer = client.open(address, method=method, headers=headers)
        status = (
            200 if answer.status_code == 303 and rule.endpoint == "account_pages.ask_to_sign_in" else answer.status_code
        )
        if status != _expected(PERMISSIONS[rule.endpoint], caller):
            wrong[f"{method} {rule.rule}"] = status
        if status == 403:
            assert answer.json["error"]["code"] == "role-too-low"
    assert wrong == {}


@pytest.mark.parametrize("caller", [*ROLES, "owner", "signed out"])
def test_forms_want_the_pages_own_token(
    site: Flask, callers: dict[str, tuple[Client, dict[str, str]]], caller: str
) -> None:
    client, _ = callers[caller]
    for rule, method in _rules(site):
        row = PERMISSIONS[rule.endpoint]
        is_form = method == "POST" and row.access in (Access.PAGE, Access.OPEN_PAGE, Access.TOKEN_OR_PAGE)
        if is_form and _expected(row, caller) == 200:
            address = site.url_map.bind("127.0.0.1").build(rule.endpoint, dict.fromkeys(rule.arguments, 1), method)
            answer = client.open(address, method=method)
            assert (answer.status_code, answer.json["error"]["code"]) == (403, "no-csrf-token"), rule.rule


def test_what_is_for_admins_and_what_is_open() -> None:
    assert {name for name, row in PERMISSIONS.items() if row.least == "admin"} == FOR_ADMINS
    assert {name for name, row in PERMISSIONS.items() if row.access in (Access.OPEN, Access.OPEN_PAGE)} == OPEN_TO_ALL


def test_viewers_change_nothing(site: Flask) -> None:
    changing = {rule.endpoint for rule, method in _rules(site) if method not in ("GET", "OPTIONS")}
    assert {name for name in changing if PERMISSIONS[name].least == "viewer"} == SENT_BY_VIEWERS


def test_the_docs_tell_the_role_of_each_page(site: Flask) -> None:
    told = DOCS.read_text("utf-8")
    untold = []
    for rule, method in _rules(site):
        row = PERMISSIONS[rule.endpoint]
        wants_more = row.access is Access.PAGE and row.least != "viewer" and method != "OPTIONS"
        if wants_more and f"`{method} {rule.rule}` | {row.least} |" not in told:
            untold.append(f"{method} {rule.rule}: {row.least}")
    assert untold == []


def test_names_for_the_queue() -> None:
    assert (READ_QUEUE.least, DECIDE.least) == ("viewer", "moderator")
    assert list(ROLES) == ["viewer", "moderator", "lead", "admin"]


@pytest.mark.parametrize("row", [Permission(Access.PAGE), Permission(Access.OPEN, "lead")])
def test_a_row_without_sense_does_not_start(app: Flask, monkeypatch: pytest.MonkeyPatch, row: Permission) -> None:
    monkeypatch.setitem(PERMISSIONS, "pages.check", row)
    with pytest.raises(RuntimeError, match=r"pages\.check"):
        check_table(app)


def test_header_shows_what_one_may_open(app: Flask, parts: Parts) -> None:
    wanted = {"viewer": set(), "moderator": set(), "lead": {"Audit"}, "admin": {"Audit", "People"}}
    for role in ROLES:
        person = add_person(parts.accounts, f"The {role}", role)
        page = browser_of(app, person).get("/flags").get_data(as_text=True)
        assert {name for name in ("Audit", "People") if f">{name}</a>" in page} == wanted[role]
        assert f">The {role}</a>" in page
