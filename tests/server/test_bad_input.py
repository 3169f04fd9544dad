"""Bad requests: each refused with its own words, none echoed into an answer or the log, none a crash."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from flask import Flask

from server.app import create_app
from server.settings import Settings
from tests.server.conftest import Client, Headers
from tests.server.fakes import FakeDetector

MARK = "Xyzzy-Plugh-7"
JSON = "application/json"
BLOCK = {"id": "b", "kind": "p", "text": f"{MARK} text"}
LINK = {"start": 0, "end": 1, "href": "#"}


def _links(**link: Any) -> bytes:
    return json.dumps({"blocks": [{**BLOCK, "links": [{**LINK, **link}]}]}).encode()


def _blocks(*blocks: Any) -> bytes:
    return json.dumps({"blocks": blocks}).encode()


def _body(**body: Any) -> bytes:
    return json.dumps(body).encode()


CASES: dict[str, tuple[bytes, int, str]] = {
    "empty body": (b"", 400, "empty-body"),
    "blanks": (b" \n ", 400, "empty-body"),
    "not JSON": (f"{MARK}".encode(), 400, "not-json"),
    "cut off": (f'{{"text": "{MARK}'.encode(), 400, "not-json"),
    "two values": (f'{{"text": "{MARK}"}} {{}}'.encode(), 400, "not-json"),
    "control character": (f'{{"text": "{MARK}\n"}}'.encode(), 400, "not-json"),
    "binary": (b"\x89PNG\r\n\x1a\n\x00\xff" + MARK.encode(), 400, "not-utf-8"),
    "invalid UTF-8": (f'{{"text": "{MARK}'.encode() + b'\xc3\x28"}', 400, "not-utf-8"),
    "UTF-16": (f'{{"text": "{MARK}"}}'.encode("utf-16"), 400, "not-utf-8"),
    "raw surrogate": (b'{"text": "\xed\xa0\x80"}', 400, "not-utf-8"),
    "nested lists": (b"[" * 100_000, 400, "not-json"),
    "nested objects": (b'{"a":' * 100_000, 400, "not-json"),
    "nested in a field": (b'{"text":' + b"[" * 50_000 + b"]" * 50_000 + b"}", 400, "not-json"),
    "deep but legal": (b'{"text":' + b"[" * 300 + b"]" * 300 + b"}", 422, "bad-request"),
    "NaN": (b'{"text": "a", "options": {"min_confidence": NaN}}', 400, "not-json"),
    "Infinity": (b'{"text": "a", "options": {"min_confidence": -Infinity}}', 400, "not-json"),
    "float overflow": (b'{"text": "a", "options": {"min_confidence": 1e999}}', 422, "bad-request"),
    "huge integer": (b'{"text": ' + b"9" * 5000 + b"}", 400, "not-json"),
    "big offset": (_links(end=10**30), 422, "bad-request"),
    "list": (_body()[:0] + json.dumps([MARK]).encode(), 422, "bad-request"),
    "string": (json.dumps(MARK).encode(), 422, "bad-request"),
    "null": (b"null", 422, "bad-request"),
    "nothing to read": (_body(title=MARK), 422, "one-of-three"),
    "only nulls": (_body(text=None, html=None, blocks=None, title=MARK), 422, "one-of-three"),
    "two of three": (_body(text=MARK, html=MARK), 422, "one-of-three"),
    "all three": (_body(text=MARK, html=MARK, blocks=[BLOCK]), 422, "one-of-three"),
    "unknown key": (json.dumps({"text": "a", MARK: 1}).encode(), 422, "bad-request"),
    "unknown key in a block": (_blocks({**BLOCK, MARK: 1}), 422, "bad-request"),
    "unknown key in options": (_body(text="a", options={MARK: 1}), 422, "bad-request"),
    "text is a number": (_body(text=4711), 422, "bad-request"),
    "text is a list": (_body(text=[MARK]), 422, "bad-request"),
    "blocks is an object": (_body(blocks={MARK: 1}), 422, "bad-request"),
    "a block is a string": (_blocks(MARK), 422, "bad-request"),
    "no blocks": (_blocks(), 422, "bad-request"),
    "empty text": (_body(text="", title=MARK), 422, "bad-request"),
    "blank text": (_body(text=" \n\t ", title=MARK), 422, "empty-text"),
    "blank html": (_body(html="  ", title=MARK), 422, "empty-text"),
    "blank blocks": (_blocks({**BLOCK, "text": " "}), 422, "empty-text"),
    "unknown kind": (_blocks({**BLOCK, "kind": MARK}), 422, "bad-request"),
    "empty id": (_blocks({**BLOCK, "id": ""}), 422, "bad-request"),
    "long id": (_blocks({**BLOCK, "id": MARK * 100}), 422, "bad-request"),
    "same id twice": (_blocks({**BLOCK, "id": MARK}, {**BLOCK, "id": MARK}), 422, "duplicate-id"),
    "intro to nothing": (_blocks({**BLOCK, "intro": MARK}), 422, "missing-intro"),
    "intro to itself": (_blocks({**BLOCK, "id": MARK, "intro": MARK}), 422, "missing-intro"),
    "negative offset": (_links(start=-1), 422, "bad-request"),
    "offset is true": (_links(start=True), 422, "bad-request"),
    "offset is 0.5": (_links(start=0.5), 422, "bad-request"),
    "offset is a string": (_links(start="0"), 422, "bad-request"),
    "end before start": (_links(start=2, end=1), 422, "bad-offset"),
    "end after the text": (_links(end=len(str(BLOCK["text"])) + 1), 422, "bad-offset"),
    "resolved is 1": (_links(resolved=1), 422, "bad-request"),
    "unknown setting": (_body(text="a", options={"setting": MARK}), 422, "bad-request"),
    "unknown flag": (_body(text="a", options={"flags": [MARK]}), 422, "bad-request"),
    "no flags": (_body(text="a", options={"flags": []}), 422, "bad-request"),
    "confidence over 1": (_body(text="a", options={"min_confidence": 1.1}), 422, "bad-request"),
    "confidence is true": (_body(text="a", options={"min_confidence": True}), 422, "bad-request"),
    "context is a word": (_body(text="a", options={"context": MARK}), 422, "bad-request"),
    "options is null": (_body(text="a", options=None, title=MARK), 422, "bad-request"),
    "long url": (_body(text="a", url=MARK * 1000), 422, "bad-request"),
    "the detector refuses": (_body(text=f"refuse this {MARK}"), 422, "bad-input"),
}


def check_error(answer: Any, status: int, code: str | None = None) -> None:
    """The one shape, no echo, never a crash."""
    assert answer.status_code == status, answer.get_data(as_text=True)[:300]
    assert answer.json.keys() == {"error"}
    error = answer.json["error"]
    assert error.keys() == {"code", "message", "hint"}
    assert all(isinstance(value, str) for value in error.values())
    assert error["message"].endswith(".")
    if code:
        assert error["code"] == code
    assert MARK not in answer.get_data(as_text=True)


@pytest.mark.parametrize(("body", "status", "code"), CASES.values(), ids=CASES.keys())
def test_bad_bodies(
    client: Client, bearer: Headers, capfd: pytest.CaptureFixture[str], body: bytes, status: int, code: str
) -> None:
    check_error(client.post("/v1/analyze", data=body, headers=bearer, content_type=JSON), status, code)
    assert MARK not in "".join(capfd.readouterr())


@pytest.mark.parametrize("key", [MARK, f"{MARK}\n", "__proto__", "x" * 10_000])
def test_unknown_keys_are_named_by_place_only(client: Client, bearer: Headers, key: str) -> None:
    answer = client.post("/v1/analyze", json={"blocks": [BLOCK, {**BLOCK, "id": "c", key: 1}]}, headers=bearer)
    assert answer.json["error"]["message"] == "There is an unknown key in blocks[1]."


@pytest.mark.parametrize(
    "content_type",
    ["", "text/plain", "text/html", "application/x-www-form-urlencoded", "multipart/form-data", "application/xml"],
)
def test_wrong_content_types(client: Client, bearer: Headers, content_type: str) -> None:
    answer = client.post("/v1/analyze", data=_body(text=MARK), headers=bearer, content_type=content_type)
    check_error(answer, 415, "wrong-content-type")


def test_json_with_charset_is_taken(client: Client, bearer: Headers) -> None:
    for content_type in ("application/json; charset=utf-8", "Application/JSON"):
        answer = client.post("/v1/analyze", data=_body(text="a"), headers=bearer, content_type=content_type)
        assert answer.status_code == 200
    with_mark = client.post("/v1/analyze", data=b"\xef\xbb\xbf" + _body(text="a"), headers=bearer, content_type=JSON)
    assert with_mark.status_code == 200


def test_over_eight_megabytes(client: Client, bearer: Headers, settings: Settings) -> None:
    body = _body(text=MARK + "a" * settings.max_body)
    check_error(client.post("/v1/analyze", data=body, headers=bearer, content_type=JSON), 413, "too-large")


def test_over_eight_megabytes_without_a_length(client: Client, bearer: Headers, settings: Settings) -> None:
    answer = client.post(
        "/v1/analyze",
        input_stream=io.BytesIO(_body(text=MARK + "a" * settings.max_body)),
        headers={**bearer, "Transfer-Encoding": "chunked"},
        content_type=JSON,
        environ_overrides={"wsgi.input_terminated": True},
    )
    check_error(answer, 413, "too-large")


def test_just_under_the_limit_is_read(client: Client, bearer: Headers, settings: Settings) -> None:
    body = _body(text="a" * (settings.max_body - 100))
    assert client.post("/v1/analyze", data=body, headers=bearer, content_type=JSON).status_code == 200


@pytest.fixture
def few_blocks(tmp_path: Any) -> Flask:
    return create_app(Settings(data_dir=tmp_path / "few", max_blocks=3), detector=FakeDetector())


@pytest.mark.parametrize(
    "body",
    [
        {"blocks": [{**BLOCK, "id": str(n)} for n in range(4)]},
        {"blocks": [MARK] * 4},
        {"text": "\n\n".join([MARK] * 4)},
        {"html": f"<p>{MARK}</p>" * 4},
    ],
)
def test_too_many_blocks(few_blocks: Flask, body: dict[str, Any]) -> None:
    token = few_blocks.extensions["pinch"].store.clients.issue("x").token
    answer = few_blocks.test_client().post("/v1/analyze", json=body, headers={"Authorization": f"Bearer {token}"})
    check_error(answer, 413, "too-many-blocks")


def test_twenty_thousand_blocks_are_read(client: Client, bearer: Headers) -> None:
    blocks = [{"id": str(n), "kind": "p", "text": "a"} for n in range(20_001)]
    assert client.post("/v1/analyze", json={"blocks": blocks[1:]}, headers=bearer).status_code == 200
    check_error(client.post("/v1/analyze", json={"blocks": blocks}, headers=bearer), 413, "too-many-blocks")


@pytest.mark.parametrize(
    "body", [CASES[name][0] for name in ("empty body", "not JSON", "nested lists", "huge integer", "list")]
)
def test_pairing_refuses_bad_bodies_too(client: Client, body: bytes) -> None:
    answer = client.post("/v1/pair", data=body, content_type=JSON)
    assert answer.status_code in (400, 422)
    check_error(answer, answer.status_code)


def test_a_crash_says_nothing_of_the_text(client: Client, bearer: Headers, capfd: pytest.CaptureFixture[str]) -> None:
    answer = client.post("/v1/analyze", json={"text": f"crash the detector {MARK}"}, headers=bearer)
    check_error(answer, 500, "server-error")
    logged = "".join(capfd.readouterr())
    assert "ZeroDivisionError" in logged
    assert "fakes.py" in logged
    assert MARK not in logged
