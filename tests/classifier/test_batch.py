"""Dumps of posts: one answer for each row, in order, with offsets that point at the words."""

from __future__ import annotations

import json
from typing import Any

import pytest

from classifier import Detector
from classifier.batch import CHUNK, ScoreOptions, score_line, score_lines

CLAIM = "It is a magic bullet that cures cancer overnight."
OPTIONS = ScoreOptions(min_confidence=0.0, with_text=True)
KEYS = ["id", "state", "sentences", "priority", "by_flag", "flags"]


def score(detector: Detector, row: dict[str, Any] | str, options: ScoreOptions = OPTIONS) -> dict[str, Any]:
    return score_line(row if isinstance(row, str) else json.dumps(row), detector, options)


def test_rows_good_and_bad_are_answered_once_in_order_by_one_process_and_by_two() -> None:
    lines = []
    for number in range(CHUNK + 9):
        lines += [json.dumps({"id": number, "text": f"{CLAIM} {number}"}), "\n", "{broken"]
    lines += ['{"id": "x", "text": 5}', '{"id": {"a": 1}, "html": "<p>x</p>"}', '{"id": "\\ud83d", "text": "\\ud83d"}']
    one, two = (list(score_lines(lines, ScoreOptions(), jobs=jobs)) for jobs in (1, 2))
    assert one == two
    ids = [entry for number in range(CHUNK + 9) for entry in (number, None)]
    assert [answer["id"] for answer in one] == [*ids, "x", None, "\ud83d"]
    assert [answer.get("error", {}).get("code") for answer in one[:2]] == [None, "not-json"]


def test_progress_is_told() -> None:
    told: list[int] = []
    answers = list(score_lines(['{"text": "Hello."}'] * (CHUNK + 1), ScoreOptions(), done=told.append))
    assert (len(answers), told) == (CHUNK + 1, [CHUNK, 1])


def test_an_answer_has_the_documented_keys(detector: Detector) -> None:
    answer = score(detector, {"id": "p1", "text": CLAIM}, ScoreOptions())
    assert list(answer) == KEYS
    assert answer["flags"][0].keys() == {"flag", "block", "start", "end", "quote", "confidence", "origin"}
    assert answer["by_flag"]["miracle"] >= answer["flags"][0]["confidence"] > 0
    assert 0 < answer["priority"] <= 1


@pytest.mark.parametrize("row", ["{broken", "[]", '{"id": "a"}', '{"id": "a", "text": "x", "html": "y"}'])
def test_an_unreadable_row_gets_an_error_and_no_flags(detector: Detector, row: str) -> None:
    answer = score(detector, row)
    assert list(answer) == [*KEYS, "error"]
    assert (answer["state"], answer["sentences"], answer["flags"], answer["by_flag"]) == ("not-checked", 0, [], {})
    assert answer["error"].keys() == {"code", "message"}
    assert answer["id"] == ("a" if '"a"' in row else None)


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\n\n- "])
def test_offsets_point_into_the_rows_text(detector: Detector, line_break: str) -> None:
    text = f"  😀 A first line.{line_break}{CLAIM}\u00a0Really?{line_break}“{CLAIM}” \ud83d"
    answer = score(detector, {"text": text})
    assert answer["text"] == text
    assert {flag["block"] for flag in answer["flags"]} == {None}
    for flag in answer["flags"]:
        assert text[flag["start"] : flag["end"]].replace("\ud83d", "\ufffd") == flag["quote"]


def test_offsets_point_into_the_main_text_of_html(detector: Detector) -> None:
    html = f"<nav>Menu</nav><h1>Tea 😀</h1><p>{CLAIM}<br>More <b>here</b>.</p><ul><li>{CLAIM}</li></ul>"
    answer = score(detector, {"html": html})
    assert answer["text"] == f"Tea 😀\n\n{CLAIM}\nMore here.\n\n{CLAIM}"
    assert len({flag["start"] for flag in answer["flags"]}) == 4
    assert all(answer["text"][flag["start"] : flag["end"]] == flag["quote"] for flag in answer["flags"])
    assert "text" not in score(detector, {"html": html}, ScoreOptions())


def test_offsets_point_into_the_named_block(detector: Detector) -> None:
    blocks = [{"id": "x", "kind": "h1", "text": "Tea"}, {"text": f"Yes. {CLAIM}"}]
    answer = score(detector, {"blocks": blocks})
    texts = {"x": "Tea", "b1": blocks[1]["text"]}
    assert {flag["block"] for flag in answer["flags"]} == set(texts)
    assert all(texts[flag["block"]][flag["start"] : flag["end"]] == flag["quote"] for flag in answer["flags"])
    assert "text" not in answer


def test_options_reach_the_detector(detector: Detector) -> None:
    few, more = (score(detector, {"text": CLAIM}, ScoreOptions(setting))["flags"] for setting in ("few", "more"))  # type: ignore[arg-type]
    assert {flag["flag"] for flag in few} <= {flag["flag"] for flag in more}
    assert score(detector, {"text": "Hello there."}, ScoreOptions(min_confidence=1.0))["flags"] == []


def test_other_languages_and_empty_texts_are_not_checked(detector: Detector) -> None:
    for row in ({"text": CLAIM, "lang": "de"}, {"text": ""}, {"blocks": []}, {"html": ""}):
        answer = score(detector, row)
        assert (answer["state"], answer["flags"], "error" in answer) == ("not-checked", [], False)
