"""Codes become tokens or cookies, once; revoking works at once; guessing does not."""

from __future__ import annotations

import pytest
from flask import Flask

from server.parts import Parts
from tests.server.conftest import Client, Headers

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0"


def test_code_becomes_a_token_once(client: Client, parts: Parts) -> None:
    body = {"code": parts.store.codes.make(), "name": "  Firefox \n on Linux "}
    answer = client.post("/v1/pair", json=body)
    assert answer.status_code == 201
    assert answer.json.keys() == {"token", "name"}
    assert answer.json["name"] == "Firefox on Linux"
    assert answer.headers["Cache-Control"] == "no-store"
    headers = {"Authorization": f"Bearer {answer.json['token']}"}
    assert client.get("/v1/flags", headers=headers).status_code == 200
    again = client.post("/v1/pair", json=body)
    assert again.status_code == 403
    assert again.json["error"]["code"] == "bad-code"


def test_wrong_codes_are_limited_for_everybody(client: Client, app: Flask, parts: Parts) -> None:
    good = parts.store.codes.make()
    for _ in range(3):
        assert client.post("/v1/pair", json={"code": "AAAA-AAAA", "name": "x"}).status_code == 403
    for _ in range(2):
        assert client.get("/?code=AAAA-AAAA").status_code == 403
    other: Client = app.test_client()
    refused = other.post("/v1/pair", json={"code": good, "name": "x"})
    assert refused.status_code == 429
    assert refused.json["error"]["code"] == "too-many-tries"
    assert 0 < int(refused.headers["Retry-After"]) <= 600
    assert client.get(f"/?code={good}").status_code == 429
    assert client.get("/").status_code == 200


def test_only_wrong_codes_count(client: Client, parts: Parts) -> None:
    for _ in range(8):
        assert client.post("/v1/pair", json={"code": parts.store.codes.make(), "name": "x"}).status_code == 201
        assert client.post("/v1/pair", json={"name": "x"}).status_code == 422


@pytest.mark.parametrize("name", ["", "   ", "\n", "x" * 81, 5, None])
def test_a_client_needs_a_name(client: Client, parts: Parts, name: object) -> None:
    code = parts.store.codes.make()
    assert client.post("/v1/pair", json={"code": code, "name": name}).status_code == 422
    assert client.post("/v1/pair", json={"code": code, "name": "x"}).status_code == 201


def test_client_gives_its_own_token_back(client: Client, bearer: Headers, parts: Parts) -> None:
    other = {"Authorization": f"Bearer {parts.store.clients.issue('other').token}"}
    answer = client.delete("/v1/token", headers=bearer)
    assert (answer.status_code, answer.data) == (204, b"")
    assert client.delete("/v1/token", headers=bearer).status_code == 401
    assert client.get("/v1/flags", headers=other).status_code == 200


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Basic abc", "pinch_x", "Bearer wrong", "Bearer " + "a" * 5000]
)
def test_bad_tokens_are_refused(client: Client, header: str) -> None:
    answer = client.get("/v1/flags", headers={"Authorization": header})
    assert answer.status_code == 401
    assert answer.json["error"]["code"] in {"no-token", "bad-token"}
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_address_with_a_code_signs_in_and_forgets_the_code(client: Client, parts: Parts) -> None:
    address = f"/?code={parts.store.codes.make()}"
    answer = client.get(address, headers={"User-Agent": FIREFOX})
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/"
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert "Path=/" in cookie
    page = client.get("/").get_data(as_text=True)
    assert "Firefox on Linux" in page
    assert "this browser" in page
    assert client.get(address).status_code == 303, "an old address in a signed-in browser just leads home"
    assert "Check a text" in client.get("/").get_data(as_text=True)


def test_looking_ahead_does_not_use_up_a_code(client: Client, parts: Parts) -> None:
    address = f"/?code={parts.store.codes.make()}"
    assert client.head(address).status_code == 200
    assert client.get(address, headers={"Sec-Purpose": "prefetch;prerender"}).status_code == 200
    assert client.get(address).status_code == 303


