"""``/v1/feedback``: taken once, seen by its sender and the owner, erased, and refused without an echo."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema_rs import validator_for

from server.api.openapi import openapi_document
from server.parts import Parts
from tests.server.conftest import Client, Headers
from tests.server.feedback.conftest import BODY, Send, headers_of, uuid
from tests.server.test_bad_input import MARK, check_error

MINIMAL = {key: BODY[key] for key in ("id", "verdict", "flag", "text")}


def listed(client: Client, headers: Headers, query: str = "") -> Any:
    answer = client.get(f"/v1/feedback{query}", headers=headers)
    assert answer.status_code == 200, answer.json
    return answer.json


def ids(answer: Any) -> list[str]:
    return [one["id"] for one in answer["feedback"]]


def test_feedback_is_taken_and_told_back(client: Client, bearer: Headers, send: Send, parts: Parts) -> None:
    answer = send()
    assert (answer.status_code, answer.json) == (201, {"id": BODY["id"]})
    (kept,) = listed(client, bearer)["feedback"]
    sender = parts.store.clients.find("tests")[0]
    assert kept == {**BODY, "sent_on": sender.created_on.isoformat(), "client": {"id": sender.id, "name": "tests"}}
    document = openapi_document()
    shape = {"$ref": "#/components/schemas/FeedbackList", "components": document["components"]}
    validator_for(shape).validate(listed(client, bearer))


def test_feedback_sent_again_changes_nothing(client: Client, bearer: Headers, send: Send) -> None:
    assert send().status_code == 201
    for body in ({}, {"id": BODY["id"].upper()}):
        answer = send(**body)
        assert (answer.status_code, answer.json) == (200, {"id": BODY["id"]})
    assert listed(client, bearer)["total"] == 1


@pytest.mark.parametrize("key", [key for key in BODY if key != "id"])
def test_other_feedback_under_the_same_id_is_a_conflict(client: Client, bearer: Headers, send: Send, key: str) -> None:
    send()
    other: dict[str, Any] = {"verdict": "right", "flag": "scare", "confidence": 0.95, "setting": "more"}
    check_error(send(**{key: other.get(key, "https://other.example/")}), 409, "id-taken")
    assert listed(client, bearer)["feedback"][0][key] == BODY[key]


def test_feedback_may_leave_out_what_is_not_known(client: Client, bearer: Headers) -> None:
    assert client.post("/v1/feedback", json=MINIMAL, headers=bearer).status_code == 201
    nothing = dict.fromkeys(set(BODY) - set(MINIMAL))
    assert client.post("/v1/feedback", json={**MINIMAL, **nothing}, headers=bearer).status_code == 200
    assert nothing.items() <= listed(client, bearer)["feedback"][0].items()


@pytest.mark.parametrize(
    "text",
    ["x", "x" * 2000, "😀" * 2000, "two\nlines", "a\x00b", "\ud83d", "<script>alert(1)</script>", "'; DROP TABLE"],
)
def test_feedback_text_of_any_kind_is_taken(client: Client, bearer: Headers, text: str) -> None:
    # As a browser may write it: a lone surrogate travels as an escape.
    body = json.dumps({**BODY, "text": text})
    for status in (201, 200):
        answer = client.post("/v1/feedback", data=body, headers=bearer, content_type="application/json")
        assert answer.status_code == status
    assert listed(client, bearer)["feedback"][0]["text"] == text.replace("\0", "\ufffd").replace("\ud83d", "\ufffd")


CASES: dict[str, dict[str, Any]] = {
    "no id": {"id": None},
    "id is no UUID": {"id": MARK},
    "id with a line end": {"id": BODY["id"] + "\n"},
    "unknown verdict": {"verdict": MARK},
    "unknown flag": {"flag": MARK},
    "no text": {"text": None},
    "empty text": {"text": ""},
    "blank text": {"text": " \n\t"},
    "long text": {"text": MARK * 200},
    "text is a list": {"text": [MARK]},
    "long note": {"note": MARK * 50},
    "long model": {"model": MARK * 50},
    "long fingerprint": {"fingerprint": MARK * 50},
    "confidence is a word": {"confidence": MARK},
    "confidence is true": {"confidence": True},
    "confidence over 1": {"confidence": 1.01},
    "unknown setting": {"setting": MARK},
    "unknown key": {MARK: 1},
    "url with a query": {"url": f"https://a.example/?q={MARK}"},
    "url with a fragment": {"url": f"https://a.example/#{MARK}"},
    "url with a password": {"url": f"https://me:{MARK}@a.example/"},
    "url of a file": {"url": f"file:///home/{MARK}"},
    "url of a script": {"url": f"javascript:{MARK}"},
    "url without a host": {"url": "https:///"},
    "long url": {"url": f"https://a.example/{MARK * 700}"},
}


@pytest.mark.parametrize("changed", CASES.values(), ids=CASES.keys())
def test_bad_feedback_is_refused_without_an_echo(
    client: Client, bearer: Headers, send: Send, capfd: pytest.CaptureFixture[str], changed: dict[str, Any]
) -> None:
    check_error(send(**changed), 422, "bad-request")
    assert listed(client, bearer)["total"] == 0
    assert MARK not in "".join(capfd.readouterr())


@pytest.mark.parametrize(
    ("raw", "status", "code"),
    [
        (b"", 400, "empty-body"),
        (b'{"text": "' + MARK.encode(), 400, "not-json"),
        (b'{"text": "\xff"}', 400, "not-utf-8"),
        (b"[]", 422, "bad-request"),
        (b'{"text": "' + b"a" * 8_400_000 + b'"}', 413, "too-large"),
    ],
)
def test_bad_bodies_of_feedback(client: Client, bearer: Headers, raw: bytes, status: int, code: str) -> None:
    answer = client.post("/v1/feedback", data=raw, headers=bearer, content_type="application/json")
    check_error(answer, status, code)


def test_feedback_needs_json(client: Client, bearer: Headers) -> None:
    check_error(client.post("/v1/feedback", data=MARK, headers=bearer), 415, "wrong-content-type")


def test_feedback_is_paged_and_filtered(client: Client, bearer: Headers, send: Send) -> None:
    for number in range(7):
        verdict = ("wrong", "right", "missing")[number % 3]
        assert send(id=uuid(number), verdict=verdict, flag=("scare", "miracle")[number % 2]).status_code == 201
    seen, query = [], "?limit=3"
    while query:
        answer = listed(client, bearer, query)
        assert answer["total"] == 7
        assert len(answer["feedback"]) <= 3
        seen += ids(answer)
        query = f"?limit=3&before={answer['next']}" if answer["next"] else ""
    assert seen == [uuid(number) for number in reversed(range(7))]
    assert ids(listed(client, bearer, "?verdict=right")) == [uuid(4), uuid(1)]
    both = listed(client, bearer, "?verdict=wrong&flag=scare")
    assert (ids(both), both["total"], both["next"]) == ([uuid(6), uuid(0)], 2, None)


@pytest.mark.parametrize(
    "query",
    [
        f"?verdict={MARK}", f"?flag={MARK}", f"?{MARK}=1", f"?limit={MARK}", "?limit=0", "?limit=201", "?limit=1.5",
        "?limit=", "?before=-1", "?before=0", "?before=" + "9" * 5000, "?verdict=wrong&verdict=right", "?limit=%C2%B2",
    ],
)  # fmt: skip
def test_bad_choices_of_feedback_are_refused(client: Client, bearer: Headers, query: str) -> None:
    check_error(client.get(f"/v1/feedback{query}", headers=bearer), 422, "bad-request")


def test_a_token_sees_and_deletes_only_its_own_feedback(client: Client, send: Send, parts: Parts) -> None:
    anne, ben = headers_of(parts, "Anne"), headers_of(parts, "Ben")
    send(anne, id=uuid(1))
    send(ben, id=uuid(2))
    assert ids(listed(client, anne)) == [uuid(1)]
    assert listed(client, ben)["total"] == 1
    for other in (uuid(2), uuid(3), MARK, "%00", "x" * 5000):
        check_error(client.delete(f"/v1/feedback/{other}", headers=anne), 404, "unknown-feedback")
    assert listed(client, ben)["total"] == 1
    assert client.delete(f"/v1/feedback/{uuid(1).upper()}", headers=anne).status_code == 204
    check_error(client.delete(f"/v1/feedback/{uuid(1)}", headers=anne), 404, "unknown-feedback")
    assert listed(client, anne) == {"feedback": [], "total": 0, "next": None}


def test_the_owner_sees_and_deletes_all_feedback(
    client: Client, signed_in: Client, csrf: str, send: Send, parts: Parts
) -> None:
    send(headers_of(parts, "Anne"), id=uuid(1))
    send(headers_of(parts, "Ben"), id=uuid(2))
    assert ids(listed(signed_in, {})) == [uuid(2), uuid(1)]
    check_error(signed_in.delete(f"/v1/feedback/{uuid(1)}"), 403, "no-csrf-token")
    assert signed_in.delete(f"/v1/feedback/{uuid(1)}", headers={"X-CSRFToken": csrf}).status_code == 204
    assert ids(listed(signed_in, {})) == [uuid(2)]
    check_error(client.get("/v1/feedback"), 401, "no-token")


def test_a_cookie_sends_no_feedback(signed_in: Client, csrf: str) -> None:
    check_error(signed_in.post("/v1/feedback", json=BODY, headers={"X-CSRFToken": csrf}), 401, "no-token")


def test_a_revoked_client_leaves_its_feedback_to_the_owner(signed_in: Client, send: Send, parts: Parts) -> None:
    anne = headers_of(parts, "Anne")
    send(anne)
    parts.store.clients.revoke(parts.store.clients.find("Anne")[0].id)
    assert send(anne).status_code == 401
    assert listed(signed_in, {})["feedback"][0]["client"]["name"] == "Anne"


def test_feedback_that_comes_too_fast_is_refused_by_token(client: Client, send: Send, parts: Parts) -> None:
    anne = headers_of(parts, "Anne")
    for number in range(60):
        assert send(anne, id=uuid(number)).status_code == 201
    refused = send(anne, id=uuid(60))
    check_error(refused, 429, "too-much-feedback")
    assert 0 < int(refused.headers["Retry-After"]) <= 60
    assert client.get("/v1/feedback", headers=anne).status_code == 200
    assert send(headers_of(parts, "Ben"), id=uuid(61)).status_code == 201


def test_extensions_may_delete_feedback_across_origins(client: Client) -> None:
    headers = {"Origin": "moz-extension://a-b", "Access-Control-Request-Method": "DELETE"}
    answer = client.options(f"/v1/feedback/{uuid(1)}", headers=headers)
    assert answer.status_code == 204
    assert "DELETE" in answer.headers["Access-Control-Allow-Methods"]
