"""Exports of feedback: rows that the evaluation reads, exact JSON Lines, and tables without formulas."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from classifier.label_rows import read_jsonl
from classifier.taxonomy import flag_ids
from classifier.training_set import TrainingSet
from server.feedback.export import FORMATS
from server.feedback.labels import label_rows
from server.feedback.spreadsheet import COLUMNS
from server.store import KeptFeedback
from tests.server.feedback.conftest import feedback

DAY = date(2026, 11, 27)
TRIGGERS = "=+-@＝＋－＠"


def kept(number: int, **changed: Any) -> KeptFeedback:
    return KeptFeedback(number, feedback(number, **changed), DAY, "abcdefgh", "Firefox on Linux")


def text_of(form: str, *pieces: KeptFeedback) -> str:
    return "".join(FORMATS[form].lines(pieces))


def rows_of(*pieces: KeptFeedback) -> list[dict[str, Any]]:
    return [json.loads(json.dumps(row)) for row in label_rows(pieces)]


@pytest.mark.parametrize(
    ("verdict", "flags", "near_misses"),
    [("wrong", [], ["scare"]), ("right", ["scare"], []), ("missing", ["scare"], [])],
)
def test_a_verdict_becomes_a_label_for_its_flag_alone(verdict: str, flags: list[str], near_misses: list[str]) -> None:
    (row,) = rows_of(kept(1, verdict=verdict, flag="scare"))
    assert (row["flags"], row["near_misses"]) == (flags, near_misses)
    assert row["contested"] == [flag for flag in flag_ids() if flag != "scare"]


def test_labels_carry_where_they_come_from() -> None:
    (row,) = rows_of(kept(1))
    (source,) = row["feedback"]
    assert source.keys() == {
        "id", "verdict", "flag", "fingerprint", "confidence", "setting", "model", "note", "sent_on", "client"
    }  # fmt: skip
    assert (source["model"], source["sent_on"], source["client"]) == ("test-1", "2026-11-27", "abcdefgh")
    assert "Firefox" not in json.dumps(row)


def test_what_is_said_of_one_sentence_becomes_one_row() -> None:
    rows = rows_of(
        kept(4, verdict="wrong", flag="scare", text="Plums  cure\nfear."),
        kept(3, verdict="right", flag="scare", text="plums cure fear."),
        kept(2, verdict="missing", flag="overclaim", text="Plums cure fear."),
        kept(1, verdict="right", text="Plums cure fear.", url="https://elsewhere.example/"),
    )
    assert [row["flags"] for row in rows] == [["overclaim"], ["miracle"]]
    assert "scare" in rows[0]["contested"]
    assert "overclaim" not in rows[0]["contested"]
    assert [source["verdict"] for source in rows[0]["feedback"]] == ["wrong", "right", "missing"]


def test_the_evaluation_reads_labels_of_feedback(tmp_path: Path) -> None:
    file = tmp_path / "labels.jsonl"
    pieces = (
        kept(1, verdict="wrong"),
        kept(2, verdict="right", text="This kefir\u2028erases\x85every\x0bache.", flag="overclaim", url=None),
        kept(3, verdict="missing", text="Doctors hate\nthis plum.", flag="suppression"),
    )
    file.write_text(text_of("labels", *pieces), "utf-8")
    pages = read_jsonl(file)
    assert len(pages) == 3, "each sentence stands alone"
    sentences = [page.sentences[0] for page in pages]
    assert [sorted(sentence.flags) for sentence in sentences] == [[], ["overclaim"], ["suppression"]]
    assert all(len(sentence.contested) == 10 for sentence in sentences)
    assert sentences[1].sentence.text == "This kefir erases every ache."
    data = TrainingSet.of(pages)
    assert data.known.sum() == 3, "one flag is known of each"
    assert data.y.sum() == 2


@example(["a\u2028b\x85c\u2029d"], "jsonl")
@example(["a\u2028b\x85c\u2029d"], "labels")
@given(
    st.lists(st.text(min_size=1).filter(str.strip), min_size=1, max_size=5),
    st.sampled_from(["jsonl", "labels"]),
)
def test_any_feedback_keeps_to_its_line(texts: list[str], form: str) -> None:
    written = text_of(form, *(kept(number, text=text, note=text, url=None) for number, text in enumerate(texts)))
    rows = [json.loads(line) for line in written.splitlines()]
    if form == "jsonl":
        assert [row["text"] for row in rows] == texts


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "  =1",
        "\t=1",
        "＝1+1",
        'a","=1',
        "a;=1",
        "a;  @b",
        "a\n=1",
        "a\r\n-1",
        "\u00a0=1",
        "=" * 2000,
    ],
)
def test_no_cell_of_feedback_is_a_formula(text: str) -> None:
    written = text_of("csv", kept(1, text=text, note=text))
    for delimiter in ",;\t":
        for row in csv.reader(io.StringIO(written.removeprefix("\ufeff")), delimiter=delimiter):
            assert [cell for cell in row if cell.strip(' "\t\r\n\u00a0')[:1] in tuple(TRIGGERS)] == []


def test_csv_of_feedback_is_whole_and_leaves_plain_words_alone() -> None:
    text = 'A "miracle", she said; well-known = not proven.\nNew line.'
    written = text_of("csv", kept(1, text=text, note=None))
    assert written.startswith("\ufeff")
    head, row = csv.reader(io.StringIO(written.removeprefix("\ufeff")))
    assert tuple(head) == COLUMNS
    found = dict(zip(head, row, strict=True))
    assert (found["text"], found["note"], found["confidence"]) == (text, "", "0.94")
    assert (found["client_id"], found["client_name"]) == ("abcdefgh", "Firefox on Linux")


def test_exports_of_nothing_are_whole_files() -> None:
    assert [text_of(form) for form in ("labels", "jsonl")] == ["", ""]
    assert text_of("csv").count("\n") == 1