def test_wrong_code_is_told_on_a_page_and_not_repeated(client: Client) -> None:
    answer = client.get("/?code=WRNG-CODE")
    assert answer.status_code == 403
    assert answer.mimetype == "text/html"
    assert "WRNG" not in answer.get_data(as_text=True)
    assert "Set-Cookie" not in answer.headers


def test_page_makes_codes_lists_browsers_and_revokes(
    signed_in: Client, csrf: str, client: Client, parts: Parts
) -> None:
    page = signed_in.post("/browsers/code", data={"csrf_token": csrf}).get_data(as_text=True)
    code = page.split('<p class="big-code" role="status"><code>')[1][:9]
    token = client.post("/v1/pair", json={"code": code, "name": "Kitchen laptop"}).json["token"]
    assert "Kitchen laptop" in signed_in.get("/").get_data(as_text=True)
    found = parts.store.clients.find("Kitchen laptop")[0]
    assert signed_in.post(f"/browsers/{found.id}/revoke", data={"csrf_token": csrf}).status_code == 303
    assert client.get("/v1/flags", headers={"Authorization": f"Bearer {token}"}).status_code == 401
    assert "Kitchen laptop" not in signed_in.get("/").get_data(as_text=True)
    assert signed_in.post(f"/browsers/{found.id}/revoke", data={"csrf_token": csrf}).status_code == 404


def test_sign_out_and_revoked_cookies(signed_in: Client, csrf: str, parts: Parts, app: Flask) -> None:
    other = app.test_client()
    other.get(f"/?code={parts.store.codes.make()}")
    assert signed_in.post("/sign-out", data={"csrf_token": csrf}).status_code == 303
    assert "Sign this browser in" in signed_in.get("/").get_data(as_text=True)
    assert "Check a text" in other.get("/").get_data(as_text=True)
    for known in parts.store.clients.all():
        parts.store.clients.revoke(known.id)
    assert other.get("/samples/detox-shop").status_code == 401


def test_revoking_this_browser_signs_it_out(signed_in: Client, csrf: str, parts: Parts) -> None:
    own = parts.store.clients.all()[0]
    signed_in.post(f"/browsers/{own.id}/revoke", data={"csrf_token": csrf})
    assert "Sign this browser in" in signed_in.get("/").get_data(as_text=True)


@pytest.mark.parametrize("path", ["/check", "/browsers/code", "/browsers/abcdefgh/revoke", "/sign-out"])
def test_forms_want_the_page_and_its_token(signed_in: Client, client: Client, path: str) -> None:
    assert client.post(path, data={"text": "a"}).json["error"]["code"] == "not-signed-in"
    for data in ({"text": "a"}, {"text": "a", "csrf_token": "wrong"}):
        answer = signed_in.post(path, data=data)
        assert answer.status_code == 403
        assert answer.json["error"]["code"] == "no-csrf-token"


def test_cookie_opens_analyze_with_the_csrf_header_only(signed_in: Client, csrf: str) -> None:
    assert signed_in.post("/v1/analyze", json={"text": "A miracle."}).status_code == 403
    assert signed_in.post("/v1/analyze", json={"text": "A miracle."}, headers={"X-CSRFToken": "x"}).status_code == 403
    answer = signed_in.post("/v1/analyze", json={"text": "A miracle."}, headers={"X-CSRFToken": csrf})
    assert answer.status_code == 200
    for path in ("/v1/flags", "/v1/context", "/metrics"):
        assert signed_in.get(path, headers={"X-CSRFToken": csrf}).status_code == 401


def test_browser_token_is_no_bearer_token(client: Client, parts: Parts) -> None:
    token = parts.store.clients.issue("page", kind="browser").token
    assert client.get("/v1/flags", headers={"Authorization": f"Bearer {token}"}).status_code == 401
