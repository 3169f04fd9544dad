"""The audit log: what is kept, what never is, and how it is read, on both databases."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask

from server.cli import main
from server.moderation.actor import Actor, acting, actor, is_lead
from server.moderation.audit import AuditChoice, AuditEntry, AuditLog, audit
from server.moderation.audit_export import AUDIT_FORMATS
from server.parts import Parts
from server.security.visitor import Visitor
from server.settings import Settings
from server.store import Store, open_store
from tests.server.conftest import Client
from tests.server.moderation.accounts import add_person, browser_of


@pytest.fixture
def store(both_settings: Settings) -> Store:
    return open_store(both_settings)


def fill(store: Store, count: int = 3) -> None:
    with store.engine.begin() as connection:
        for number in range(count):
            audit(connection, f"Anna {number % 2}", "decide", f"post {number}", {"revision": number})


def subjects(store: Store, choice: AuditChoice, limit: int = 100) -> list[str]:
    return [entry.subject for entry in AuditLog(store.engine).page(choice, limit=limit)]


def test_newest_first_and_filtered(store: Store) -> None:
    fill(store, 13)
    assert subjects(store, AuditChoice(), 2) == ["post 12", "post 11"]
    assert subjects(store, AuditChoice(subject="post 1")) == ["post 1"]
    assert len(subjects(store, AuditChoice(subject="post"))) == 13
    assert subjects(store, AuditChoice(subject="pos")) == subjects(store, AuditChoice(subject="%")) == []
    assert len(subjects(store, AuditChoice(actor="Anna 1", action="decide"))) == 6
    assert subjects(store, AuditChoice(action="undo")) == []
    log = AuditLog(store.engine)
    oldest = log.page(AuditChoice(), limit=100)[-1].id
    assert subjects(store, AuditChoice(before=oldest + 2)) == ["post 1", "post 0"]
    assert (log.actors(), log.actions()) == (["Anna 0", "Anna 1"], ["decide"])
    assert len(list(log.all(AuditChoice()))) == 13


def test_words_are_left_out_and_odd_values_kept_from_failing(store: Store) -> None:
    words = {
        "note": "my daughter takes lithium",
        "flag": "false-safety",
        "n": 3,
        "x": None,
        "y": 0.5,
        "e": "",
        "l": "a" * 500,
    }
    with store.engine.begin() as connection:
        audit(connection, "a\0" * 80, "b" * 99, "post \0" + "c" * 999, words)
    entry = AuditLog(store.engine).page(AuditChoice(), limit=1)[0]
    left_out = {"note": "left-out:25-characters", "l": "left-out:500-characters"}
    assert entry.detail == {**words, **left_out}
    assert (len(entry.actor), len(entry.action), len(entry.subject)) == (80, 40, 300)


def test_a_deed_that_is_undone_leaves_no_line(store: Store) -> None:
    connection = store.engine.connect()
    with connection, connection.begin() as transaction:
        audit(connection, "a", "b", "c")
        transaction.rollback()
    assert subjects(store, AuditChoice()) == []


def test_exports_are_whole_and_no_formula(store: Store) -> None:
    with store.engine.begin() as connection:
        audit(connection, "=1+1", "decide", "post 1", {"revision": 1})
    entries = list(AuditLog(store.engine).all(AuditChoice()))
    (line,) = AUDIT_FORMATS["jsonl"].lines(entries)
    read = json.loads(line)
    assert AuditEntry(**{**read, "at": entries[0].at}) == entries[0]
    assert read["at"] == entries[0].at.isoformat()
    rows = list(csv.reader(io.StringIO("".join(AUDIT_FORMATS["csv"].lines(entries)).removeprefix("\ufeff"))))
    assert rows[1][2:] == ["'=1+1", "decide", "post 1", '{"revision": 1}']


def test_page_for_leads(app: Flask, parts: Parts) -> None:
    lead = browser_of(app, add_person(parts.accounts, "Lea", "lead"))
    fill(parts.store, 60)
    page = lead.get("/audit").get_data(as_text=True)
    assert "post 59" in page
    assert "revision 59" in page
    assert ">post 9<" not in page
    older = page.split('href="/audit?before=')[1].split('"')[0]
    assert ">post 9<" in lead.get(f"/audit?before={older}").get_data(as_text=True)
    assert ">post 58<" not in lead.get("/audit?actor=Anna+1").get_data(as_text=True)
    assert "No entries of this kind" in lead.get("/audit?subject=%00x%25").get_data(as_text=True)
    assert "Nothing is older" in lead.get("/audit?before=1").get_data(as_text=True)
    for before in ("x", "-1", "9" * 50, "１"):
        assert lead.get(f"/audit?before={before}").status_code == 422
    lines = lead.get("/audit/export/jsonl?subject=post").get_data(as_text=True).splitlines()
    assert [json.loads(line)["subject"] for line in lines][:2] == ["post 59", "post 58"]
    assert lead.get("/audit/export/csv").headers["Content-Disposition"] == "attachment; filename=audit.csv"
    assert lead.get("/audit/export/exe").status_code == 404
    assert AuditLog(parts.store.engine).page(AuditChoice(), limit=1)[0].action == "export-audit"


def test_who_acts(app: Flask, parts: Parts, client: Client) -> None:
    said: list[tuple[Actor, str, bool]] = []

    def view() -> str:
        said.append((acting(), actor(), is_lead()))
        return ""

    for endpoint in ("reference.flags", "flags.all"):
        app.view_functions[endpoint] = view
    token = parts.store.clients.issue("b" * 80).token
    browser_of(app, add_person(parts.accounts, "Lea", "lead")).get("/flags")
    browser_of(app, add_person(parts.accounts)).get("/flags")
    client.get("/flags")
    client.get("/v1/flags", headers={"Authorization": f"Bearer {token}"})
    client.get(f"/?code={parts.store.codes.make()}")
    client.get("/flags")
    assert said == [
        (Actor("Lea", "lead"), "Lea", True),
        (Actor("Anna Berg", "moderator"), "Anna Berg", False),
        (Actor("nobody", None), "nobody", False),
        (Actor("token: " + "b" * 73, None), "token: " + "b" * 73, False),
        (Actor("owner", "admin"), "owner", True),
    ]
    assert Visitor(parts.store.clients.issue("x").client, None).role == "admin"


def run(*arguments: str) -> str:
    result = CliRunner().invoke(main, ("audit", *arguments))
    assert result.exit_code == 0, result.stderr
    return result.stdout


def test_commands(settings: Settings, tmp_path: Path) -> None:
    assert "No entries" in run("list")
    fill(open_store(settings))
    assert run("list", "--subject", "post 2").split()[2:] == ["Anna", "0", "decide", "post", "2", "revision=2"]
    assert len(run("list", "--limit", "2").splitlines()) == 2
    assert [entry["subject"] for entry in json.loads(run("list", "--json"))["audit"]] == ["post 2", "post 1", "post 0"]
    file = tmp_path / "audit.jsonl"
    run("export", str(file))
    assert len(file.read_text("utf-8").splitlines()) == 3
    assert file.stat().st_mode & 0o077 == 0
    assert run("export", "-", "--format", "csv").count("\n") == 4
