"""``pinch model``: what it prints, what it refuses, and how it ends."""

from __future__ import annotations

import getpass
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result

from classifier import model_cli
from classifier.comparison import Compared
from classifier.gate import compare as real_compare
from classifier.gate import judge
from classifier.model import FlagModel, save_bundle
from classifier.model_cli import model
from classifier.promotions import POINTER, read_history
from classifier.registry import Registry
from tests.classifier.test_gate import MIRACLE, compared, lost


@pytest.fixture(autouse=True)
def registry(tmp_path: Path, tiny_model: FlagModel, monkeypatch: pytest.MonkeyPatch) -> Registry:
    """An empty registry beside a shipped bundle, which the commands find."""
    save_bundle(tiny_model, tmp_path / "shipped", about={"release": "0.0.1"})
    made = Registry(tmp_path / "models", shipped=tmp_path / "shipped")
    monkeypatch.setattr(model_cli, "Registry", lambda: made)
    return made


@pytest.fixture
def candidate(registry: Registry, tmp_path: Path, tiny_model: FlagModel) -> str:
    """A candidate that was added."""
    moved = replace(tiny_model, intercepts=tiny_model.intercepts + 0.5)
    about = {"release": "0.0.2", "data": {"sentences": 1200, "sources": 9, "decisions": 300}}
    save_bundle(moved, tmp_path / "made", about=about)
    answer = run("add", str(tmp_path / "made"))
    return answer.stdout.strip()


@pytest.fixture
def gate_says(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Makes the gate find as many miracles lost as the list's last number says; grows by one with each asking."""
    found = [0]

    def compare(candidate: Path, current: Path) -> object:
        found.append(found[-1])
        return judge(compared(lambda before, after: lost(after, MIRACLE, found[-1])))

    monkeypatch.setattr(model_cli, "compare", compare)
    return found


def run(*words: str) -> Result:
    return CliRunner().invoke(model, words)


def test_a_candidate_is_promoted_once_it_passed_and_taken_back(
    registry: Registry, candidate: str, gate_says: list[int]
) -> None:
    answer = run("promote", candidate.split("+")[1], "--why", "300 decisions of October")
    assert (answer.exit_code, answer.stdout) == (0, f"In use: {candidate}\n")
    assert "pinch posts rescore" in answer.stderr
    assert (registry.folder / candidate / "gate.md").is_file()
    listed = run("list").stdout
    for words in (
        candidate,
        "passed",
        "in use",
        "1,200 sentences, 9 files, with decisions",
        "300 decisions of October",
    ):
        assert words in listed
    told = json.loads(run("list", "--format", "json").stdout)
    assert told["current"]["name"] == candidate
    assert [one["current"] for one in told["models"] if one["name"] == candidate] == [True]
    assert run("rollback").stdout == "In use: shipped\n"
    assert [line["by"] for line in read_history(registry.folder)] == [getpass.getuser()] * 2


def test_the_gate_is_asked_once_for_each_model_in_use(candidate: str, gate_says: list[int]) -> None:
    for words in (("promote", candidate), ("rollback",), ("promote", candidate)):
        assert run(*words).exit_code == 0
    assert len(gate_says) == 2


def test_a_candidate_that_is_worse_is_refused_with_the_reason(
    registry: Registry, candidate: str, gate_says: list[int]
) -> None:
    gate_says.append(15)
    answer = run("promote", candidate)
    assert answer.exit_code == 2
    for words in (f"The gate refuses {candidate}", "F1 of miracle", "--without-gate"):
        assert words in answer.stderr
    assert registry.current() == registry.shipped
    assert run("gate", candidate).exit_code == 1
    assert "refused" in run("list").stdout
    assert run("promote", candidate, "--without-gate", " ").exit_code == 2
    assert run("promote", candidate, "--without-gate", "we know better").exit_code == 0
    assert "without the gate: we know better" in read_history(registry.folder)[-1]["why"]


def test_diff_tells_figures_thresholds_and_examples(candidate: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def compare_models(before: Path, after: Path, pages: Path | None) -> Compared:
        assert (before.name, after.name, pages) == ("shipped", candidate, None)
        return compared(lambda before, after: lost(after, MIRACLE, 2))

    monkeypatch.setattr(model_cli, "compare_models", compare_models)
    text = run("diff", "shipped", candidate).stdout
    for words in ("**miracle, no longer raised**: 2", "## Thresholds", "| miracle |", "“Wonder 0.”"):
        assert words in text
    told = json.loads(run("diff", "current", candidate, "--format", "json").stdout)
    assert set(told["thresholds"]["before"]) >= {"miracle", "scare"}
    assert np.isclose(told["flags"][1]["recall"]["after"], 38 / 40)


def test_a_model_that_is_not_whole_is_listed_with_the_reason(registry: Registry, candidate: str) -> None:
    (registry.folder / "0.0.3+half").mkdir()
    (registry.folder / candidate / "model.joblib").write_bytes(b"cut")
    assert "There is no trained model" in run("list").stdout
    told = json.loads(run("list", "--format", "json").stdout)
    problems = {one["name"]: one["problem"] for one in told["models"]}
    assert "digests differ" in problems[candidate]
    assert "no trained model" in problems["0.0.3+half"]
    assert problems["shipped"] is None


@pytest.mark.parametrize("words", [("promote", "nothing"), ("gate", "nothing"), ("remove", ".."), ("diff", "a", "b")])
def test_an_unknown_name_ends_with_two(words: tuple[str, ...]) -> None:
    answer = run(*words)
    assert answer.exit_code == 2
    assert "no model of this name" in answer.stderr
    assert "pinch model list" in answer.stderr


def test_the_way_out_when_what_is_in_use_cannot_be_read(registry: Registry, candidate: str) -> None:
    (registry.folder / POINTER).write_text("{")
    assert "pinch model promote shipped" in run("list").stderr
    assert run("promote", "shipped").exit_code == 0
    assert registry.current() == registry.shipped
    assert run("remove", candidate).stdout == f"Removed {candidate}.\n"


def test_a_user_without_a_name_may_promote(candidate: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise KeyError

    monkeypatch.setattr(getpass, "getuser", nobody)
    assert run("promote", candidate, "--without-gate", "try").exit_code == 0
    assert "by unknown" in run("list").stdout


def test_a_bundle_that_cannot_be_compared_says_so(candidate: str) -> None:
    answer = run("promote", candidate)
    assert model_cli.compare is real_compare
    assert answer.exit_code == 2
    assert "holds no judgements" in answer.stderr
