"""Export: JSON Lines are read back to the very same rows, tables run nothing in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
import stat
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from server.cli import main
from server.moderation import export
from server.moderation.export import EXPORT_FORMATS, ExportChoice, post_line, read_line, read_posts
from server.moderation.tables import AUDIT, DECISIONS, POST_FLAGS, POST_NOTES, POST_VERSIONS, POSTS
from server.parts import Parts
from server.settings import Settings
from server.store import Store, open_store
from tests.server.conftest import Client
from tests.server.moderation.placed import NOON, put_decision, put_post, put_undo
from tests.server.test_bad_input import MARK, check_error

TABLES = (POSTS, POST_VERSIONS, POST_FLAGS, DECISIONS, POST_NOTES)
FORMULA = '=HYPERLINK("http://bad.example","x")'


@pytest.fixture
def settings(both_settings: Settings) -> Settings:
    return both_settings


def fill(store: Store) -> None:
    with store.engine.begin() as connection:
        odd = {"author": FORMULA, "text": "One,\n\"two\"\u2028 'three' 🧂", "board": "@home", "outcome": "upheld"}
        put_post(connection, 1, flags=["scare", "miracle"], state="decided", priority=0.1 + 0.2, **odd)
        connection.execute(
            POST_VERSIONS.insert(),
            {"post": 1, "version": 0, "text": "Before.", "format": "markdown", "sent": "*Before.*", "lang": "en",
             "received_at": NOON - timedelta(microseconds=1), "report": {"by_flag": {"scare": 1e-9}}, "model": "old"},
        )  # fmt: skip
        put_undo(connection, 1, put_decision(connection, 1, "dismissed", who="bo"), who="bo")
        corrections = [{"flag": "scare", "start": 3, "end": 9, "verdict": "missing"}]
        put_decision(
            connection,
            1,
            "upheld",
            note="-2+3",
            corrections=corrections,
            verdicts={"scare": "upheld", "miracle": "unsure"},
        )
        note = {"post": 1, "text": "+1 from me", "who": "anne", "at": NOON, "request_id": "n1"}
        connection.execute(POST_NOTES.insert(), note)
        put_post(connection, 2, source="other", age=timedelta(days=3))
        put_post(connection, 5, deleted_at=NOON, text="")


def rows_of(store: Store) -> dict[str, list[tuple[object, ...]]]:
    with store.engine.connect() as connection:
        return {
            table.name: [
                tuple(row) for row in connection.execute(sa.select(table).order_by(*table.primary_key.columns))
            ]
            for table in TABLES
        }


def test_moderation_export_is_read_back_without_loss(
    parts: Parts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "AT_ONCE", 2)  # several batches
    fill(parts.store)
    lines = [post_line(post) for post in read_posts(parts.store.engine, ExportChoice())]
    assert len(lines) == 3
    assert all(line.endswith("\n") and len(line.splitlines()) == 1 for line in lines)
    other = open_store(Settings(data_dir=tmp_path / "other"))
    with other.engine.begin() as connection:
        for line in lines:
            for table, rows in read_line(line).items():
                if rows:
                    connection.execute(table.insert(), rows)
    assert rows_of(other) == rows_of(parts.store)


def test_moderation_export_in_tables_runs_nothing(parts: Parts) -> None:
    fill(parts.store)

    def table(form: str) -> list[dict[str, str]]:
        text = "".join(EXPORT_FORMATS[form].lines(read_posts(parts.store.engine, ExportChoice())))
        return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))

    posts, decisions = table("posts-csv"), table("decisions-csv")
    assert [row["number"] for row in posts] == ["1", "2", "5"]
    assert (posts[0]["author"], posts[0]["board"], posts[0]["decision_note"]) == ("'" + FORMULA, "'@home", "'-2+3")
    assert (posts[0]["flags"], posts[0]["decided_by"], posts[1]["decided_by"]) == ("miracle scare", "anne", "")
    assert [row["kind"] for row in decisions] == ["decide", "undo", "decide"]
    assert decisions[1]["undoes"] == decisions[0]["id"]
    assert decisions[2]["flag_verdicts"] == "scare=upheld miracle=unsure"
    assert decisions[2]["corrections"] == "scare[3:9]=missing"
    assert not [cell for row in (*posts, *decisions) for cell in row.values() if cell[:1] in "=+@\t\r-" and cell]


def test_moderation_export_is_chosen_by_source_and_day(signed_in: Client, parts: Parts) -> None:
    fill(parts.store)

    def numbers(query: str) -> list[int]:
        text = signed_in.get(f"/queue/export/jsonl?{query}").get_data(as_text=True)
        return [json.loads(line)["number"] for line in text.splitlines()]

    assert numbers("") == [1, 2, 5]
    assert numbers("source=other") == [2]
    assert numbers("since=2026-11-18") == [1, 5]
    assert numbers("until=2026-11-17") == [2]
    assert numbers("until=2026-11-16") == []
    assert numbers("since=0001-01-01&until=9999-12-31") == [1, 2, 5]
    assert numbers("source=%00&until=9999-12-30") == []


def test_moderation_export_is_sent_as_it_is_read_and_noted(signed_in: Client, client: Client, parts: Parts) -> None:
    fill(parts.store)
    answer = signed_in.get("/queue/export/posts-csv", buffered=False)
    assert answer.is_streamed
    assert answer.content_length is None
    assert answer.headers["Content-Disposition"] == "attachment; filename=posts.csv"
    assert answer.headers["Cache-Control"] == "no-store"
    with parts.store.engine.connect() as connection:
        (entry,) = connection.execute(sa.select(AUDIT).where(AUDIT.c.action == "export-posts")).all()
    assert (entry.actor, entry.detail) == ("owner", {"format": "posts-csv"})
    check_error(client.get("/queue/export/jsonl"), 401)
    check_error(signed_in.get(f"/queue/export/{MARK}"), 404, "unknown-format")
    check_error(signed_in.get(f"/queue/export/jsonl?since={MARK}"), 422, "bad-request")


def test_moderation_export_by_command(both_settings: Settings, tmp_path: Path) -> None:
    fill(open_store(both_settings))
    file = tmp_path / "posts.jsonl"
    environment = {
        "PINCH_DATA_DIR": str(both_settings.data_dir),
        "PINCH_DATABASE_URL": both_settings.database_url or "",
    }
    asked = ["posts", "export", str(file), "--source", "forum", "--since", "2026-11-20", "--until", "2026-11-20"]
    done = CliRunner().invoke(main, asked, env=environment)
    assert done.exit_code == 0, done.output
    assert [json.loads(line)["number"] for line in file.read_text("utf-8").splitlines()] == [1, 5]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    done = CliRunner().invoke(main, ["posts", "export", "-", "--until", "9999-12-31"], env=environment)
    assert done.exit_code == 0, done.output
    assert len(done.stdout.splitlines()) == 3
    with open_store(both_settings).engine.connect() as connection:
        details = connection.execute(sa.select(AUDIT.c.detail).where(AUDIT.c.action == "export-posts")).scalars().all()
    assert details == [{"format": "jsonl"}] * 2
