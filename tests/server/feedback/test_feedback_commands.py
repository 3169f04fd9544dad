"""``pinch feedback``: list, export, delete."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from server.cli import main
from server.settings import Settings
from server.store import Store, open_store
from tests.server.feedback.conftest import BODY, feedback, uuid


@pytest.fixture
def store(settings: Settings) -> Store:
    return open_store(settings)


@pytest.fixture
def filled(store: Store) -> Store:
    client_id = store.clients.issue("Firefox on Linux").client.id
    for number in range(3):
        store.feedback.add(feedback(number), client_id=client_id)
    return store


def run(*arguments: str, answer: str | None = None) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, ("feedback", *arguments), input=answer)
    return result.exit_code, result.stdout, result.stderr


def test_feedback_list_is_for_people_and_programs(filled: Store) -> None:
    code, out, _ = run("list")
    assert code == 0
    for words in (uuid(0), "wrong", "miracle", "beetroot", "Firefox on Linux"):
        assert words in out
    told = json.loads(run("list", "--json")[1])["feedback"]
    assert [one["id"] for one in told] == [uuid(2), uuid(1), uuid(0)]
    assert told[0]["text"] == BODY["text"]


def test_empty_feedback_list_says_so(store: Store) -> None:
    assert "no feedback here yet" in run("list")[1]
    assert json.loads(run("list", "--json")[1]) == {"feedback": []}


def test_feedback_cannot_command_the_terminal(store: Store) -> None:
    text = "[red]bold[/red] \x1b[2J\x07 \u202egnp.exe " + "long " * 300
    store.feedback.add(feedback(1, text=text), client_id=store.clients.issue("x").client.id)
    out = run("list")[1]
    assert "[red]bold[/red]" in out
    assert not set("\x1b\x07\u202e") & set(out)
    assert len(out) < 2000


@pytest.mark.parametrize(("arguments", "begins"), [((), '{"page": "feedback-'), (("--format", "csv"), '\ufeff"id"')])
def test_feedback_is_exported_for_its_owner_alone(
    filled: Store, tmp_path: Path, arguments: tuple[str, ...], begins: str
) -> None:
    file = tmp_path / "out"
    code, out, _ = run("export", str(file), *arguments)
    assert (code, out) == (0, "")
    assert file.read_text("utf-8").startswith(begins)
    assert file.stat().st_mode & 0o077 == 0
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".pinch")] == []


def test_feedback_is_exported_to_standard_output(filled: Store) -> None:
    lines = run("export", "-", "--format", "jsonl")[1].splitlines()
    assert [json.loads(line)["id"] for line in lines] == [uuid(2), uuid(1), uuid(0)]


def test_feedback_export_says_what_is_wrong(filled: Store, tmp_path: Path) -> None:
    code, _, err = run("export", str(tmp_path / "none" / "out"))
    assert code == 2
    assert "cannot be written" in err
    assert run("export", str(tmp_path / "out"), "--format", "xml")[0] == 2


def test_feedback_is_deleted_after_a_yes(filled: Store) -> None:
    assert run("delete", uuid(1), answer="n\n")[0] == 1
    assert filled.feedback.count() == 3
    assert run("delete", uuid(1), answer="y\n")[0] == 0
    assert run("delete", uuid(2).upper(), "--yes")[0] == 0
    assert [kept.feedback.id for kept in filled.feedback.all()] == [uuid(0)]


def test_all_feedback_is_deleted_after_a_yes(filled: Store) -> None:
    code, out, _ = run("delete", "--all", answer="n\n")
    assert code == 1
    assert "(3)" in out
    assert filled.feedback.count() == 3
    assert run("delete", "--all", "--yes") == (0, "Erased: 3.\n", "")
    assert filled.feedback.count() == 0


@pytest.mark.parametrize("arguments", [(), (uuid(1), "--all"), ("no-such-id", "--yes")])
def test_feedback_delete_wants_to_know_what(filled: Store, arguments: tuple[Any, ...]) -> None:
    code, _, err = run("delete", *arguments)
    assert code == 2
    assert "pinch feedback list" in err
    assert filled.feedback.count() == 3
