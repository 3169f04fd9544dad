"""The commands: what they read, what they print, and with which code they end."""

from __future__ import annotations

import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from classifier import labels_cli
from classifier.cli import COMMANDS
from classifier.need_posts import read_posts

CLAIM = "It is a magic bullet that cures cancer overnight."
PLAIN = "The clinic opens at nine on weekdays."
_GROUP = click.Group(commands={command.name or "": command for command in COMMANDS})


def pinch(*arguments: object, given: str | bytes = "") -> Result:
    result = CliRunner().invoke(_GROUP, [str(argument) for argument in arguments], input=given)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.mark.parametrize(("text", "code"), [(CLAIM, 1), (PLAIN, 0)])
def test_check_ends_with_one_where_something_is_flagged(tmp_path: Path, text: str, code: int) -> None:
    (tmp_path / "page.txt").write_text(text, "utf-8")
    assert pinch("check", tmp_path / "page.txt").exit_code == pinch("check", "-", given=text).exit_code == code


def test_check_never_says_true() -> None:
    assert pinch("check", "-", given=PLAIN).stdout.strip() == "Nothing flagged. That is not the same as true."


def test_check_as_json() -> None:
    body = json.loads(pinch("check", "-", "--format", "json", given=f"{PLAIN} {CLAIM}").stdout)
    assert (body["state"], body["sentences"]) == ("checked", 2)
    assert body["counts"]["miracle"] == 1
    assert all({"title", "reason", "checks", "evidence", "quote"} <= flag.keys() for flag in body["flags"])


@pytest.mark.parametrize(
    ("name", "text", "count"),
    [
        ("page.html", f"<nav>{CLAIM}</nav><p>{CLAIM}</p>", 1),
        ("page", f"  <!DOCTYPE html><nav>{CLAIM}</nav><p>{CLAIM}</p>", 1),
        ("page", f"\ufeff<div hidden>{CLAIM}</div><p>{CLAIM}</p>", 1),
        ("page.md", f"# Tea\n\n<!-- {CLAIM} -->\n\n{CLAIM}", 1),
        ("page.txt", f"{CLAIM}\n\n{CLAIM}", 2),
    ],
)
def test_check_finds_out_how_to_read(tmp_path: Path, name: str, text: str, count: int) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    body = json.loads(pinch("check", tmp_path / name, "--format", "json", "--flag", "miracle").stdout)
    assert body["counts"] == {"miracle": count}


def test_check_reads_as_told() -> None:
    html = f"<div>{CLAIM}</div><div hidden>{CLAIM}</div>"
    for kind, count in (("html", 1), ("text", 1), ("auto", 1)):
        body = json.loads(pinch("check", "-", "--as", kind, "--format", "json", "--flag", "miracle", given=html).stdout)
        assert body["counts"].get("miracle", 0) >= count


@pytest.mark.parametrize("given", [b"\xff\xfe\x00bad", b"PK\x03\x04\x00\x00", b"x\x00y"])
def test_binary_input_is_refused(given: bytes) -> None:
    result = pinch("check", "-", given=given)
    assert result.exit_code == 2
    assert result.stderr.startswith("pinch: The input ")
    assert result.stdout == ""


@pytest.mark.parametrize("command", [["check"], ["score", "OUT"]])
def test_a_missing_file(tmp_path: Path, command: list[str]) -> None:
    result = pinch(command[0], tmp_path / "nowhere", *(tmp_path / name for name in command[1:]))
    assert result.exit_code == 2
    assert "There is no file" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_folder_and_a_missing_model(tmp_path: Path) -> None:
    assert pinch("check", tmp_path).exit_code == 2
    result = pinch("check", "-", "--model", tmp_path, given=CLAIM)
    assert (result.exit_code, "no trained model" in result.stderr) == (2, True)


@pytest.mark.parametrize("option", [("--flag", "wonder"), ("--setting", "all"), ("--min-confidence", "2")])
def test_a_bad_option(option: tuple[str, str]) -> None:
    result = pinch("check", "-", *option, given=CLAIM)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr


