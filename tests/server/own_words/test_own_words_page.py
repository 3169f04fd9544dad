"""The page at /phrases: add, take out, put back, each in the name of who did it."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from classifier.errors import InputError
from server.errors import ApiError
from server.moderation.tables import AUDIT
from server.own_words.editing import Editing
from server.own_words.live import LivePhrases
from server.own_words.versions import Versions
from server.own_words.watching import Watcher
from server.parts import Parts
from tests.server.conftest import Client
from tests.server.moderation.accounts import add_person, browser_of, csrf_of
from tests.server.moderation.pressing import HTML, fields, page, soup
from tests.server.own_words.conftest import SALVE, Save

TYPED = {
    "phrase": "zinc spray",
    "flag": "overclaim",
    "reason": "Nothing shows that it works.",
    "hits": "A zinc spray stops colds.\r\nZinc spray helps.",
    "misses": "Do not use zinc spray.",
}


def send(signed_in: Client, action: str, **filled: str) -> object:
    """Fill the form in that leads there, and send it."""
    form = page(signed_in, "/phrases").select_one(f'form[action="{action}"]')
    assert form is not None
    return signed_in.post(action, data={**fields(form), **filled}, headers=HTML)


def test_a_phrase_is_added_with_who_and_when_and_counts_at_once(signed_in: Client, parts: Parts) -> None:
    assert send(signed_in, "/phrases", **TYPED).status_code == 303  # type: ignore[attr-defined]
    (entry,) = parts.phrases.current.entries
    assert (entry.phrase, entry.who, len(entry.hits)) == ("zinc spray", "owner", 2)
    shown = page(signed_in, "/phrases").get_text(" ", strip=True)
    assert "1 phrase" in shown
    assert "Nothing shows that it works." in shown
    with parts.store.engine.connect() as connection:
        kept = connection.execute(sa.select(AUDIT.c.actor, AUDIT.c.action, AUDIT.c.subject)).all()
    assert ("owner", "add-phrase", f"phrases {parts.phrases.current.digest}") in [tuple(row) for row in kept]


@pytest.mark.parametrize(
    ("changed", "told"),
    [({"hits": "Tea."}, "hit 1"), ({"phrase": "(zinc"}, "This is no phrase"), ({"reason": ""}, "Give 'flag'")],
)
def test_what_does_not_hold_is_not_saved_and_what_was_typed_stays(
    signed_in: Client, parts: Parts, changed: dict[str, str], told: str
) -> None:
    answer = soup(send(signed_in, "/phrases", **{**TYPED, **changed}), 422)
    assert told in answer.select_one("#problem").get_text()  # type: ignore[union-attr]
    assert answer.select_one("#phrase")["value"] == {**TYPED, **changed}["phrase"]  # type: ignore[index]
    assert parts.phrases.current.entries == ()


def test_an_entry_is_taken_out_and_an_earlier_version_put_back(
    signed_in: Client, parts: Parts, save: Save, watcher: Watcher
) -> None:
    save(SALVE)
    watcher.step()
    assert send(signed_in, "/phrases/1/remove").status_code == 303  # type: ignore[attr-defined]
    assert parts.phrases.current.entries == ()
    assert send(signed_in, "/phrases/versions/1/restore").status_code == 303  # type: ignore[attr-defined]
    assert parts.phrases.current.text == SALVE
    rows = [row.get_text(" ", strip=True) for row in page(signed_in, "/phrases").select("tbody tr")]
    assert [("owner" in row, "file" in row) for row in rows] == [(True, False), (True, False), (False, True)]


def test_a_form_that_saw_another_list_changes_nothing(signed_in: Client, parts: Parts, save: Save) -> None:
    save(SALVE)
    assert send(signed_in, "/phrases/1/remove", seen="0" * 16).status_code == 409  # type: ignore[attr-defined]
    assert parts.phrases.current.text == SALVE


def test_of_two_leads_who_saw_the_same_list_the_second_changes_nothing(parts: Parts, save: Save) -> None:
    save(SALVE)
    seen, engine = parts.phrases.current.digest, parts.store.engine
    first, is_first_at_it = Editing(engine, parts.phrases, "ann", seen), threading.Event()

    def slowly(text: str) -> str:
        is_first_at_it.set()
        time.sleep(0.3)
        return text + "# Ann was here.\n"

    with ThreadPoolExecutor() as pool:
        ann = pool.submit(first.change, "remove-phrase", slowly)
        assert is_first_at_it.wait(10)
        with pytest.raises(ApiError, match="changed after you opened"):
            Editing(engine, parts.phrases, "bo", seen).change("remove-phrase", lambda text: text + "# Bo was here.\n")
        ann.result()
    assert parts.phrases.current.text == SALVE + "# Ann was here.\n"


def test_a_file_that_cannot_be_written_leaves_nothing_behind(parts: Parts, save: Save, tmp_path: Path) -> None:
    blocked = tmp_path / "no-folder"
    blocked.write_text("", "utf-8")
    live = LivePhrases(blocked / "phrases.toml")
    with pytest.raises(InputError, match="cannot be"):
        Editing(parts.store.engine, live, "ann", "").change("add-phrase", lambda _text: SALVE)
    assert Versions(parts.store.engine).newest() is None


def test_a_fault_is_told_here_and_in_the_overview(signed_in: Client, save: Save) -> None:
    save("format = 2\n")
    for path in ("/phrases", "/overview"):
        assert "not in force" in page(signed_in, path).get_text()


def test_a_moderator_sees_the_list_and_no_form(app: Flask, parts: Parts, save: Save) -> None:
    save(SALVE)
    client = browser_of(app, add_person(parts.accounts, "Mo", "moderator"))
    shown = soup(client.get("/phrases", headers=HTML))
    assert "black salve" in shown.get_text()
    assert not shown.select('form[action^="/phrases"]')
    data = {"csrf_token": csrf_of(client), "seen": parts.phrases.current.digest}
    assert client.post("/phrases/1/remove", data=data, headers=HTML).status_code == 403
