"""Replies with sources: what is shipped, which are offered, and the page where a team changes them."""

from __future__ import annotations

import re
import threading
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup

from classifier.taxonomy import flag_ids
from server.context import load_cards
from server.context.combinations import combinations
from server.context.crisis_lines import crisis_lines
from server.context.explainers import explainers
from server.context.publishers import PRIMARY, publisher_kind
from server.moderation.macros import (
    Draft,
    MacroSource,
    add_macro,
    all_macros,
    change_macro,
    retire_macro,
    shipped,
)
from server.moderation.replies import SITUATIONS, Replies, replies_for
from server.moderation.subject import find_subject
from server.moderation.tables import AUDIT
from server.parts import Parts
from server.settings import Settings
from server.store import open_store
from tests.server.conftest import Client
from tests.server.moderation.filling import put
from tests.server.test_bad_input import MARK, check_error

MINE = Draft("House rule", "Please read rule four.", (MacroSource("Our rules", "https://garden.example/rules"),))
FORM = {"name": "House rule", "text": "Please read rule four.", "flag": "pressure", "topic": "", "sources": ""}
SOURCE = "Our rules | https://garden.example/rules"
NEVER = re.compile(r"\b(true|false|fake|lie|lies|liar|wrong|misinformation|debunked|nonsense|proven)\b", re.IGNORECASE)


@pytest.fixture
def engine(both_settings: Settings) -> sa.Engine:
    return open_store(both_settings).engine


def known_addresses() -> set[str]:
    sources: list[Any] = [*crisis_lines().lines]
    for owner in (*load_cards().values(), *explainers().values(), *combinations()):
        sources += owner.sources
    return {source.url for source in sources}


def test_every_flag_and_situation_has_one_shipped_reply() -> None:
    assert sorted(draft.flag for draft in shipped() if draft.flag) == sorted(flag_ids())
    assert sorted(draft.topic for draft in shipped() if draft.topic) == sorted(SITUATIONS)


@pytest.mark.parametrize("draft", shipped(), ids=lambda draft: draft.name)
def test_shipped_replies_are_short_and_rest_on_known_official_sources(draft: Draft) -> None:
    assert 1 <= len(draft.sources) <= 2
    assert {source.url for source in draft.sources} <= known_addresses()
    assert any(publisher_kind(source.url) in PRIMARY for source in draft.sources)
    assert all(source.url.startswith("https://") for source in draft.sources)
    assert 25 <= len(draft.text.split()) <= 90
    assert not NEVER.search(draft.text), NEVER.search(draft.text)
    assert draft.to_copy.endswith(draft.sources[-1].url)
    assert draft.text == draft.text.strip()


def test_shipped_replies_come_once_and_do_not_come_back(engine: sa.Engine) -> None:
    first = all_macros(engine)
    assert [macro.draft for macro in first] == sorted(shipped(), key=lambda draft: draft.name)
    for macro in first:
        assert retire_macro(engine, macro.id, who="maud", seen=macro.changed_at) == "saved"
    assert all_macros(engine) == ()


