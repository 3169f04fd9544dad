from pathlib import Path

import pytest
from click.testing import CliRunner

from classifier.batch import score_line
from classifier.label_checks import check_labels
from classifier.reading import read_text
from tests.classifier.test_cli import _GROUP, pinch


def test_half_a_score_never_passes_for_all_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "in.jsonl").write_text('{"id": 1, "text": "x"}\n{"id": 2, "text": "x"}', "utf-8")
    (tmp_path / "out.jsonl").write_text("before", "utf-8")

    def fail_on_the_second(line: str, *rest: object) -> object:
        if '"id": 2' in line:
            raise KeyboardInterrupt
        return score_line(line, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr("classifier.batch.score_line", fail_on_the_second)
    result = CliRunner().invoke(
        _GROUP, ["score", str(tmp_path / "in.jsonl"), str(tmp_path / "out.jsonl"), "--jobs", "1"]
    )
    assert result.exit_code != 0
    assert (tmp_path / "out.jsonl").read_text("utf-8") == "before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl", "out.jsonl"]


def test_score_into_a_folder_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text("", "utf-8")
    result = pinch("score", tmp_path / "in.jsonl", tmp_path / "no" / "out.jsonl")
    assert (result.exit_code, "cannot be written to" in result.stderr) == (2, True)


def test_train_refuses_too_few_labels(tmp_path: Path) -> None:
    for name in ("one", "two"):
        text = (
            f"=== {name}\nregister: blog\ntopic: x\ntitle: T\np [miracle] A miracle cure {name}.\np [] The rain falls."
        )
        (tmp_path / f"{name}.page").write_text(text, "utf-8")
    result = pinch("train", "--pages", tmp_path, "--out", tmp_path / "bundle", "--jobs", 1)
    assert (result.exit_code, "pinch: " in result.stderr) == (2, True)


def test_evidence_lies_inside_a_quotes_span(detector, seeds) -> None:
    for page in seeds.values():
        for flag in detector.analyze(page.document, setting="more").flags:
            assert all(flag.start <= e.start < e.end <= flag.end for e in flag.evidence), flag


def test_the_projects_own_labels_pass() -> None:
    assert check_labels().problems == []


def test_wrapped_quoted_lines_are_one_block_of_another_poster() -> None:
    text = (
        "> It gave me my life back and it is growing my brain every day, and\n"
        "> nobody told me that it would be so easy to do it all by myself."
    )
    (block,) = read_text(text).blocks
    assert (block.kind, block.is_quoted) == ("blockquote", True)
    assert block.text.endswith("all by myself.")
