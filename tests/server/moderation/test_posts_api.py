"""``/v1/posts``: one or many, each once, with their history; refused without an echo; erased for good."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from jsonschema_rs import validator_for

from server.api.openapi import openapi_document
from server.moderation.audit import AuditChoice, AuditLog
from server.parts import Parts
from server.settings import Settings
from tests.server.conftest import Client, Headers
from tests.server.moderation.conftest import POST, Send
from tests.server.test_bad_input import MARK, check_error

SendAll = Callable[[list[Any]], Any]
Look = Callable[..., Any]


def described(schema: str, value: Any) -> None:
    document = openapi_document()
    found = {"$ref": f"#/components/schemas/{schema}", "components": document["components"]}
    validator_for(found).validate(value)


def results(answer: Any) -> list[str]:
    assert answer.status_code == 200
    described("PostsAnswer", answer.json)
    return [one["result"] for one in answer.json["results"]]


def test_a_post_is_taken_once(send: Send, look: Look) -> None:
    answer = send()
    assert answer.status_code == 201
    described("PostsAnswer", answer.json)
    assert answer.json == {"source": "sleep-forum", "post_id": "p1", "version": 1, "result": "new", "error": None}
    again = send()
    assert (again.status_code, again.json["result"]) == (200, "known")
    assert len(look().json["versions"]) == 1


def test_a_post_is_told_with_what_put_it_there(send: Send, look: Look) -> None:
    send(text="😀 Slept badly. This powder is a miracle for sleep.")
    told = look().json
    described("KeptPost", told)
    assert told["state"] == "open"
    assert told["posted_at"] == "2026-11-20T07:14:00Z"
    assert [flag["flag"] for flag in told["flags"]] == ["miracle"]
    words = told["text"].encode("utf-16-le")
    top = words[2 * told["top"]["start"] : 2 * told["top"]["end"]].decode("utf-16-le")
    assert top == "This powder is a miracle for sleep."
    factors = told["factors"]
    assert told["priority"] == pytest.approx(factors["claim"] * factors["vulnerability"] * factors["reach"], abs=1e-4)
    assert factors["signs"][0]["name"] == "miracle"


def test_an_edit_takes_the_place_of_the_text(send: Send, look: Look) -> None:
    send()
    answer = send(version=2, text="Slept well, thank you all.")
    assert (answer.status_code, answer.json["result"]) == (200, "changed")
    told = look().json
    assert told["text"] == "Slept well, thank you all."
    assert told["flags"] == []
    assert [one["version"] for one in told["versions"]] == [1, 2]


def test_another_text_under_a_version_is_refused(send: Send, look: Look) -> None:
    send()
    check_error(send(text=f"{MARK} and all that."), 409, "version-taken")
    assert look().json["text"] == POST["text"]


def test_a_late_version_goes_into_the_history(send: Send, look: Look) -> None:
    send(version=5)
    assert send(version=3, text="An earlier thought.").json["result"] == "old"
    told = look().json
    assert told["text"] == POST["text"]
    assert [one["version"] for one in told["versions"]] == [3, 5]


def test_counts_are_taken_over_and_what_is_not_told_stays(send: Send, look: Look) -> None:
    send()
    before = look().json
    send(views=9_000, replies=None, author=None)
    after = look().json
    assert (after["views"], after["replies"], after["author"]) == (9_000, 2, "oldrunner")
    assert after["priority"] > before["priority"]
    assert after["versions"] == before["versions"]


def test_a_batch_is_answered_in_order(send: Send, send_all: SendAll) -> None:
    send()
    many = [
        {**POST, "post_id": "p2"},
        POST,
        {**POST, "version": 2, "text": "Other words."},
        {**POST, "version": 2, "text": "Still other words."},
        {**POST, "post_id": "p2"},
        {**POST, "version": 0, "text": "Early words."},
    ]
    assert results(send_all(many)) == ["new", "known", "changed", "refused", "known", "old"]


def test_a_bad_post_does_not_sink_the_batch(send_all: SendAll) -> None:
    bad = [MARK, None, {}, {**POST, "views": -1}, {**POST, "post_id": f"{MARK} with blanks"}, {**POST, MARK: 1}]
    answer = send_all([{**POST, "post_id": "a"}, *bad, {**POST, "post_id": "z"}])
    assert results(answer) == ["new", *["refused"] * len(bad), "new"]
    assert MARK not in answer.get_data(as_text=True)
    refused = answer.json["results"][4]
    assert (refused["post_id"], refused["error"]["code"]) == ("p1", "bad-request")
    assert "views" in refused["error"]["message"]


def test_what_the_detector_cannot_read_is_refused_in_its_place(send: Send, send_all: SendAll) -> None:
    check_error(send(text="Please refuse this."), 422, "bad-input")
    many = [{**POST, "post_id": "a", "text": "Please refuse this."}, {**POST, "post_id": "b"}]
    assert results(send_all(many)) == ["refused", "new"]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"source": f"{MARK} forum"}, "bad-request"),
        ({"post_id": ""}, "bad-request"),
        ({"post_id": "x" * 201}, "bad-request"),
        ({"version": -1}, "bad-request"),
        ({"version": 2**53}, "bad-request"),
        ({"version": "1"}, "bad-request"),
        ({"text": None}, "bad-request"),
        ({"text": "a" * 100_001}, "bad-request"),
        ({"format": MARK}, "bad-request"),
        ({"posted_at": "2026-11-20T08:14:00"}, "bad-request"),
        ({"posted_at": MARK}, "bad-request"),
        ({"posted_at": "0001-01-01T00:00:00+14:00"}, "bad-request"),
        ({"posted_at": "9999-12-31T23:59:59-14:00"}, "bad-request"),
        ({"url": f"javascript:{MARK}"}, "bad-request"),
        ({MARK: 1}, "bad-request"),
    ],
)
def test_bad_posts_are_refused(send: Send, changed: dict[str, Any], code: str) -> None:
    check_error(send(**changed), 422, code)


def test_too_many_posts_are_refused(send_all: SendAll) -> None:
    check_error(send_all([{**POST, "post_id": str(number)} for number in range(501)]), 413, "too-many-posts")


@pytest.mark.parametrize("posts", [None, {}, MARK, 7])
def test_a_batch_is_a_list(client: Client, bearer: Headers, posts: Any) -> None:
    check_error(client.post("/v1/posts", json={"posts": posts}, headers=bearer), 422, "bad-request")


@pytest.mark.parametrize(
    "text", ["", "   ", "\x00", "\ud800 lone", "🧂" * 300, "> quoted\n\nAnd mine.", "miracle\x00cure\r\nend", "ﷺ" * 50]
)
def test_odd_texts_are_kept(client: Client, bearer: Headers, look: Look, text: str) -> None:
    body = json.dumps({**POST, "text": text})
    headers = {**bearer, "Content-Type": "application/json"}
    assert client.post("/v1/posts", data=body, headers=headers).status_code == 201
    assert client.post("/v1/posts", data=body, headers=headers).json["result"] == "known"
    assert len(look().json["text"]) == len(text)


@pytest.mark.parametrize("form", ["markdown", "bbcode", "html"])
def test_marks_fit_the_text_that_is_shown(send: Send, look: Look, form: str) -> None:
    assert send(format=form, text="A **bold** note.\n\nThis is a miracle cure, they say. And so on.").status_code == 201
    told = look().json
    flag = told["flags"][0]
    assert "miracle cure" in told["text"][flag["start"] : flag["end"]]


def test_quoted_words_are_not_the_posters(send: Send, look: Look) -> None:
    send(text="> I want to die and nobody would notice.\n\nPlease ring somebody tonight, will you?")
    assert not look().json["needs_person"]
    send(post_id="p2", text="I want to die and nobody would notice.")
    assert look("p2").json["needs_person"]


def test_deleted_posts_are_gone_and_stay_away(
    client: Client, bearer: Headers, send: Send, look: Look, settings: Settings, parts: Parts
) -> None:
    send(text="Quince jelly is a miracle.", title="Quince heading", url="https://forum.example/quince")
    send(version=2, text="Quince jam is a miracle.")
    address = "/v1/posts/sleep-forum/p1"
    assert client.delete(address, headers=bearer).status_code == 204
    assert client.delete(address, headers=bearer).status_code == 204
    log = AuditLog(parts.store.engine).page(AuditChoice(action="delete-post"), limit=9)
    assert [(entry.actor, entry.subject) for entry in log] == [("token: tests", "post 1")]
    check_error(look(), 410, "deleted-post")
    for changed in ({"version": 2, "text": "Quince jam is a miracle."}, {"version": 3, "text": "Back again."}):
        again = send(**changed)
        assert (again.status_code, again.json["result"]) == (200, "deleted")
    check_error(look(), 410, "deleted-post")
    files = b"".join(file.read_bytes() for file in settings.data_dir.iterdir())
    assert b"uince" not in files


def test_unknown_posts_are_told(client: Client, bearer: Headers, look: Look) -> None:
    check_error(look("nothing"), 404, "unknown-post")
    check_error(client.delete("/v1/posts/sleep-forum/nothing", headers=bearer), 404, "unknown-post")
    check_error(client.get("/v1/posts/sleep-forum/%00", headers=bearer), 404, "unknown-post")
    check_error(client.delete("/v1/posts/%00/a", headers=bearer), 404, "unknown-post")


@pytest.mark.parametrize("post_id", ["a/b", "<x@host.example>", "at://did/app/3k", "50%", "a?b#c", "x" * 200])
def test_ids_of_all_forums(client: Client, bearer: Headers, send: Send, post_id: str) -> None:
    assert send(post_id=post_id).status_code == 201
    path = "".join(char if char.isalnum() or char == "/" else f"%{ord(char):02X}" for char in post_id)
    told = client.get(f"/v1/posts/sleep-forum/{path}", headers=bearer)
    assert told.json["post_id"] == post_id


def test_posts_want_a_token(client: Client, signed_in: Client, csrf: str, bearer: Headers) -> None:
    check_error(client.post("/v1/posts", json=POST), 401, "no-token")
    check_error(signed_in.post("/v1/posts", json=POST, headers={"X-CSRFToken": csrf}), 401, "no-token")
    client.post("/v1/posts", json=POST, headers=bearer)
    address = "/v1/posts/sleep-forum/p1"
    check_error(client.get(address), 401, "no-token")
    assert signed_in.get(address).status_code == 200
    assert signed_in.delete(address).status_code == 403
    assert signed_in.delete(address, headers={"X-CSRFToken": csrf}).status_code == 204


def test_a_post_that_crashes_the_detector_leaves_no_trace(
    send_all: SendAll, look: Look, parts: Parts, capfd: pytest.CaptureFixture[str]
) -> None:
    answer = send_all([{**POST, "post_id": "a"}, {**POST, "text": f"{MARK}: crash the detector."}])
    check_error(answer, 500, "server-error")
    assert look("a").status_code == 404, "not acknowledged, so not half kept"
    assert not re.search(MARK, "".join(capfd.readouterr()))
