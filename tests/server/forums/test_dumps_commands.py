"""``pinch posts import --shape``: a summary, refused rows by their line, and the same memory for any length."""

from __future__ import annotations

import io
import json
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from server.cli import main
from server.forums.dumps.lines import LINE_LIMIT
from server.forums.dumps.shapes import Dump
from server.moderation.posts import Posts
from server.moderation.rows import RowDefaults
from server.settings import Settings
from server.store import open_store
from tests.server.fakes import FakeDetector
from tests.server.forums.test_dumps_reddit import COMMENT, SUBMISSION

WORDS = "Xyzzy-Plugh"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.commands.scorer.load", lambda _folder: FakeDetector())


def run(*arguments: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, ("posts", *map(str, arguments)))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


def written(folder: Path, *rows: Any) -> Path:
    file = folder / "RC_2023-11.jsonl"
    file.write_text("".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows), "utf-8")
    return file


def test_import_of_reddit(tmp_path: Path, settings: Settings) -> None:
    gone = {**COMMENT, "id": "k9abc13", "body": "[removed]"}
    dump = written(tmp_path, SUBMISSION, COMMENT, gone, {**gone, "id": "k9abc14", "body": "[deleted]"})
    code, out, err = run("import", dump, "--shape", "reddit", "--source", "teatalk")
    assert (code, err) == (0, "")
    assert out == "2 new, 0 changed, 0 known, 0 old, 0 deleted, 0 refused.\nLeft out: 1 removed, 1 deleted.\n"
    assert run("import", dump, "--shape", "reddit", "--source", "teatalk")[1].startswith("0 new, 0 changed, 2 known")
    kept = Posts(open_store(settings).engine).find("teatalk", "t1_k9abc12")
    assert kept
    assert kept.reply_to == "t1_k9abb00"


def test_import_tells_lines_and_no_words(tmp_path: Path) -> None:
    bad = {**COMMENT, "id": None, "body": WORDS}
    dump = written(tmp_path, COMMENT, "{broken " + WORDS, bad, {**COMMENT, "id": "k2", "created_utc": WORDS})
    code, out, err = run("import", dump, "--shape", "reddit")
    assert code == 1
    assert WORDS not in out + err
    refused = tmp_path / "RC_2023-11.jsonl.refused.jsonl"
    rows = [json.loads(line) for line in refused.read_text("utf-8").splitlines()]
    assert [row["refused"]["line"] for row in rows] == [2, 3, 4]
    assert not any(WORDS in json.dumps(row["refused"]) for row in rows)
    rows[1] = {**rows[1], "post_id": "t1_k1"}
    corrected = written(tmp_path, rows[1])
    assert run("import", corrected)[1].startswith("1 new"), "what was refused is in our own shape"


def test_import_tells_of_zstandard(tmp_path: Path) -> None:
    packed = tmp_path / "RC_2023-11.zst"
    packed.write_bytes(b"\x28\xb5\x2f\xfd" + bytes(90))
    code, _, err = run("import", packed, "--shape", "reddit")
    assert code == 2
    assert "zstd -d --long=31" in err


class Endless(io.RawIOBase):
    """So many lines that nobody wants all of them in memory."""

    def __init__(self, line: bytes, count: int) -> None:
        self._line, self._left = line, count

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        times = min(len(buffer) // len(self._line), self._left)
        self._left -= times
        buffer[: times * len(self._line)] = self._line * times
        return times * len(self._line)


def consumed(rows: Iterator[Any]) -> tuple[int, int]:
    tracemalloc.start()
    count = sum(1 for _ in rows)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return count, peak


def test_import_takes_the_memory_of_a_line() -> None:
    line = json.dumps({**COMMENT, "body": "words " * 800}).encode() + b"\n"
    count = 20_000_000 // len(line)
    stream = io.BufferedReader(Endless(line, count), 1 << 16)
    found, peak = consumed(Dump("reddit", "jsonl", RowDefaults()).rows(stream))
    assert found == count
    assert peak < 2_000_000


def test_import_is_not_filled_by_one_long_line() -> None:
    stream = io.BytesIO(b"x" * (3 * LINE_LIMIT) + b"\n" + json.dumps(COMMENT).encode())
    first, second = Dump("reddit", "jsonl", RowDefaults()).rows(stream)
    assert first.problem is not None
    assert first.problem.code == "line-too-long"
    assert (second.line, second.value["post_id"]) == (2, "t1_k9abc12")
