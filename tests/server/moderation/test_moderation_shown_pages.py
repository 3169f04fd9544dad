"""What moderators' pages show to whom: no button that could only be refused, and nothing untrue about themselves."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from server.moderation.claims import Claims
from server.moderation.deciding import Decider
from server.moderation.decisions import NewDecision
from server.moderation.dispute_answering import Answer, answer_dispute
from server.moderation.disputes import NewDispute, file_dispute
from server.moderation.notes import add_note
from server.moderation.refusals import Seen
from server.moderation.roles import ROLES, Role
from server.parts import Parts
from server.store.times import now
from server.web.ago import ago
from tests.server.conftest import Client
from tests.server.moderation.accounts import add_person, browser_of
from tests.server.moderation.filled import put
from tests.server.moderation.pressing import page

NOT_KEPT = "What you check is read on this machine and not kept."
PAGES = (
    "/queue", "/queue?done=1", "/queue?state=decided", "/queue/1", "/queue/2", "/replies", "/queue/disputes",
    "/queue/disputes/1", "/queue/disputes/2", "/overview",
)  # fmt: skip
BY_MODERATORS = {
    "queue_pages.open_next", "bulk_pages.preview", "decision_pages.decide", "decision_pages.reopen",
    "post_pages.claim", "notes.add", "dispute_answers.answer",
}  # fmt: skip
BY_LEADS = {
    "decision_pages.undo", "replies.add", "replies.change", "replies.retire", "dispute_answers.erase",
}  # fmt: skip
SHOWN: dict[Role, set[str]] = {
    "viewer": set(),
    "moderator": BY_MODERATORS,
    "lead": BY_MODERATORS | BY_LEADS,
    "admin": BY_MODERATORS | BY_LEADS,
}


def fill(engine: sa.Engine, who: str) -> None:
    """Post 1 waits, post 2 is decided by ``who``; dispute 1 waits, dispute 2 is answered."""
    put(engine)
    decision = NewDecision(number=put(engine), seen=Seen(1, 1), outcome="upheld", request_id="r" * 8)
    Decider(engine, who, is_lead=False).decide(decision)
    for place in ("one", "two"):
        new = NewDispute(kind="dispute", by="reader", reason="It is irony.", request_id=place, url="https://f.example")
        file_dispute(engine, new, at=now())
    answer_dispute(engine, 2, Answer("upheld", "context", "You are right."), who=who, at=now())


def offered(app: Flask, client: Client, *paths: str) -> set[str]:
    """The routes that the forms and buttons of these pages lead to."""
    routes, found = app.url_map.bind("127.0.0.1"), set()
    for path in paths:
        shown = page(client, path)
        for form in shown.select("form[method=post]"):
            found.add(str(form["action"]))
        for button in shown.select("[formaction]"):
            found.add(str(button["formaction"]))
        assert not shown.select("[name=post]") or shown.select(".bulk")
    return {routes.match(address.split("?")[0], "POST")[0] for address in found}


@pytest.fixture
def clients(app: Flask, parts: Parts) -> dict[Role, Client]:
    """A browser for each role."""
    return {role: browser_of(app, add_person(parts.accounts, f"The {role}", role)) for role in ROLES}


@pytest.mark.parametrize("role", ROLES)
def test_buttons_are_shown_to_those_who_may_press_them(
    app: Flask, engine: sa.Engine, clients: dict[Role, Client], role: Role
) -> None:
    fill(engine, "bob")
    assert offered(app, clients[role], *PAGES) == SHOWN[role]


def test_whoever_became_a_viewer_can_take_nothing_back(
    app: Flask, engine: sa.Engine, clients: dict[Role, Client]
) -> None:
    for role, shown in (
        ("moderator", {"decision_pages.undo", "post_pages.release", "notes.delete"}),
        ("viewer", set()),
    ):
        who = f"The {role}"
        waits, decided = put(engine), put(engine)
        Claims(engine, 10).take(waits, who)
        add_note(engine, post=waits, text="Mine.", who=who, request_id=who.replace(" ", "-"))
        decision = NewDecision(number=decided, seen=Seen(1, 1), outcome="upheld", request_id=f"{role}.1")
        taken = Decider(engine, who, is_lead=False).decide(decision)
        paths = (f"/queue/{waits}", f"/queue/{decided}", f"/queue?done={taken.id}")
        assert shown <= offered(app, clients[role], *paths)
        assert role == "moderator" or not offered(app, clients[role], *paths)


def test_viewers_read_what_they_cannot_change(engine: sa.Engine, clients: dict[Role, Client]) -> None:
    fill(engine, "bob")
    viewer = clients["viewer"]
    assert "Sources:" in page(viewer, "/replies").get_text()
    assert page(viewer, "/queue/1").select(".finding")
    assert "Not answered yet" in page(viewer, "/queue/disputes/1").get_text()
    assert len(page(viewer).select(".line")) == 1


@pytest.mark.parametrize(
    "path", ["/queue", "/queue/1", "/queue/disputes", "/queue/disputes/1", "/replies", "/overview", "/people",
             "/audit", "/account", "/feedback"]
)  # fmt: skip
def test_pages_of_what_is_kept_do_not_say_that_nothing_is(signed_in: Client, engine: sa.Engine, path: str) -> None:
    fill(engine, "bob")
    said = " ".join(page(signed_in, path).select_one("footer").get_text().split())  # type: ignore[union-attr]
    assert said.endswith("it is no medical advice.")


def test_the_page_that_keeps_nothing_says_so(signed_in: Client) -> None:
    assert NOT_KEPT in page(signed_in, "/").get_text()


@pytest.mark.parametrize(
    ("past", "told"), [({"seconds": 5}, "just now"), ({"minutes": 12}, "12 min ago"), ({"hours": 47}, "47 h ago"),
                       ({"hours": 49}, "2 d ago"), ({"days": 59}, "59 d ago")]
)  # fmt: skip
def test_how_long_ago(past: dict[str, int], told: str) -> None:
    moment = now() - timedelta(**past)
    assert (ago(moment, " ago"), ago(moment)) == (told, told.removesuffix(" ago"))


def test_a_decision_long_past_has_its_date(signed_in: Client, engine: sa.Engine) -> None:
    number, moment = put(engine), now() - timedelta(days=90)
    old = Decider(engine, "bob", is_lead=False, now=lambda: moment)
    old.decide(NewDecision(number=number, seen=Seen(1, 1), outcome="upheld", request_id="r" * 8))
    (row,) = page(signed_in, f"/queue/{number}").select(".history li")
    told = " ".join(row.get_text(" ").split())
    assert told.startswith(f"Upheld by bob , {moment.day} {moment:%b %Y} version 1")
