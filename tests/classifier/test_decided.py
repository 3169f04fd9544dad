"""Rows of decisions: read in any order of lines, people who disagree leave nothing known, bad lines are named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from classifier.decided import decided_digest, labels_of, read_decided
from classifier.errors import LabelError


def said(flag: str, says: str, person: str = "m-1") -> dict[str, str]:
    return {"flag": flag, "says": says, "person": person}


def row(text: str, *opinions: dict[str, str], page: str = "post-1", i: int = 0, **other: Any) -> dict[str, Any]:
    return {"page": page, "thread": "t-1", "i": i, "text": text, "flags": [], "said": list(opinions), **other}


def write(path: Path, *rows: dict[str, Any] | str) -> Path:
    path.write_text("\n".join(one if isinstance(one, str) else json.dumps(one) for one in rows), "utf-8")
    return path


def test_a_post_is_put_together_with_what_was_said_of_each_sentence(tmp_path: Path) -> None:
    rows = [
        row("It heals.", said("overclaim", "present"), i=1, block=0, context="Hello. It heals."),
        row("Hello.", i=0, block=0, context="Hello. It heals."),
        row("Buy now.", said("pressure", "absent"), i=2, block=1, context="Buy now."),
    ]
    (decided,) = read_decided(write(tmp_path / "d.jsonl", *rows))
    assert [block.text for block in decided.page.document.blocks] == ["Hello. It heals.", "Buy now."]
    labels = labels_of([decided])
    assert [(one.sentence, one.flag, one.is_present, one.people) for one in labels] == [
        (1, "overclaim", True, ("m-1",)),
        (2, "pressure", False, ("m-1",)),
    ]


def test_blocks_are_told_apart_by_their_number_where_words_would_join_them(tmp_path: Path) -> None:
    rows = [row("Yes.", i=0, block=0, context="Yes."), row("Yes. Do.", i=1, block=1, context="Yes. Do.")]
    (decided,) = read_decided(write(tmp_path / "d.jsonl", *rows))
    assert len(decided.page.document.blocks) == 2


def test_the_order_of_lines_changes_nothing_and_a_changed_word_does(tmp_path: Path) -> None:
    rows = [
        row("One.", said("scare", "present"), said("scare", "present", "m-2")),
        row("Two.", said("miracle", "absent"), page="post-2"),
        row("Three.", page="post-2", i=1),
    ]
    digests = [decided_digest(read_decided(write(tmp_path / "d.jsonl", *some))) for some in (rows, rows[::-1])]
    changed = [*rows[:2], row("Four.", page="post-2", i=1)]
    assert digests[0] == digests[1] != decided_digest(read_decided(write(tmp_path / "d.jsonl", *changed)))


@pytest.mark.parametrize("first", ["m-1", "m-2"])
def test_where_people_disagree_nothing_is_known_until_one_is_left_out(tmp_path: Path, first: str) -> None:
    rows = [row("One.", said("scare", "present", first), said("scare", "absent", "m-3"))]
    pages = read_decided(write(tmp_path / "d.jsonl", *rows))
    assert [label.is_present for label in labels_of(pages)] == [None]
    assert [label.is_present for label in labels_of(pages, without=["m-3"])] == [True]


@pytest.mark.parametrize(
    "bad",
    [
        "{broken",
        row("Secret words.", {"flag": "wonder", "says": "present", "person": "m-1"}),
        row("Secret words.", {"flag": "scare", "says": "perhaps", "person": "m-1"}),
        row("Secret words.", {"flag": "scare", "says": "present", "person": ""}),
        {**row("Secret words."), "said": 3},
        {**row("Secret words."), "i": "first"},
        row(""),
    ],
)
def test_a_bad_line_is_named_and_its_words_are_not(tmp_path: Path, bad: dict[str, Any] | str) -> None:
    with pytest.raises(LabelError, match=r"d\.jsonl:2") as caught:
        read_decided(write(tmp_path / "d.jsonl", row("One."), bad))
    assert "Secret" not in str(caught.value)


def test_an_empty_or_binary_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LabelError, match="no decisions"):
        read_decided(write(tmp_path / "d.jsonl", ""))
    (tmp_path / "b.jsonl").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(LabelError, match="not UTF-8"):
        read_decided(tmp_path / "b.jsonl")
