"""The page at ``/feedback``: what it lists, exports and deletes, and that words stay words."""

from __future__ import annotations

import json
from typing import Any

import pytest
from bs4 import BeautifulSoup

from server.parts import Parts
from server.store import Store
from tests.server.conftest import Client
from tests.server.feedback.conftest import feedback, uuid
from tests.server.test_bad_input import MARK, check_error

FORGED = "<script>alert(1)</script><b>bold</b>"


@pytest.fixture
def filled(parts: Parts) -> Store:
    client_id = parts.store.clients.issue("Kitchen laptop").client.id
    for number in range(4):
        verdict = ("wrong", "right", "missing", "wrong")[number]
        flag = ("miracle", "scare", "scare", "scare")[number]
        text = f"Plum number {number}. {FORGED}"
        parts.store.feedback.add(feedback(number, verdict=verdict, flag=flag, text=text), client_id=client_id)
    return parts.store


def page(signed_in: Client, path: str = "/feedback") -> BeautifulSoup:
    answer = signed_in.get(path)
    assert answer.status_code == 200
    return BeautifulSoup(answer.get_data(as_text=True), "lxml")


def plums(found: BeautifulSoup) -> list[str]:
    return [quote.get_text().split(".")[0][-1] for quote in found.select(".feedback .quote")]


def test_home_leads_to_the_feedback(signed_in: Client, parts: Parts) -> None:
    home = page(signed_in, "/")
    assert home.select_one('a[href="/feedback"]')
    assert "none yet" in home.get_text()
    parts.store.feedback.add(feedback(1), client_id=parts.store.clients.issue("x").client.id)
    assert "1 piece" in page(signed_in, "/").get_text()


def test_feedback_page_is_for_the_owner(client: Client, filled: Store) -> None:
    for path in ("/feedback", "/feedback/export/csv"):
        check_error(client.get(path), 401, "not-signed-in")


def test_feedback_page_lists_what_was_said_as_words(signed_in: Client, filled: Store) -> None:
    found = page(signed_in)
    assert plums(found) == ["3", "2", "1", "0"]
    first = found.select(".said")[0]
    text = first.get_text()
    for words in (FORGED, "Scare", "Wrongly marked", "Kitchen laptop", "94 % confidence", "allotment.example", "Note:"):
        assert words in text
    assert not first.find(["script", "b", "a"])


def test_empty_feedback_page_tells_where_it_comes_from(signed_in: Client) -> None:
    found = page(signed_in)
    assert "There is none yet" in found.get_text()
    assert not found.find("form")
    assert not found.select("a[download]")


def test_feedback_page_is_filtered(signed_in: Client, filled: Store) -> None:
    assert plums(page(signed_in, "/feedback?verdict=&flag=")) == ["3", "2", "1", "0"]
    assert plums(page(signed_in, "/feedback?verdict=wrong")) == ["3", "0"]
    found = page(signed_in, "/feedback?verdict=wrong&flag=scare")
    assert plums(found) == ["3"]
    assert [option["value"] for option in found.select("option[selected]")] == ["wrong", "scare"]
    assert "No feedback of this kind" in page(signed_in, "/feedback?flag=anecdote").get_text()
    answer = signed_in.get(f"/feedback?flag={MARK}", headers={"Accept": "text/html"})
    assert answer.status_code == 422
    assert MARK not in answer.get_data(as_text=True)


def test_long_feedback_comes_in_pages(signed_in: Client, parts: Parts) -> None:
    client_id = parts.store.clients.issue("x").client.id
    for number in range(51):
        parts.store.feedback.add(feedback(number), client_id=client_id)
    first = page(signed_in)
    assert len(first.select(".said")) == 50
    (older,) = first.select(".pager a")
    second = page(signed_in, str(older["href"]))
    assert len(second.select(".said")) == 1
    assert [link.get_text() for link in second.select(".pager a")] == ["Newest"]
    assert "Nothing is older" in page(signed_in, "/feedback?before=1").get_text()


def test_one_piece_of_feedback_is_deleted(signed_in: Client, csrf: str, filled: Store) -> None:
    form = page(signed_in, "/feedback?verdict=wrong").select_one(".said form")
    assert form is not None
    data = {str(field["name"]): str(field["value"]) for field in form.select("input")}
    answer = signed_in.post(str(form["action"]), data=data)
    assert answer.status_code == 303
    assert "verdict=wrong" in answer.headers["Location"]
    after = page(signed_in, answer.headers["Location"])
    assert plums(after) == ["0"]
    assert "Deleted." in after.get_text()
    again = signed_in.post(str(form["action"]), data=data)
    check_error(again, 404, "unknown-feedback")


def delete_all_form(found: BeautifulSoup) -> tuple[str, dict[str, str]]:
    (form,) = found.select("details form")
    return str(form["action"]), {str(field["name"]): str(field["value"]) for field in form.select("input")}


def test_all_feedback_shown_is_deleted_but_nothing_newer(signed_in: Client, filled: Store) -> None:
    action, data = delete_all_form(page(signed_in, "/feedback?flag=scare"))
    filled.feedback.add(feedback(9, flag="scare"), client_id=filled.clients.find("Kitchen laptop")[0].id)
    assert signed_in.post(action, data=data).status_code == 303
    assert [kept.feedback.id for kept in filled.feedback.all()] == [uuid(9), uuid(0)]
    action, data = delete_all_form(page(signed_in))
    assert signed_in.post(action, data=data).headers["Location"] == "/feedback?deleted=1"
    assert filled.feedback.count() == 0


def test_forms_of_feedback_want_their_token(signed_in: Client, csrf: str, filled: Store) -> None:
    for path in ("/feedback/delete", f"/feedback/{uuid(1)}/delete"):
        check_error(signed_in.post(path, data={"before": "99"}), 403, "no-csrf-token")
    check_error(signed_in.post("/feedback/delete", data={"csrf_token": csrf}), 422, "bad-request")
    assert filled.feedback.count() == 4


@pytest.mark.parametrize(("form", "lines"), [("labels", 3), ("jsonl", 3), ("csv", 4)])
def test_feedback_is_exported_as_it_is_filtered(signed_in: Client, filled: Store, form: str, lines: int) -> None:
    links: list[Any] = page(signed_in, "/feedback?flag=scare").select("a[download]")
    (address,) = [str(link["href"]) for link in links if f"/{form}?" in str(link["href"])]
    answer = signed_in.get(address)
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=feedback")
    assert answer.headers["Cache-Control"] == "no-store"
    text = answer.get_data(as_text=True)
    assert text.count("\n") == lines
    assert "Plum number 0" not in text
    if form == "jsonl":
        assert json.loads(text.splitlines()[0])["text"].endswith(FORGED)


def test_unknown_forms_of_export_are_refused(signed_in: Client) -> None:
    check_error(signed_in.get(f"/feedback/export/{MARK}"), 404, "unknown-format")
