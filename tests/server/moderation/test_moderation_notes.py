"""Notes between moderators: kept once, deleted by their writer alone, gone with the post."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask

from server.moderation.notes import LONGEST, add_note, delete_note, notes_of
from server.moderation.tables import AUDIT, POST_NOTES
from server.parts import Parts
from server.settings import Settings
from server.store import open_store
from tests.server.conftest import Client
from tests.server.moderation.filling import delete, put
from tests.server.moderation.stage import staged_app
from tests.server.test_bad_input import MARK, check_error

WORDS = "She sells the powder herself; see her profile."


@pytest.fixture
def engine(both_settings: Settings) -> sa.Engine:
    return open_store(both_settings).engine


@pytest.fixture
def app(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Flask:
    return staged_app(settings, monkeypatch)


def told(engine: sa.Engine, post: int) -> list[tuple[str, str]]:
    with engine.connect() as connection:
        return [(note.who, note.text) for note in notes_of(connection, post)]


def test_note_is_kept_once_and_told_in_the_audit_log_without_words(engine: sa.Engine) -> None:
    post = put(engine, "A miracle.")
    assert add_note(engine, post=post, text=WORDS, who="maud", request_id="a" * 8) == "added"
    assert add_note(engine, post=post, text=WORDS, who="maud", request_id="a" * 8) == "known"
    add_note(engine, post=post, text="Seen.", who="ife", request_id="b" * 8)
    assert told(engine, post) == [("maud", WORDS), ("ife", "Seen.")]
    with engine.connect() as connection:
        log = connection.execute(sa.select(AUDIT).order_by(AUDIT.c.id)).all()
    assert [(row.actor, row.action, row.subject) for row in log] == [
        ("maud", "add-note", f"post {post}"),
        ("ife", "add-note", f"post {post}"),
    ]
    assert WORDS not in str(log)


def test_only_the_writer_deletes_a_note_and_its_words_go(engine: sa.Engine) -> None:
    post, other = put(engine, "A miracle."), put(engine, "Another.")
    add_note(engine, post=post, text=WORDS, who="maud", request_id="a" * 8)
    with engine.connect() as connection:
        note = notes_of(connection, post)[0].id
    assert not delete_note(engine, post=post, note=note, who="ife")
    assert not delete_note(engine, post=other, note=note, who="maud")
    assert told(engine, post) == [("maud", WORDS)]
    assert delete_note(engine, post=post, note=note, who="maud")
    assert not delete_note(engine, post=post, note=note, who="maud")
    assert told(engine, post) == []
    with engine.connect() as connection:
        assert connection.execute(sa.select(POST_NOTES.c.text)).scalars().all() == [""]


def test_deleted_and_unknown_posts_take_no_note(engine: sa.Engine) -> None:
    post = put(engine, "A miracle.")
    delete(engine, post)
    for number in (post, post + 1):
        assert add_note(engine, post=number, text=WORDS, who="maud", request_id="a" * 8) == "no-post"
    assert told(engine, post) == []


def test_notes_by_the_page(parts: Parts, signed_in: Client, csrf: str) -> None:
    post = put(parts.store.engine, "A miracle.")
    form = {"csrf_token": csrf, "text": f"  {WORDS}\r\n<b>{MARK}</b> ", "request_id": "c" * 32}
    answer = signed_in.post(f"/queue/{post}/notes", data=form)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/queue/{post}#notes")
    signed_in.post(f"/queue/{post}/notes", data=form)
    assert told(parts.store.engine, post) == [("owner", f"{WORDS}\n<b>{MARK}</b>")]
    page = signed_in.get(f"/stage/{post}").get_data(as_text=True)
    assert "&lt;b&gt;" in page
    address = page.split(f'action="/queue/{post}/notes/')[1].split('"')[0]
    assert signed_in.post(f"/queue/{post}/notes/{address}", data={"csrf_token": csrf}).status_code == 303
    assert told(parts.store.engine, post) == []
    check_error(signed_in.post(f"/queue/{post}/notes/{address}", data={"csrf_token": csrf}), 404, "unknown-note")


@pytest.mark.parametrize(
    ("changed", "status", "code"),
    [
        ({"text": " \n "}, 422, "bad-note"),
        ({"text": MARK * LONGEST}, 422, "bad-note"),
        ({"request_id": ""}, 422, "bad-request"),
        ({"request_id": f"{MARK} {MARK}"}, 422, "bad-request"),
        ({"csrf_token": ""}, 403, "no-csrf-token"),
    ],
)
def test_bad_notes_are_refused(
    parts: Parts, signed_in: Client, csrf: str, changed: dict[str, str], status: int, code: str
) -> None:
    post = put(parts.store.engine, "A miracle.")
    form = {"csrf_token": csrf, "text": WORDS, "request_id": "c" * 32, **changed}
    answer = signed_in.post(f"/queue/{post}/notes", data=form)
    check_error(answer, status, code)
    assert told(parts.store.engine, post) == []


@pytest.mark.parametrize("number", [0, 77, 2**31, 10**30])
def test_notes_of_no_post(signed_in: Client, csrf: str, number: int) -> None:
    form = {"csrf_token": csrf, "text": WORDS, "request_id": "c" * 32}
    check_error(signed_in.post(f"/queue/{number}/notes", data=form), 404, "unknown-post")
    check_error(signed_in.post(f"/queue/{number}/notes/{number}/delete", data=form), 404, "unknown-note")


def test_notes_are_for_those_who_are_signed_in(client: Client) -> None:
    check_error(client.post("/queue/1/notes", data={"text": WORDS}), 401, "not-signed-in")
