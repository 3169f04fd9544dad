"""``pinch train --with-decisions``: a candidate beside the others, asked at the gate; nothing is replaced."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from classifier import making, training_cli
from classifier.model import BUNDLE
from classifier.registry import Registry
from tests.classifier.test_cli import pinch

POSTS = ("Zyxin tea heals all pain.", "My uncle drinks zyxin tea.", "Zyxin tea is on sale.")


@dataclass(frozen=True)
class Verdict:
    """What a gate would say."""

    reasons: tuple[str, ...] = field(default=())

    @property
    def passed(self) -> bool:
        return not self.reasons


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    for name in ("one", "two"):
        rows = "p [miracle] A miracle cure.\np [] The rain falls.\n" * 3
        text = f"=== {name}\nregister: blog\ntopic: x\ntitle: T\n{rows}"
        (folder / f"{name}.page").write_text(text, "utf-8")
    return folder


@pytest.fixture
def decisions(tmp_path: Path) -> Path:
    rows = [
        {"page": f"post-{n}", "thread": f"t-{n}", "text": text, "flags": [],
         "said": [{"flag": "miracle", "says": "present", "person": "m-1"}]}
        for n, text in enumerate(POSTS)
    ]  # fmt: skip
    path = tmp_path / "labels.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    return path


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[Any]:
    """A gate that says what the list holds, and a registry of the test's own. What posts need is not learned here."""
    said: list[Any] = []
    monkeypatch.setenv("PINCH_MODELS", str(tmp_path / "models"))
    monkeypatch.setattr(making, "with_needs", lambda model, posts: model)
    monkeypatch.setattr(training_cli, "compare", lambda candidate, current: said[-1])
    monkeypatch.setattr(training_cli, "write_gate", lambda result, folder, against: None)
    return said


def test_a_candidate_is_made_and_nothing_is_replaced(pages: Path, decisions: Path, gate: list[Any]) -> None:
    before = (BUNDLE / "manifest.json").read_bytes()
    gate.append(Verdict())
    asked = ("train", "--pages", pages, "--with-decisions", decisions, "--jobs", 1)
    made = pinch(*asked)
    assert made.exit_code == 0, made.output
    (name,) = Registry().names()
    assert f"Candidate {name}: passed the gate" in made.stdout
    assert "gate.md" in made.stdout
    assert "m-1: counts as 3 labels" in made.stderr
    assert Registry().current() == BUNDLE
    assert (BUNDLE / "manifest.json").read_bytes() == before
    told = json.loads((Registry().folder_of(name) / "manifest.json").read_text("utf-8"))["data"]["decisions"]
    assert (told["labels"], told["posts"], told["people"], told["left_out"]) == (3, 3, 1, [])
    decisions.write_text("\n".join(reversed(decisions.read_text("utf-8").splitlines())), "utf-8")
    gate.append(Verdict(("precision of scare: 90% before, 60% now",)))
    again = pinch(*asked)
    assert (again.exit_code, Registry().names()) == (1, [name])
    assert "refused by the gate" in again.stdout
    assert "precision of scare" in again.stdout


def test_what_cannot_be_learned_from_is_refused_before_training(tmp_path: Path, pages: Path, decisions: Path) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text("nonsense", "utf-8")
    out = tmp_path / "bundle"
    for arguments, words in (
        (("--with-decisions", bad), "bad.jsonl:1"),
        (("--with-decisions", decisions, "--if-changed"), "do not go together"),
    ):
        result = pinch("train", "--pages", pages, "--out", out, *arguments)
        assert (result.exit_code, words in result.stderr) == (2, True)
    assert not out.exists()