def test_shipped_replies_come_once_though_many_ask_at_once(engine: sa.Engine) -> None:
    threads = [threading.Thread(target=all_macros, args=(engine,)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(all_macros(engine)) == len(shipped())


def test_replies_are_added_changed_and_retired_by_one_at_a_time(engine: sa.Engine) -> None:
    all_macros(engine)
    assert add_macro(engine, MINE, who="maud") == "saved"
    assert add_macro(engine, MINE, who="ife") == "name-taken"
    (kept,) = [macro for macro in all_macros(engine) if macro.draft == MINE]
    other = all_macros(engine)[0]
    assert change_macro(engine, other.id, MINE, who="ife", seen=other.changed_at) == "name-taken"
    changed = Draft("House rule", "Please read rule five.", MINE.sources)
    assert change_macro(engine, kept.id, changed, who="ife", seen=kept.changed_at) == "saved"
    assert change_macro(engine, kept.id, MINE, who="maud", seen=kept.changed_at) == "stale"
    assert retire_macro(engine, kept.id, who="maud", seen=kept.changed_at) == "stale"
    (now,) = [macro for macro in all_macros(engine) if macro.id == kept.id]
    assert (now.draft, now.changed_by) == (changed, "ife")
    assert retire_macro(engine, kept.id, who="maud", seen=now.changed_at) == "saved"
    assert add_macro(engine, MINE, who="maud") == "saved"
    (mine,) = [macro for macro in all_macros(engine) if macro.draft == MINE]
    assert change_macro(engine, mine.id, changed, who="maud", seen=mine.changed_at) == "saved"  # that one is retired
    with engine.connect() as connection:
        log = [(row.actor, row.action) for row in connection.execute(sa.select(AUDIT).order_by(AUDIT.c.id))]
    told = [("maud", "add-reply"), ("ife", "change-reply"), ("maud", "retire-reply"), ("maud", "add-reply")]
    told.append(("maud", "change-reply"))
    assert log == told


def offered(engine: sa.Engine, text: str, cards: tuple[str, ...] = (), **changed: Any) -> Replies:
    number = put(engine, text, **changed)
    with engine.connect() as connection:
        subject = find_subject(connection, number)
    assert subject is not None
    return replies_for(subject, all_macros(engine), [load_cards()[card] for card in cards])


def names(replies: Replies) -> list[str]:
    return [reply.name for reply in replies.fitting]


def test_replies_fit_the_situation_then_the_gravest_flags_then_the_topics(engine: sa.Engine) -> None:
    parts = {"signs": [{"name": "stop-medicine"}, {"name": "scare"}], "topics": ["children", "combination"]}
    text = "So order today. It is perfectly safe. A miracle."
    found = offered(engine, text, ("ketamine",), priority_parts=parts)
    assert names(found) == [
        "Stopping a medicine",
        "Babies and small children",
        "Things that do not go together",
        "Miracle language",
        "Safe for everyone",
        "Sales pressure",
        f"About {load_cards()['ketamine'].title}",
    ]
    assert len(found.others) == len(shipped()) - 6


def test_somebody_in_need_is_offered_help_and_no_lecture(engine: sa.Engine) -> None:
    text = "I want to die. They say it is a miracle."
    found = offered(engine, text, ("ketamine",), priority_parts={"signs": [{"name": "stop-medicine"}]})
    assert names(found) == ["Somebody may be in need"]
    assert "https://findahelpline.com/" in found.fitting[0].text


def test_ordinary_post_is_offered_nothing_first(engine: sa.Engine) -> None:
    found = offered(engine, "I slept well.")
    assert found.fitting == ()
    assert len(found.others) == len(shipped())


def page(signed_in: Client, status: int = 200, **form: str) -> BeautifulSoup:
    answer = signed_in.post("/replies", data=form) if form else signed_in.get("/replies")
    assert answer.status_code == status
    return BeautifulSoup(answer.get_data(as_text=True), "lxml")


def test_page_adds_changes_and_retires(signed_in: Client, csrf: str, parts: Parts) -> None:
    assert len(page(signed_in).select(".reply-edit")) == len(shipped()) + 1
    form = {**FORM, "sources": SOURCE, "csrf_token": csrf}
    assert signed_in.post("/replies", data=form).headers["Location"] == "/replies?done=added"
    (kept,) = [macro for macro in all_macros(parts.store.engine) if macro.draft.name == "House rule"]
    assert kept.draft == Draft(MINE.name, MINE.text, MINE.sources, "pressure", None)
    seen = kept.changed_at.isoformat()
    address = f"/replies/{kept.id}"
    changed = {**form, "text": "Please read rule five.", "seen": seen}
    assert signed_in.post(address, data=changed).status_code == 303
    check_error(signed_in.post(address, data=changed), 409, "stale-view")
    check_error(signed_in.post(f"{address}/retire", data={"csrf_token": csrf, "seen": seen}), 409, "stale-view")
    (now,) = [macro for macro in all_macros(parts.store.engine) if macro.id == kept.id]
    assert (now.draft.text, now.changed_by) == ("Please read rule five.", "owner")
    form = {"csrf_token": csrf, "seen": now.changed_at.isoformat()}
    assert signed_in.post(f"{address}/retire", data=form).status_code == 303
    assert "House rule" not in page(signed_in).get_text()


@pytest.mark.parametrize(
    "changed",
    [
        {"name": ""},
        {"name": f"{MARK}\n{MARK}"},
        {"name": MARK * 20},
        {"text": ""},
        {"text": MARK * 1000},
        {"flag": MARK},
        {"topic": MARK},
        {"sources": ""},
        {"sources": MARK},
        {"sources": f"{MARK} | http://garden.example/"},
        {"sources": f"{MARK} | javascript:alert(1)"},
        {"sources": f"{MARK} | https://"},
        {"sources": f"{MARK} | https://[::1/"},
        {"sources": "| https://garden.example/"},
        {"sources": f"{MARK} | https://good.example@garden.example/"},
        {"sources": "\n".join([SOURCE] * 7)},
    ],
)
def test_bad_reply_is_shown_again_with_what_is_wrong(
    signed_in: Client, csrf: str, parts: Parts, changed: dict[str, str]
) -> None:
    form = {**FORM, "sources": SOURCE, "csrf_token": csrf, **changed}
    found = page(signed_in, 422, **form)
    (problems,) = found.select(".problem")
    assert problems.get_text(strip=True)
    assert MARK not in problems.get_text()
    mine = found.select_one("details[open]")
    assert mine is not None
    assert str(mine.select("textarea")[0].get_text()).strip() == form["text"].strip()
    assert len(all_macros(parts.store.engine)) == len(shipped())


def test_taken_name_is_told(signed_in: Client, csrf: str) -> None:
    found = page(signed_in, 409, **{**FORM, "name": "Overclaim", "sources": SOURCE, "csrf_token": csrf})
    assert "Another reply has this name" in found.get_text()


def test_refused_change_does_not_pass_over_what_another_saved(signed_in: Client, csrf: str, parts: Parts) -> None:
    engine = parts.store.engine
    macro = all_macros(engine)[0]
    seen = macro.changed_at.isoformat()
    change_macro(engine, macro.id, MINE, who="ife", seen=macro.changed_at)
    form = {**FORM, "sources": "", "csrf_token": csrf, "seen": seen}
    answer = signed_in.post(f"/replies/{macro.id}", data=form)
    assert answer.status_code == 422
    found = BeautifulSoup(answer.get_data(as_text=True), "lxml").select_one("details[open] [name=seen]")
    assert found is not None
    assert found["value"] == seen


@pytest.mark.parametrize("seen", ["", MARK, "2026-11-20T08:00:00", "0001-01-01T00:00:00+23:59"])
def test_form_without_what_was_shown_is_refused(signed_in: Client, csrf: str, parts: Parts, seen: str) -> None:
    macro = all_macros(parts.store.engine)[0]
    answer = signed_in.post(f"/replies/{macro.id}/retire", data={"csrf_token": csrf, "seen": seen})
    check_error(answer, 422, "bad-request")


def test_unknown_numbers_are_stale(signed_in: Client, csrf: str, parts: Parts) -> None:
    seen = (all_macros(parts.store.engine)[0].changed_at + timedelta(days=1)).isoformat()
    form = {**FORM, "sources": SOURCE, "csrf_token": csrf, "seen": seen}
    for number in (0, 999, 10**30):
        check_error(signed_in.post(f"/replies/{number}", data=form), 409, "stale-view")
        check_error(signed_in.post(f"/replies/{number}/retire", data=form), 409, "stale-view")


def test_page_shows_words_as_words(signed_in: Client, csrf: str) -> None:
    payload = '"><script>alert(1)</script>'
    form = {**FORM, "name": payload, "text": payload, "sources": f"{payload} | https://garden.example/"}
    assert signed_in.post("/replies", data={**form, "csrf_token": csrf}).status_code == 303
    found = page(signed_in)
    assert [script for script in found.select("script") if "alert" in script.get_text()] == []
    assert found.get_text().count(payload) >= 2


def test_replies_are_for_those_who_are_signed_in(client: Client) -> None:
    check_error(client.get("/replies"), 401, "not-signed-in")