def test_score_writes_one_row_for_each(tmp_path: Path) -> None:
    rows = ['{"id": "a", "text": "' + CLAIM + '"}', "", "{broken", '{"id": "c", "text": "\\ud83d 😀"}']
    (tmp_path / "in.jsonl").write_text("\n".join(rows), "utf-8")
    assert pinch("score", tmp_path / "in.jsonl", tmp_path / "out.jsonl", "--jobs", 1, "--with-text").exit_code == 0
    answers = [json.loads(line) for line in (tmp_path / "out.jsonl").read_bytes().splitlines()]
    assert [answer["id"] for answer in answers] == ["a", None, "c"]
    assert [answer.get("text") for answer in answers] == [CLAIM, None, "\ud83d 😀"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl", "out.jsonl"]


def test_score_from_standard_input_to_standard_output() -> None:
    result = pinch("score", "-", "-", "--jobs", 1, given='{"id": 1, "text": "é"}\n')
    assert json.loads(result.stdout)["id"] == 1
    assert result.stdout.count("\n") == 1


def test_train_is_repeated_only_when_something_changed(tmp_path: Path) -> None:
    pages, out = tmp_path / "pages", tmp_path / "bundle"
    pages.mkdir()
    for name in ("one", "two"):
        rows = "p [miracle] A miracle cure.\np [] The rain falls.\n" * 3
        text = f"=== {name}\nregister: blog\ntopic: x\ntitle: T\n{rows}"
        (pages / f"{name}.page").write_text(text, "utf-8")
    first = pinch("train", "--pages", pages, "--out", out, "--jobs", 1)
    assert first.exit_code == 0
    version = json.loads((out / "manifest.json").read_text("utf-8"))["version"]
    assert version in first.stdout
    assert "up to date" in pinch("train", "--pages", pages, "--out", out, "--if-changed").stderr
    (pages / "two.page").write_text(text.replace("rain", "snow"), "utf-8")
    assert "Model " in pinch("train", "--pages", pages, "--out", out, "--if-changed", "--jobs", 1).stdout


def test_train_refuses_bad_labels(tmp_path: Path) -> None:
    (tmp_path / "one.page").write_text("nonsense", "utf-8")
    result = pinch("train", "--pages", tmp_path, "--out", tmp_path / "bundle")
    assert (result.exit_code, "one.page:1:" in result.stderr) == (2, True)


def test_evaluate_on_rows(tmp_path: Path) -> None:
    rows = [
        {"page": page, "text": text, "flags": flags}
        for page in "ab"
        for text, flags in ((CLAIM, ["miracle"]), (PLAIN, []))
    ]
    (tmp_path / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    result = pinch("evaluate", tmp_path / "rows.jsonl", "--format", "json", "--report", tmp_path / "report")
    body = json.loads(result.stdout)
    assert (body["sentences"], body["pages"]) == (4, 2)
    miracle = next(scores for scores in body["flags"] if scores["name"] == "miracle")
    assert (miracle["cases"], miracle["found"], miracle["alarms"]) == (2, 2, 2)
    assert (tmp_path / "report" / "report.md").read_text("utf-8").startswith("# Model card")
    assert "Evaluation on rows.jsonl" in (tmp_path / "report" / "report.md").read_text("utf-8")
    assert "any flag" in pinch("evaluate", tmp_path / "rows.jsonl").stdout


@pytest.mark.parametrize("arguments", [[], ["rows.jsonl", "--cross-validate", "page"], ["--hold-out", "nowhere/"]])
def test_evaluate_wants_one_thing_to_measure(
    tmp_path: Path, arguments: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "rows.jsonl").write_text("", "utf-8")
    result = pinch("evaluate", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("pinch: ")


def test_the_pages_by_any_path_bring_the_posts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "one.page").write_text("=== one\nregister: blog\ntopic: x\ntitle: T\np [] Tea.\n", "utf-8")
    monkeypatch.setattr(labels_cli, "PAGES", tmp_path / "pages")
    monkeypatch.chdir(tmp_path)
    told = f"{len(read_posts())} posts, 0 problems"
    assert told in pinch("labels", "check", "pages").stdout
    assert told in pinch("labels", "check", "../" + tmp_path.name + "/pages").stdout


def test_labels_check_and_count(tmp_path: Path) -> None:
    page = "=== one\nregister: blog\ntopic: x\ntitle: T\np [miracle] The tea from the valley heals every pain.\n"
    (tmp_path / "one.page").write_text(page, "utf-8")
    good = pinch("labels", "check", tmp_path)
    assert (good.exit_code, good.stdout) == (0, "1 sentences on 1 pages, 0 posts, 0 problems\n")
    assert "1 sentences on 1 pages of 1 topics; 1 flagged; 0 pairs" in pinch("labels", "count", tmp_path).stdout
    row = {"page": "b", "text": "The tea from the valley heals every pain.", "flags": []}
    (tmp_path / "rows.jsonl").write_text(json.dumps(row), "utf-8")
    assert "nearly the same" in pinch("labels", "check", tmp_path, "--against", tmp_path / "rows.jsonl").stdout
    (tmp_path / "one.page").write_text(page + "p [wonder] No.", "utf-8")
    bad = pinch("labels", "check", tmp_path)
    assert (bad.exit_code, "one.page:6: 'wonder' is no flag" in bad.stdout) == (1, True)
    (tmp_path / "rows.jsonl").write_text("{broken", "utf-8")
    assert pinch("labels", "check", tmp_path, "--against", tmp_path / "rows.jsonl").exit_code == 2
