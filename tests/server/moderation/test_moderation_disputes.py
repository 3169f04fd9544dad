"""Disputes: filed without an account, answered once, told in a log without names; closed on a local installation."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup
from flask import Flask

from server.errors import ApiError
from server.moderation.dispute_answering import Answer, answer_dispute
from server.moderation.disputes import NewDispute, disputes_of_post, file_dispute
from server.moderation.tables import AUDIT, DISPUTES
from server.parts import Parts
from server.settings import Settings
from tests.server.conftest import Client
from tests.server.moderation.filling import put
from tests.server.moderation.placed import NOON, put_decision, put_post, put_undo
from tests.server.test_bad_input import check_error

HTML = {"Accept": "text/html"}
REASON = "The sentence only tells what the leaflet says. <script>alert(7)</script>"
SECRET = "quotedwords9"


@pytest.fixture
def settings(both_settings: Settings) -> Settings:
    return both_settings.model_copy(update={"disputes": True})


def soup(answer: Any) -> BeautifulSoup:
    return BeautifulSoup(answer.get_data(as_text=True), "lxml")


def fields(client: Client, path: str = "/disputes/new") -> dict[str, str]:
    form = soup(client.get(path)).select_one("form.dispute")
    assert form is not None
    return {str(field["name"]): str(field["value"]) for field in form.select("input[type=hidden]")}


def filled(**more: str) -> dict[str, str]:
    typed = {"kind": "dispute", "by": "owner", "url": "https://forum.example/t/1", "flag": "scare"}
    return {**typed, "quote": SECRET, "reason": REASON, "contact": "iris@mail.example", **more}


def file(client: Client, **more: str) -> str:
    """File one and give its reference."""
    answer = client.post("/disputes/new", data={**fields(client), **filled(**more)})
    assert answer.status_code == 303
    return str(re.search("reference=([A-Z0-9]{12})", answer.headers["Location"])[1])  # type: ignore[index]


def answer_form(signed_in: Client, number: int) -> dict[str, str]:
    page = soup(signed_in.get(f"/queue/disputes/{number}"))
    (token,) = page.select("form.dispute input[name=csrf_token]")
    typed = {"outcome": "changed", "ground": "reported", "words": "You are right about the second sentence."}
    return {"csrf_token": str(token["value"]), **typed}


def test_moderation_dispute_from_form_to_public_log(client: Client, signed_in: Client, parts: Parts) -> None:
    reference = file(client)
    page = client.get(f"/disputes/state?reference={reference.lower()[:4]} {reference[4:]}&filed=1").get_data(
        as_text=True
    )
    assert "Not answered yet" in page
    assert "-".join((reference[:4], reference[4:8], reference[8:])) in page
    assert len(soup(signed_in.get("/queue/disputes")).select(".said")) == 1
    shown = soup(signed_in.get("/queue/disputes/1"))
    assert REASON in shown.get_text()
    assert not shown.select("main script")
    assert signed_in.post("/queue/disputes/1/answer", data=answer_form(signed_in, 1)).status_code == 303
    page = client.get(f"/disputes/state?reference={reference}").get_data(as_text=True)
    assert "Changed: right in part" in page
    assert "the second sentence" in page
    assert SECRET not in page
    log = client.get("/disputes/log").get_data(as_text=True)
    (row,) = [line.select("td") for line in BeautifulSoup(log, "lxml").select("tbody tr")]
    told = ["Changed: right in part", "The words report what others claim"]
    assert [cell.get_text() for cell in row][2:] == told
    assert "Scare" in row[1].get_text()
    for hidden in (SECRET, "iris@", "forum.example", "leaflet", "second sentence", "owner"):
        assert hidden not in log
    with parts.store.engine.connect() as connection:
        (entry,) = connection.execute(sa.select(AUDIT).where(AUDIT.c.action == "answer-dispute")).all()
    assert (entry.actor, entry.subject, entry.detail["outcome"]) == ("owner", "dispute 1", "changed")


def test_moderation_disputes_are_closed_unless_the_server_is_public(both_settings: Settings) -> None:
    assert not both_settings.takes_disputes
    assert both_settings.model_copy(update={"public_hosts": ("pinch.example",)}).takes_disputes
    off = {"public_hosts": ("pinch.example",), "disputes": False}
    assert not both_settings.model_copy(update=off).takes_disputes


def test_moderation_disputes_that_are_closed_answer_nothing(app: Flask, parts: Parts, client: Client) -> None:
    closed = parts.settings.model_copy(update={"disputes": False})
    app.extensions["pinch"] = Parts(closed, *(getattr(parts, name) for name in Parts.__slots__[1:]))
    for path in ("/disputes/new", "/disputes/state", "/disputes/log"):
        check_error(client.get(path), 404, "disputes-off")


def test_moderation_dispute_wants_its_csrf_token(client: Client, parts: Parts) -> None:
    check_error(client.post("/disputes/new", data=filled()), 403, "no-csrf-token")
    check_error(
        client.post("/disputes/new", data={**fields(client), **filled()}, headers={"Origin": "https://bad.example"}),
        403,
        "foreign-origin",
    )
    page = client.post("/disputes/new", data={**filled(), "csrf_token": "old"}, headers=HTML)
    assert page.status_code == 403
    assert "only tells what the leaflet says" in soup(page).select("#reason")[0].get_text()  # nothing typed twice
    with parts.store.engine.connect() as connection:
        assert not connection.execute(sa.select(DISPUTES)).all()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("url", "javascript:alert(1)"),
        ("url", ""),
        ("url", "https://" + "a" * 2000),
        ("kind", "rant"),
        ("by", ""),
        ("flag", "rude"),
        ("reason", "wrong"),
        ("reason", "x" * 4001),
        ("contact", "x" * 201),
        ("quote", "x" * 2001),
        ("request_id", "1"),
    ],
)
def test_moderation_dispute_says_what_is_amiss(client: Client, name: str, value: str) -> None:
    answer = client.post("/disputes/new", data={**fields(client), **filled(), name: value})
    assert answer.status_code == 422
    page = soup(answer)
    assert page.select("[role=alert]")
    if name != "request_id":
        assert page.select(f"#{name}-amiss") or page.select(".problem-text")


def test_moderation_dispute_sent_twice_is_one(client: Client, parts: Parts) -> None:
    data = {**fields(client), **filled(reason="NUL \0 in it, and long enough")}
    places = {client.post("/disputes/new", data=data).headers["Location"] for _ in range(2)}
    assert len(places) == 1
    with parts.store.engine.connect() as connection:
        assert len(connection.execute(sa.select(DISPUTES)).all()) == 1


def test_moderation_disputes_come_at_a_limited_rate(client: Client) -> None:
    for _ in range(5):
        file(client)
    data = {**fields(client), **filled()}
    check_error(client.post("/disputes/new", data=data), 429, "too-many-disputes")
    page = client.post("/disputes/new", data=data, headers=HTML)
    assert page.status_code == 429
    assert "leaflet" in soup(page).select("#reason")[0].get_text()
    elsewhere = client.post("/disputes/new", data=data, environ_overrides={"REMOTE_ADDR": "192.0.2.9"})
    assert elsewhere.status_code == 303


def test_moderation_references_cannot_be_tried_out(client: Client) -> None:
    for _ in range(20):
        assert client.get("/disputes/state?reference=ABCD-EFGH-JKMN", headers=HTML).status_code == 404
    check_error(client.get("/disputes/state?reference=ABCD-EFGH-JKMN"), 429, "too-many-disputes")


def test_moderation_dispute_tells_nobody_which_posts_are_here(client: Client, parts: Parts) -> None:
    with parts.store.engine.begin() as connection:
        put_post(connection, 7, url="https://forum.example/t/7")
    for path in ("t/7", "t/8"):
        page = client.get(f"/disputes/state?reference={file(client, url=f'https://forum.example/{path}')}&filed=1")
        assert "t/" not in soup(page).select_one("main").get_text()  # type: ignore[union-attr]
    with parts.store.engine.connect() as connection:
        assert connection.execute(sa.select(DISPUTES.c.post).order_by(DISPUTES.c.id)).scalars().all() == [7, None]


def dispute(**more: Any) -> NewDispute:
    known: dict[str, Any] = {"kind": "appeal", "by": "author", "reason": REASON, "request_id": str(uuid4())}
    return NewDispute(**{**known, "source": "forum", "post_id": "p3", **more})


def test_moderation_appeal_is_linked_to_the_decision_that_stands(parts: Parts) -> None:
    engine = parts.store.engine
    with engine.begin() as connection:
        put_post(connection, 3, version=2, state="decided", outcome="upheld")
        standing = put_decision(connection, 3, "upheld")
        put_undo(connection, 3, put_decision(connection, 3, "dismissed", who="bo"), who="bo")
    file_dispute(engine, dispute(), at=NOON)
    with engine.connect() as connection:
        (kept,) = disputes_of_post(connection, 3)
    assert (kept.decision, kept.version, kept.filed_at) == (standing, 2, NOON)


def test_moderation_dispute_of_a_deleted_post_is_about_none(parts: Parts) -> None:
    with parts.store.engine.begin() as connection:
        put_post(connection, 3, deleted_at=NOON)
    file_dispute(parts.store.engine, dispute(), at=NOON)
    with parts.store.engine.connect() as connection:
        assert connection.execute(sa.select(DISPUTES.c.post)).scalar_one() is None


def test_moderation_dispute_is_answered_by_exactly_one(parts: Parts) -> None:
    engine = parts.store.engine
    file_dispute(engine, dispute(), at=NOON)

    def try_it(number: int) -> str:
        try:
            answer_dispute(engine, 1, Answer("rejected", "as-described", f"No {number}."), who=f"m{number}", at=NOON)
        except ApiError as error:
            return error.code
        return "answered"

    with ThreadPoolExecutor(8) as pool:
        results = sorted(pool.map(try_it, range(16)))
    assert results == ["answered", *["dispute-answered"] * 15]


def test_moderation_answer_sent_twice_is_one_and_another_is_refused(client: Client, signed_in: Client) -> None:
    file(client)
    data = answer_form(signed_in, 1)
    for _ in range(2):
        assert signed_in.post("/queue/disputes/1/answer", data=data).status_code == 303
    other = signed_in.post("/queue/disputes/1/answer", data={**data, "outcome": "rejected"})
    check_error(other, 409, "dispute-answered")


def test_moderation_answer_is_asked_for_whole(client: Client, signed_in: Client) -> None:
    file(client)
    for name in ("outcome", "ground", "words"):
        page = signed_in.post("/queue/disputes/1/answer", data={**answer_form(signed_in, 1), name: ""})
        assert page.status_code == 422
        assert soup(page).select("[role=alert]")
    check_error(signed_in.post("/queue/disputes/1/answer", data={"outcome": "upheld"}), 403, "no-csrf-token")
    for path in ("99", "x", "9" * 30, "²"):
        check_error(signed_in.get(f"/queue/disputes/{path}"), 404, "unknown-dispute")


def test_moderation_own_decision_is_pointed_out(signed_in: Client, parts: Parts) -> None:
    with parts.store.engine.begin() as connection:
        put_post(connection, 3)
        put_decision(connection, 3, "upheld", who="owner")
    file_dispute(parts.store.engine, dispute(), at=NOON)
    page = soup(signed_in.get("/queue/disputes/1"))
    assert "You made this decision yourself" in page.get_text()
    assert page.select('a[href="/queue/3"]')


def test_moderation_words_of_an_answered_dispute_are_erased(client: Client, signed_in: Client, parts: Parts) -> None:
    file(client)
    data = answer_form(signed_in, 1)
    check_error(signed_in.post("/queue/disputes/1/erase", data=data), 404, "unknown-dispute")  # not answered yet
    signed_in.post("/queue/disputes/1/answer", data=data)
    assert signed_in.post("/queue/disputes/1/erase", data=data).status_code == 303
    with parts.store.engine.connect() as connection:
        row = connection.execute(sa.select(DISPUTES)).one()
    assert (row.quote, row.reason, row.contact, row.url, row.answer) == (None, "", None, None, None)
    assert "Scare" in client.get("/disputes/log").get_data(as_text=True)
    assert signed_in.get("/queue/disputes/1").status_code == 200


def test_moderation_log_comes_in_pages(client: Client, parts: Parts) -> None:
    for number in range(1, 53):
        file_dispute(parts.store.engine, dispute(), at=NOON)
        said = Answer("upheld", "denied", "Yes.")
        answer_dispute(parts.store.engine, number, said, who="anne", at=NOON)
    first = soup(client.get("/disputes/log"))
    assert len(first.select("tbody tr")) == 50
    (older,) = first.select(".pager a")
    assert len(soup(client.get(str(older["href"]))).select("tbody tr")) == 2
    assert client.get("/disputes/log?before=x").status_code == 200


def test_moderation_disputes_sent_twice_at_once_are_one(parts: Parts) -> None:
    new = NewDispute(
        kind="dispute",
        by="reader",
        url="https://forum.example/t/1",
        reason="It is said of another.",
        request_id="a" * 32,
    )
    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(lambda _: file_dispute(parts.store.engine, new, at=NOON), range(6)))
    assert len(set(found)) == 1


def test_moderation_disputes_stand_on_the_page_of_their_post(client: Client, signed_in: Client, parts: Parts) -> None:
    number = put(parts.store.engine, "It is a miracle for all.", url="https://forum.example/t/1")
    assert "Disputes and appeals" not in signed_in.get(f"/queue/{number}").get_data(as_text=True)
    file(client)
    section = soup(signed_in.get(f"/queue/{number}")).select_one("section[aria-labelledby=appeals]")
    assert section is not None
    assert "Objection to a flag" in section.get_text()
    assert section.select("a[href='/queue/disputes/1']")
