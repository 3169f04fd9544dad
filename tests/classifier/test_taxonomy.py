"""The eleven flags: complete, in order, and the same words wherever they are shown."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import get_args

import pytest
from click.testing import CliRunner

import classifier
from classifier.cli import check
from classifier.taxonomy import SEVERITIES, Family, FlagKind, flag_ids, flag_kind, flag_kinds

FILE = Path(classifier.__file__).with_name("taxonomy.toml")


def test_eleven_flags_in_their_order() -> None:
    assert flag_ids() == (
        "miracle",
        "mystique",
        "overclaim",
        "unsourced-quote",
        "vague-authority",
        "anecdote",
        "false-safety",
        "self-treatment",
        "suppression",
        "scare",
        "pressure",
    )
    assert flag_ids() == tuple(table["id"] for table in tomllib.loads(FILE.read_text("utf-8"))["flags"])


@pytest.mark.parametrize("kind", flag_kinds(), ids=lambda kind: kind.id)
def test_nothing_is_empty(kind: FlagKind) -> None:
    assert kind.title.strip()
    assert kind.reason.endswith(".")
    assert 1 <= len(kind.checks) <= 4
    assert all(check.strip().endswith((".", "?")) for check in kind.checks)
    assert all(example.strip() for example in kind.examples)
    assert kind.examples
    assert kind.severity in SEVERITIES
    assert kind.family in get_args(Family)


@pytest.mark.parametrize("kind", flag_kinds(), ids=lambda kind: kind.id)
def test_no_flag_gives_a_verdict(kind: FlagKind) -> None:
    shown = " ".join((kind.title, kind.reason, *kind.checks)).lower()
    assert "misinformation" not in shown
    assert "fake" not in shown


def test_titles_differ_and_a_flag_is_found_by_its_id() -> None:
    assert len({kind.title for kind in flag_kinds()}) == 11
    assert all(flag_kind(kind.id) is kind for kind in flag_kinds())
    with pytest.raises(KeyError):
        flag_kind("wonder")


def test_the_command_says_the_files_words() -> None:
    tables = {table["id"]: table for table in tomllib.loads(FILE.read_text("utf-8"))["flags"]}
    text = "It is a magic bullet that cures cancer overnight, with no side effects. Studies show it works."
    answer = CliRunner().invoke(check, ["-", "--format", "json", "--min-confidence", "0"], input=text)
    flags = json.loads(answer.stdout)["flags"]
    assert len({flag["flag"] for flag in flags}) >= 10
    for flag in flags:
        assert {key: flag[key] for key in ("title", "reason", "checks")} == {
            key: tables[flag["flag"]][key] for key in ("title", "reason", "checks")
        }
