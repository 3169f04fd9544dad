"""Who may call from where: the whole matrix."""

from __future__ import annotations

import pytest

from server.app import create_app
from server.security.hosts import is_allowed_host
from server.security.origins import is_extension
from server.settings import Settings
from tests.server.conftest import Client, Headers
from tests.server.fakes import FakeDetector

CHROME = "chrome-extension://abcdefghijklmnopabcdefghijklmnop"
FIREFOX = "moz-extension://11111111-2222-4333-8444-555555555555"
FOREIGN = [
    "http://evil.example",
    "https://127.0.0.1",
    "http://localhost:9999",
    "null",
    "file://",
    "chrome-extension://",
    "",
]


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "127.0.0.1:8765", "localhost", "LOCALHOST:80", "[::1]", "[::1]:8765", "pinch.lan", "pinch.lan:443"],
)
def test_own_hosts_are_answered(host: str) -> None:
    assert is_allowed_host(host, ("pinch.lan",))


@pytest.mark.parametrize(
    "host",
    [
        "",
        "evil.example",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "127.0.0.2",
        "0.0.0.0",
        "::1",
        "[::1",
        "[::2]",
        "user@127.0.0.1",
        "127.0.0.1:",
        "127.0.0.1:port",
        "127.0.0.1/path",
        "127.0.0.1 evil.example",
        "pinch.lan",
        "localhost.",
    ],
)
def test_other_hosts_are_not(host: str) -> None:
    assert not is_allowed_host(host)


@pytest.mark.parametrize(
    "path", ["/", "/healthz", "/v1/flags", "/v1/pair", "/openapi.json", "/static/pinch.css", "/nothing"]
)
def test_rebound_host_gets_nothing_anywhere(client: Client, bearer: Headers, path: str) -> None:
    for method in ("GET", "POST", "OPTIONS"):
        answer = client.open(path, method=method, headers={**bearer, "Host": "evil.example:8765"})
        assert answer.status_code == 421
        assert answer.json["error"]["code"] == "wrong-host"
        assert "evil" not in answer.get_data(as_text=True)


def test_public_hosts_are_answered(settings: Settings) -> None:
    app = create_app(settings.model_copy(update={"public_hosts": ("pinch.lan",)}), detector=FakeDetector())
    assert app.test_client().get("/healthz", headers={"Host": "pinch.lan"}).status_code == 200


@pytest.mark.parametrize("origin", FOREIGN)
@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/v1/flags"), ("POST", "/v1/pair"), ("GET", "/"), ("GET", "/healthz")]
)
def test_web_pages_are_refused(client: Client, bearer: Headers, origin: str, method: str, path: str) -> None:
    answer = client.open(path, method=method, headers={**bearer, "Origin": origin})
    assert answer.status_code == 403
    assert answer.json["error"]["code"] == "foreign-origin"
    assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize("origin", FOREIGN)
def test_web_pages_get_no_preflight(client: Client, origin: str) -> None:
    asked = {
        "Origin": origin,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization",
    }
    answer = client.options("/v1/analyze", headers=asked)
    assert answer.status_code == 403
    assert not [name for name, _ in answer.headers if name.startswith("Access-Control")]


@pytest.mark.parametrize("origin", [CHROME, FIREFOX])
def test_extensions_are_let_through(client: Client, bearer: Headers, origin: str) -> None:
    answer = client.get("/v1/flags", headers={**bearer, "Origin": origin, "Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == origin
    assert "Origin" in answer.headers["Vary"]
    assert "Access-Control-Allow-Credentials" not in answer.headers


@pytest.mark.parametrize("origin", [CHROME, FIREFOX])
def test_extension_may_read_a_refusal(client: Client, origin: str) -> None:
    answer = client.get("/v1/flags", headers={"Origin": origin})
    assert answer.status_code == 401
    assert answer.headers["Access-Control-Allow-Origin"] == origin


@pytest.mark.parametrize("origin", [CHROME, FIREFOX])
@pytest.mark.parametrize("path", ["/v1/analyze", "/v1/token", "/v1/pair", "/v1/context/ketamine"])
def test_preflight_is_answered_without_a_token_and_grants_nothing(client: Client, origin: str, path: str) -> None:
    answer = client.options(path, headers={"Origin": origin, "Access-Control-Request-Method": "POST"})
    assert answer.status_code == 204
    assert answer.data == b""
    assert answer.headers["Access-Control-Allow-Origin"] == origin
    assert answer.headers["Access-Control-Allow-Headers"] == "authorization, content-type"
    assert {"GET", "POST", "DELETE"} <= set(answer.headers["Access-Control-Allow-Methods"].split(", "))
    refused = client.post("/v1/analyze", json={"text": "a"}, headers={"Origin": origin})
    assert refused.status_code == 401


def test_same_origin_is_let_through(client: Client) -> None:
    assert client.get("/", headers={"Origin": "http://localhost"}).status_code == 200
    assert client.get("/", headers={"Origin": "http://127.0.0.1:8765", "Host": "127.0.0.1:8765"}).status_code == 200


def test_own_form_without_referrer_is_let_through(client: Client) -> None:
    own = {"Origin": "null", "Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "navigate"}
    assert client.post("/check", data={"text": "a"}, headers=own).status_code == 401
    assert client.post("/check", data={"text": "a"}, headers={**own, "Sec-Fetch-Site": "cross-site"}).status_code == 403


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_tags_of_a_web_page_are_refused_and_links_are_not(client: Client, site: str) -> None:
    for mode in ("no-cors", "cors", "websocket"):
        assert client.get("/", headers={"Sec-Fetch-Site": site, "Sec-Fetch-Mode": mode}).status_code == 403
    assert client.get("/", headers={"Sec-Fetch-Site": site, "Sec-Fetch-Mode": "navigate"}).status_code == 200


def test_extension_origins_are_matched_whole() -> None:
    assert is_extension(CHROME)
    assert is_extension(FIREFOX)
    for origin in (
        CHROME + ".evil.example",
        f"http://{CHROME}",
        CHROME + "/x",
        CHROME + "\n",
        "safari-web-extension://a",
    ):
        assert not is_extension(origin)


@pytest.mark.parametrize("path", ["/", "/v1/flags", "/healthz", "/docs", "/nothing", "/static/pinch.css"])
def test_every_answer_is_protected(client: Client, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none';")
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == ("no-cache" if path.startswith("/static") else "no-store")
