"""A report as JSON and as text for people."""

from __future__ import annotations

import io
import json

import pytest
from rich.console import Console

from classifier.document import Block, Document, Evidence, Flag, ModelId, Quote, Report
from classifier.telling import NOTHING_FLAGGED, as_json, compact, print_report

TEXT = "It is a\nmagic bullet."


def flag(start: int = 0, end: int = len(TEXT)) -> Flag:
    quote = Quote(TEXT[start:end], "", "")
    return Flag("id", "miracle", "b0", start, end, quote, 0.9, "high", (Evidence(8, 20, 2.0),))


def report(*flags: Flag, **other: object) -> Report:
    values = {"state": "checked", "state_reason": None, "language": "en", "sentences": 2, "by_flag": {"miracle": 0.9}}
    return Report(ModelId("1", "d"), Document((Block("b0", "p", TEXT),)), flags=flags, **{**values, **other})  # type: ignore[arg-type]


def shown(report: Report) -> str:
    console = Console(file=io.StringIO(), width=200)
    print_report(report, console)
    return console.file.getvalue()  # type: ignore[attr-defined,no-any-return]


def test_text_shows_words_reason_and_what_to_check() -> None:
    text = shown(report(flag()))
    assert "Miracle language  90%" in text
    assert "It is a magic bullet." in text
    assert "Check: " in text
    assert "1 flags in 2 sentences: Miracle language 1" in text


def test_nothing_flagged_is_not_called_true() -> None:
    assert shown(report()).strip() == NOTHING_FLAGGED
    away = report(state="not-checked", state_reason="This page is in German. Pinch reads English only.")
    assert shown(away).strip() == "not-checked: This page is in German. Pinch reads English only."


def test_json_holds_all_but_the_text() -> None:
    body = json.loads(as_json(report(flag())))
    assert list(body) == ["model", "state", "state_reason", "language", "sentences", "counts", "flags"]
    assert body["flags"][0]["evidence"] == [{"start": 8, "end": 20, "weight": 2.0}]
    assert body["counts"] == {"miracle": 1}


@pytest.mark.parametrize("text", ["a\nb", "\ud83d", "é😀", '"\\'])
def test_compact_json_is_one_line_of_utf_8_that_says_the_same(text: str) -> None:
    line = compact({"text": text})
    assert "\n" not in line
    assert json.loads(line.encode("utf-8")) == {"text": text}
