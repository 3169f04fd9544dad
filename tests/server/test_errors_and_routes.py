"""One error shape everywhere, and no route without a permission and a description."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from flask import Flask

from server.api.openapi import openapi_document
from server.app import create_app
from server.parts import Parts
from server.security.permissions import PERMISSIONS, Access, check_table
from server.settings import Settings
from tests.server.conftest import Client, Headers
from tests.server.fakes import FakeDetector
from tests.server.test_bad_input import check_error

DOCS = Path(__file__).parents[2] / "docs" / "api.md"
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW")
ROUTES = {
    "/": {"GET"},
    "/account": {"GET"},
    "/account/password": {"POST"},
    "/account/sign-out-everywhere": {"POST"},
    "/audit": {"GET"},
    "/audit/export/<form>": {"GET"},
    "/browsers/code": {"POST"},
    "/browsers/<client_id>/revoke": {"POST"},
    "/check": {"POST"},
    "/disputes/log": {"GET"},
    "/disputes/new": {"GET", "POST"},
    "/disputes/state": {"GET"},
    "/docs": {"GET"},
    "/feedback": {"GET"},
    "/feedback/<feedback_id>/delete": {"POST"},
    "/feedback/delete": {"POST"},
    "/feedback/export/<form>": {"GET"},
    "/flags": {"GET"},
    "/flags/<flag>": {"GET"},
    "/healthz": {"GET"},
    "/invitation": {"GET", "POST"},
    "/metrics": {"GET"},
    "/openapi.json": {"GET"},
    "/people": {"GET", "POST"},
    "/people/<int:number>/disable": {"POST"},
    "/people/<int:number>/enable": {"POST"},
    "/people/<int:number>/invitation": {"POST"},
    "/people/<int:number>/role": {"POST"},
    "/people/<int:number>/sign-out": {"POST"},
    "/phrases": {"GET", "POST"},
    "/phrases/<int:number>/remove": {"POST"},
    "/phrases/versions/<int:number>/restore": {"POST"},
    "/queue": {"GET"},
    "/queue/<int:number>": {"GET"},
    "/queue/<int:number>/claim": {"POST"},
    "/queue/<int:number>/decide": {"POST"},
    "/queue/<int:number>/notes": {"POST"},
    "/queue/<int:number>/notes/<int:note>/delete": {"POST"},
    "/queue/<int:number>/release": {"POST"},
    "/queue/<int:number>/reopen": {"POST"},
    "/queue/bulk": {"POST"},
    "/queue/bulk/undo": {"POST"},
    "/queue/decisions/<int:decision>/undo": {"POST"},
    "/queue/next": {"POST"},
    "/queue/preview": {"POST"},
    "/queue/veil": {"POST"},
    "/overview": {"GET"},
    "/queue/disputes": {"GET"},
    "/queue/disputes/<dispute_id>": {"GET"},
    "/queue/disputes/<dispute_id>/answer": {"POST"},
    "/queue/disputes/<dispute_id>/erase": {"POST"},
    "/queue/export/<form>": {"GET"},
    "/readyz": {"GET"},
    "/replies": {"GET", "POST"},
    "/replies/<int:number>": {"POST"},
    "/replies/<int:number>/retire": {"POST"},
    "/samples/<sample_id>": {"GET"},
    "/sign-in": {"GET", "POST"},
    "/sign-out": {"POST"},
    "/static/<path:filename>": {"GET"},
    "/topics": {"GET"},
    "/topics/<topic>": {"GET"},
    "/v1/analyze": {"POST"},
    "/v1/context": {"GET"},
    "/v1/context/<topic>": {"GET"},
    "/v1/feedback": {"GET", "POST"},
    "/v1/feedback/<feedback_id>": {"DELETE"},
    "/v1/flags": {"GET"},
    "/v1/pair": {"POST"},
    "/v1/posts": {"POST"},
    "/v1/posts/<source>/<path:post_id>": {"DELETE", "GET"},
    "/v1/token": {"DELETE"},
    "/v1/webhooks/<source>": {"POST"},
}
_OPEN = (Access.OPEN, Access.OPEN_PAGE)
# A delivery is known by its signature, and without a connected forum there is nothing to sign for.
_UNASKED = (*_OPEN, Access.SIGNED)


def _address(route: str) -> str:
    return re.sub(r"<[^>]+>", "x", re.sub(r"<int:[^>]+>", "1", route))


def test_routes_are_these(app: Flask) -> None:
    rules: dict[str, set[str]] = {}
    for rule in app.url_map.iter_rules():
        rules.setdefault(rule.rule, set()).update(set(rule.methods or ()) - {"HEAD"})
    assert rules == ROUTES


@pytest.mark.parametrize("path", ROUTES)
def test_wrong_methods(client: Client, bearer: Headers, path: str) -> None:
    for method in (method for method in METHODS if method not in ROUTES[path]):
        answer = client.open(_address(path), method=method, headers=bearer)
        check_error(answer, 405, "method-not-allowed")
        assert set(answer.headers["Allow"].split(", ")) - {"HEAD"} == ROUTES[path]


@pytest.mark.parametrize(
    "path", ["/nothing", "/v1", "/v1/", "/v2/analyze", "/v1/analyze/", "/%00", "/😀", "/v1//flags", "/index.html"]
)
def test_unknown_addresses(client: Client, bearer: Headers, path: str) -> None:
    for method in METHODS:
        check_error(client.open(path, method=method, headers=bearer), 404, "not-found")


@pytest.mark.parametrize(
    "path", ["/static/../app.py", "/static/%2e%2e/app.py", "/static/none.css", "/static//etc/passwd"]
)
def test_static_files_are_those_of_the_folder(client: Client, path: str) -> None:
    check_error(client.get(path), 404, "not-found")


@pytest.mark.parametrize("endpoint", [name for name, row in PERMISSIONS.items() if row.access not in _UNASKED])
def test_closed_routes_want_to_know_who_calls(client: Client, app: Flask, endpoint: str) -> None:
    rule = next(rule for rule in app.url_map.iter_rules() if rule.endpoint == endpoint)
    method = min(set(rule.methods or ()) & ROUTES[rule.rule])
    answer = client.open(_address(rule.rule), method=method, json={} if method == "POST" else None)
    check_error(answer, 401)
    assert answer.json["error"]["hint"]


@pytest.mark.parametrize("path", [path for path in ROUTES if path.startswith("/v1") and path != "/v1/pair"])
def test_every_v1_route_but_pairing_wants_a_token_or_a_signature(path: str, app: Flask) -> None:
    rule = next(rule for rule in app.url_map.iter_rules() if rule.rule == path)
    assert PERMISSIONS[rule.endpoint].access in (Access.TOKEN, Access.TOKEN_OR_PAGE, Access.SIGNED)


def test_a_route_without_a_permission_does_not_start(app: Flask) -> None:
    app.view_functions["stray"] = lambda: "hello"
    with pytest.raises(RuntimeError, match="stray"):
        check_table(app)


@pytest.mark.parametrize(
    ("accept", "mimetype"),
    [
        ("text/html,application/xhtml+xml,*/*;q=0.8", "text/html"),
        ("*/*", "application/json"),
        ("application/json", "application/json"),
        ("", "application/json"),
    ],
)
def test_people_get_errors_as_a_page(client: Client, accept: str, mimetype: str) -> None:
    assert client.get("/nothing", headers={"Accept": accept}).mimetype == mimetype
    assert client.get("/v1/nothing", headers={"Accept": accept}).mimetype == "application/json"


def test_page_addresses_are_never_echoed(client: Client, capfd: pytest.CaptureFixture[str]) -> None:
    answer = client.get("/Xyzzy-Plugh-7?q=Xyzzy-Plugh-7", headers={"Accept": "text/html"})
    assert "Xyzzy" not in answer.get_data(as_text=True)
    assert "Xyzzy" not in "".join(capfd.readouterr())


def test_database_away_is_503(client: Client, bearer: Headers, parts: Parts, settings: Settings) -> None:
    with parts.store.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE client")
    check_error(client.get("/v1/flags", headers=bearer), 503, "store-away")
    assert client.get("/healthz").status_code == 200


def test_not_ready_without_a_database(client: Client, parts: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    assert client.get("/readyz").json["status"] == "ready"
    monkeypatch.setattr(type(parts.store), "is_reachable", lambda _self: False)
    check_error(client.get("/readyz"), 503, "not-ready")
    assert client.get("/healthz").json == {"status": "ok"}


# What is written


def _operations() -> set[tuple[str, str]]:
    return {(method.upper(), path) for path, methods in openapi_document()["paths"].items() for method in methods}


def test_openapi_describes_the_whole_api() -> None:
    programs = ("/v1/", "/healthz", "/readyz", "/metrics", "/openapi.json")
    api = {path for path in ROUTES if path.startswith(programs)}
    expected = {
        (method, path.replace("<path:", "{").replace("<", "{").replace(">", "}"))
        for path in api
        for method in ROUTES[path]
    }
    assert _operations() == expected


@pytest.mark.parametrize("path", ROUTES)
def test_every_route_is_in_the_docs(path: str) -> None:
    text = DOCS.read_text("utf-8")
    for method in ROUTES[path]:
        assert f"`{method} {path}`" in text


def test_every_error_code_is_in_the_docs() -> None:
    text = DOCS.read_text("utf-8")
    source = "\n".join(file.read_text("utf-8") for file in DOCS.parents[1].glob("server/**/*.py"))
    codes = set(re.findall(r'\b4\d\d,\s+"([a-z][a-z-]+)"', source)) | {
        "store-away",
        "not-ready",
        "bad-request",
        "too-large",
    }
    assert len(codes) > 20
    assert not [code for code in codes if f"`{code}`" not in text]


def test_openapi_has_errors_and_security_everywhere(client: Client) -> None:
    document = client.get("/openapi.json").json
    assert document["openapi"].startswith("3.1")
    for path, methods in document["paths"].items():
        for operation in methods.values():
            statuses = set(operation["responses"])
            assert {"403", "421"} <= statuses
            assert ("401" in statuses) == bool(operation["security"]), path
            assert ("415" in statuses) == ("requestBody" in operation)
            assert operation["summary"]
    for match in re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(document)):
        assert match in document["components"]["schemas"]


def _validator(name: str) -> Any:
    document = openapi_document()
    return jsonschema_rs.validator_for({"$ref": f"#/components/schemas/{name}", "components": document["components"]})


def test_answers_are_as_openapi_says(client: Client, bearer: Headers) -> None:
    text = "Ketamine is a miracle. Big Pharma says Dr X hides it. See studies show."
    for body in (
        {"text": text},
        {"html": f"<p>{text}<a href='#x'>1</a></p>"},
        {"text": text, "options": {"context": False}},
    ):
        _validator("Analysis").validate(client.post("/v1/analyze", json=body, headers=bearer).json)
    flags = client.get("/v1/flags", headers=bearer).json
    _validator("FlagKinds").validate(flags)
    assert flags["forums"] == []
    topics = client.get("/v1/context", headers=bearer).json
    _validator("Topics").validate(topics)
    for topic in topics["topics"]:
        _validator("Card").validate(client.get(f"/v1/context/{topic['id']}", headers=bearer).json)
    _validator("Ready").validate(client.get("/readyz").json)
    _validator("Error").validate(client.get("/v1/flags").json)


def test_forums_are_told_with_the_flags(tmp_path: Path) -> None:
    app = create_app(Settings(data_dir=tmp_path, forums=("forum.example",)), detector=FakeDetector())
    token = app.extensions["pinch"].store.clients.issue("Tests").token
    told = app.test_client().get("/v1/flags", headers={"Authorization": f"Bearer {token}"}).json
    _validator("FlagKinds").validate(told)
    assert told is not None
    assert (told["forums"], len(told["flags"])) == (["forum.example"], 11)


def test_docs_page_is_made_of_the_document(client: Client) -> None:
    page = client.get("/docs").get_data(as_text=True)
    for method, path in _operations():
        assert f"{method} {path}" in page
    for name in openapi_document()["components"]["schemas"]:
        assert f'id="schema-{name}"' in page


def test_apps_do_not_share_counters_or_limits(settings: Settings, tmp_path: Path) -> None:
    one = create_app(settings, detector=FakeDetector()).test_client()
    two = create_app(settings, detector=FakeDetector()).test_client()
    for _ in range(6):
        one.post("/v1/pair", json={"code": "AAAAAAAA", "name": "x"})
    assert two.post("/v1/pair", json={"code": "AAAAAAAA", "name": "x"}).status_code == 403
