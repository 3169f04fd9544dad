"""``pinch posts``: files go in once, refused rows come back with their reasons, posts are listed and erased."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from server.cli import main
from server.moderation.posts import Posts
from server.settings import Settings
from server.store import Store, open_store
from tests.server.fakes import FakeDetector
from tests.server.moderation.conftest import POST

WORDS = "Xyzzy-Plugh"


@pytest.fixture
def store(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Store:
    if settings.database_url:
        monkeypatch.setenv("PINCH_DATABASE_URL", settings.database_url)
    monkeypatch.setattr("server.commands.scorer.load", lambda _folder: FakeDetector())
    return open_store(settings)


def run(*arguments: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, ("posts", *map(str, arguments)))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


def written(folder: Path, name: str, *rows: Any) -> Path:
    file = folder / name
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    file.write_text("\n".join(lines) + "\n", "utf-8")
    return file


def kept(store: Store, post_id: str = "p1", source: str = "sleep-forum") -> Any:
    return Posts(store.engine).find(source, post_id)


def test_posts_import_takes_each_once(store: Store, tmp_path: Path) -> None:
    many = [{**POST, "post_id": str(number)} for number in range(450)]
    file = written(tmp_path, "dump.jsonl", *many)
    code, out, err = run("import", file)
    assert (code, out) == (0, "450 new, 0 changed, 0 known, 0 old, 0 deleted, 0 refused.\n"), err
    assert run("import", file)[1].startswith("0 new, 0 changed, 450 known")
    assert kept(store, "449").author == "oldrunner"


def test_posts_import_passes_over_what_else_dumps_carry(store: Store, tmp_path: Path) -> None:
    row = {"id": 8123, "text": "Hello.", "author": 7, "likes": 3, "posted_at": "2026-11-20 08:14:00"}
    file = written(tmp_path, "dump.ndjson", row)
    assert run("import", file, "--source", "tea-forum")[0] == 1, "a time without a zone"
    assert run("import", file, "--source", "tea-forum", "--utc")[0] == 0
    found = kept(store, "8123", "tea-forum")
    assert (found.author, found.posted_at.isoformat()) == ("7", "2026-11-20T08:14:00+00:00")


def test_refused_rows_are_corrected_and_taken(store: Store, tmp_path: Path) -> None:
    bad = {**POST, "post_id": "bad", "views": -1}
    file = written(tmp_path, "dump.jsonl", POST, "{broken", bad, "", {**POST, "text": "Other words."})
    code, out, err = run("import", file)
    assert code == 1
    assert out == "1 new, 0 changed, 0 known, 0 old, 0 deleted, 3 refused.\n"
    refused = tmp_path / "dump.jsonl.refused.jsonl"
    assert str(refused) in err
    assert refused.stat().st_mode & 0o077 == 0
    rows = [json.loads(line) for line in refused.read_text("utf-8").splitlines()]
    assert [(row["refused"]["line"], row["refused"]["code"]) for row in rows] == [
        (2, "not-json"),
        (3, "bad-request"),
        (5, "version-taken"),
    ]
    assert "views" in rows[1]["refused"]["message"]
    mended = written(tmp_path, "mended.jsonl", {**rows[1], "views": 1}, {**rows[2], "version": 2})
    assert run("import", mended)[1].startswith("1 new, 1 changed")


def test_refused_rows_are_never_written_over_the_file_itself(store: Store, tmp_path: Path) -> None:
    file = written(tmp_path, "dump.jsonl", "{broken", POST)
    before = file.read_bytes()
    code, _, err = run("import", file, "--refused", tmp_path / "." / "dump.jsonl")
    assert (code, file.read_bytes()) == (2, before)
    assert "over FILE itself" in err


def test_no_file_of_refused_rows_when_there_are_none(store: Store, tmp_path: Path) -> None:
    run("import", written(tmp_path, "dump.jsonl", POST))
    assert list(tmp_path.glob("*.refused.jsonl")) == []


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_posts_import_reads_csv(store: Store, tmp_path: Path, delimiter: str) -> None:
    head = delimiter.join(("Post_ID", "version", "text", "author", "views", "extra"))
    rows = [
        delimiter.join(("a", "3", '"Two\nlines, and ""marks""; yes"', "anne", "12", "x")),
        delimiter.join(("b", "", "Short", "", "", "")),
        delimiter.join(("c", "x", "Short", "", "", "")),
        delimiter.join(("d", "1", "Short", "", "", "", "", "one cell too many")),
    ]
    file = written(tmp_path, "dump.csv", "\ufeff" + head, *rows)
    code, out, _ = run("import", file, "--source", "sleep-forum")
    assert (code, out.split(",")[0], out.split(",")[-1]) == (1, "2 new", " 2 refused.\n")
    first, second = kept(store, "a"), kept(store, "b")
    assert (first.text, first.version, first.author, first.views) == ('Two\nlines, and "marks"; yes', 3, "anne", 12)
    assert (second.version, second.author) == (1, None)
    refused = [json.loads(line) for line in (tmp_path / "dump.csv.refused.jsonl").read_text("utf-8").splitlines()]
    assert [row["refused"]["line"] for row in refused] == [5, 6]


def test_posts_import_reads_gzipped_files(store: Store, tmp_path: Path) -> None:
    packed = gzip.compress(json.dumps(POST).encode())
    (tmp_path / "dump.jsonl.gz").write_bytes(packed)
    assert run("import", tmp_path / "dump.jsonl.gz")[1].startswith("1 new")
    (tmp_path / "cut.jsonl.gz").write_bytes(packed[:-9])
    code, _, err = run("import", tmp_path / "cut.jsonl.gz")
    assert code == 2
    assert "damaged or cut off" in err


@pytest.mark.parametrize(
    ("name", "words", "told"),
    [
        ("dump.csv", "a,b\n1,2\n", "names its columns"),
        ("dump.csv", "", "names its columns"),
        ("dump.jsonl", b"\xff\xfe\x00", None),
    ],
)
def test_files_of_no_posts_are_told(
    store: Store, tmp_path: Path, name: str, words: str | bytes, told: str | None
) -> None:
    (tmp_path / name).write_bytes(words if isinstance(words, bytes) else words.encode())
    code, _, err = run("import", tmp_path / name)
    assert code == (2 if told else 1)
    assert (told or "refused rows") in err


def test_posts_list_has_the_riskiest_first(store: Store, tmp_path: Path) -> None:
    calm = {**POST, "post_id": "calm", "text": "Slept \x1b[31mwell."}
    cry = {**POST, "post_id": "cry", "text": "I want to die."}
    run("import", written(tmp_path, "dump.jsonl", calm, POST, cry))
    _, out, _ = run("list")
    assert [out.index(word) for word in ("cry", "p1", "calm")] == sorted(
        out.index(word) for word in ("cry", "p1", "calm")
    )
    assert "needs a person" in out
    assert "This powder is a miracle for sleep." in out
    assert "\x1b" not in out
    told = json.loads(run("list", "--json", "--limit", 2)[1])["posts"]
    assert [one["post_id"] for one in told] == ["cry", "p1"]
    assert "no decided posts" in run("list", "--state", "decided")[1]


def test_posts_show_and_delete(store: Store, tmp_path: Path) -> None:
    run("import", written(tmp_path, "dump.jsonl", POST))
    assert json.loads(run("show", "sleep-forum", "p1")[1])["text"] == POST["text"]
    assert run("delete", "sleep-forum", "p1")[0] == 1, "asked, and nobody said yes"
    assert run("delete", "sleep-forum", "p1", "--yes")[1] == "Erased.\n"
    assert run("delete", "sleep-forum", "p1", "--yes")[1] == "It was erased before.\n"
    for command in (("show", "sleep-forum", "p1"), ("show", "x", "y"), ("delete", "x", "y", "--yes")):
        code, _, err = run(*command)
        assert code == 2
        assert "deleted" in err or "no post" in err


def test_posts_rescore(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("import", written(tmp_path, "dump.jsonl", POST))
    assert run("rescore")[1] == "Read again: 0.\n"
    assert run("rescore", "--all")[1] == "Read again: 1.\n"
    own = tmp_path / "own.toml"
    own.write_text("[severity]\nhigh = 2\n")
    monkeypatch.setenv("PINCH_PRIORITY_FILE", str(own))
    code, _, err = run("rescore", "--all")
    assert code == 2
    assert "'high' in [severity]" in err


def test_posts_import_says_nothing_of_the_words(store: Store, tmp_path: Path) -> None:
    file = written(tmp_path, "dump.jsonl", {**POST, "views": WORDS}, f"{WORDS}", {**POST, WORDS: 1, "text": None})
    _, out, err = run("import", file)
    assert WORDS not in out + err
