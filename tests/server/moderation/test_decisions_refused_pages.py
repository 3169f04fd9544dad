"""An address that cannot be read is refused before anything is written: nothing done is answered by an error."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from server.moderation.claims import Claims
from server.moderation.deciding import Decider
from server.moderation.decisions import NewDecision
from server.moderation.refusals import Seen
from tests.server.conftest import Client
from tests.server.moderation.filled import edit, put, row_of
from tests.server.moderation.pressing import HTML, past
from tests.server.test_bad_input import check_error

BATCH = "b" * 16
# By the address, what the form holds beside its token and its id. Post 1 waits and is claimed, post 2 is decided.
FORMS: dict[str, dict[str, str]] = {
    "/queue/next": {},
    "/queue/preview": {"post": "1.1.1", "outcome": "upheld"},
    "/queue/bulk": {"post": "1.1.1", "outcome": "upheld"},
    "/queue/bulk/undo": {"batch": BATCH},
    "/queue/decisions/1/undo": {},
    "/queue/1/decide": {"seen": "1.1", "outcome": "upheld"},
    "/queue/2/reopen": {"seen": "1.2"},
    "/queue/1/claim": {},
    "/queue/1/release": {},
}


@pytest.fixture
def posts(engine: sa.Engine) -> None:
    """A post that waits and that the owner holds, and one that they decided."""
    for expected in (1, 2):
        assert put(engine) == expected
    Claims(engine, 10).take(1, "owner")
    decision = NewDecision(number=2, seen=Seen(1, 1), outcome="upheld", request_id=f"{BATCH}.2")
    assert Decider(engine, "owner", is_lead=True).decide(decision).id == 1


def everything(engine: sa.Engine) -> list[Any]:
    return [(row_of(engine, number), past(engine, number)) for number in (1, 2)]


@pytest.mark.parametrize("path", FORMS)
def test_nothing_is_written_for_an_address_that_cannot_be_read(
    signed_in: Client, engine: sa.Engine, csrf: str, posts: None, path: str
) -> None:
    data = {"csrf_token": csrf, "request_id": "a" * 16, **FORMS[path]}
    before = everything(engine)
    check_error(signed_in.post(f"{path}?state=bogus", data=data), 422, "bad-request")
    assert everything(engine) == before
    answer = signed_in.post(path, data=data)  # it was the address, and nothing else
    assert answer.status_code == (200 if path == "/queue/preview" else 303)


@pytest.mark.parametrize("path", ["/queue/1/decide", "/queue/1/reopen", "/queue/1/claim"])
def test_a_stale_or_held_post_at_an_address_that_cannot_be_read(
    signed_in: Client, engine: sa.Engine, csrf: str, posts: None, path: str
) -> None:
    edit(engine, 1, "New.")
    Claims(engine, 10).release(1, "owner")
    Claims(engine, 10).take(1, "bob")
    before = everything(engine)
    data = {"csrf_token": csrf, "request_id": "a" * 16, "seen": "1.1", "outcome": "upheld"}
    answer = signed_in.post(f"{path}?state=bogus", data=data, headers=HTML)
    assert answer.status_code == 422
    assert "Start from /queue" in answer.get_data(as_text=True)
    assert everything(engine) == before


@pytest.mark.parametrize("batch", ["", f"{BATCH}\0", BATCH * 4])
def test_what_was_never_a_batch_is_not_taken_back(
    signed_in: Client, engine: sa.Engine, csrf: str, posts: None, batch: str
) -> None:
    before = everything(engine)
    data = {"csrf_token": csrf, "request_id": "a" * 16, "batch": batch}
    check_error(signed_in.post("/queue/bulk/undo", data=data), 422, "bad-request")
    assert everything(engine) == before
