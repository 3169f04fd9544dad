"""The forms in which feedback leaves the database."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from server.feedback.labels import label_rows
from server.feedback.spreadsheet import csv_lines
from server.feedback.wording import feedback_json
from server.store import KeptFeedback

# Line ends to Python and to some editors, but not to JSON: written as escapes they cannot cut a line in two.
_LINE_ENDS = {ord(char): f"\\u{ord(char):04x}" for char in "\x85\u2028\u2029"}


@dataclass(frozen=True, slots=True)
class Format:
    """A form of export: ``about`` says in a few words what it is good for."""

    about: str
    file_name: str
    content_type: str
    lines: Callable[[Iterable[KeptFeedback]], Iterator[str]]


def _labels(kept: Iterable[KeptFeedback]) -> Iterator[str]:
    return map(json_line, label_rows(kept))


def _plain(kept: Iterable[KeptFeedback]) -> Iterator[str]:
    return map(json_line, map(feedback_json, kept))


def json_line(value: object) -> str:
    """One line of JSON Lines, whatever it holds."""
    return json.dumps(value, ensure_ascii=False).translate(_LINE_ENDS) + "\n"


_LINES = "application/jsonl; charset=utf-8"
FORMATS: Mapping[str, Format] = {
    "labels": Format("labelled sentences for pinch evaluate", "feedback-labels.jsonl", _LINES, _labels),
    "jsonl": Format("everything, as it was sent", "feedback.jsonl", _LINES, _plain),
    "csv": Format("for a spreadsheet", "feedback.csv", "text/csv; charset=utf-8", csv_lines),
}
