"""Dumps of posts, scored row by row, in order, with every core of this machine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from joblib import Parallel, delayed

from classifier.detector import Detector, load
from classifier.document import Flag, Report, Setting
from classifier.errors import InputError
from classifier.priority import weigh
from classifier.registry import in_use
from classifier.rows import document_of, parse_row

# Rows sent to a process at a time: enough that sending costs little beside scoring.
CHUNK = 64
BLOCK_BREAK = "\n\n"


@dataclass(frozen=True, slots=True)
class ScoreOptions:
    """What ``pinch score`` was asked for."""

    setting: Setting = "balanced"
    min_confidence: float | None = None
    with_text: bool = False


def score_lines(
    lines: Iterable[str],
    options: ScoreOptions,
    *,
    folder: Path | None = None,
    jobs: int = 1,
    done: Callable[[int], None] | None = None,
) -> Iterator[dict[str, Any]]:
    """One answer for each line that is not blank, in order. ``done`` is told how many rows were finished.

    ``folder`` is that of a bundle; without it the model in use scores.
    """
    folder = in_use(folder)  # looked up once, so that a promotion meanwhile does not change half of the answers
    rows = (line for line in lines if line.strip())
    chunks = iter(lambda: list(islice(rows, CHUNK)), [])
    if jobs == 1:
        detector = load(folder)
        answers: Iterable[list[dict[str, Any]]] = (
            [score_line(line, detector, options) for line in chunk] for chunk in chunks
        )
    else:
        answers = Parallel(n_jobs=jobs, return_as="generator")(
            delayed(_score_chunk)(chunk, options, folder) for chunk in chunks
        )
    for chunk_answers in answers:
        yield from chunk_answers
        if done:
            done(len(chunk_answers))


def _score_chunk(chunk: list[str], options: ScoreOptions, folder: Path) -> list[dict[str, Any]]:
    detector = _detector_of_process(folder)
    return [score_line(line, detector, options) for line in chunk]


_loaded: dict[Path, Detector] = {}


def _detector_of_process(folder: Path) -> Detector:
    if folder not in _loaded:
        _loaded[folder] = load(folder)
    return _loaded[folder]


def score_line(line: str, detector: Detector, options: ScoreOptions) -> dict[str, Any]:
    """The answer to one line; an unreadable one gets an error and no flags."""
    row: Mapping[str, Any] = {}
    try:
        row = parse_row(line)
        document = document_of(row)
        report = detector.analyze(document, setting=options.setting, min_confidence=options.min_confidence)
    except InputError as error:
        row_id = row.get("id")
        return {
            "id": row_id if isinstance(row_id, str | int) else None,
            "state": "not-checked",
            "sentences": 0,
            "priority": 0.0,
            "by_flag": {},
            "flags": [],
            "error": {"code": error.code, "message": str(error)},
        }
    return _answer(row, report, weigh(report, detector.need(report)).priority, options)


def _answer(row: Mapping[str, Any], report: Report, priority: float, options: ScoreOptions) -> dict[str, Any]:
    starts, text = _main_text(row, report)
    answer = {
        "id": row.get("id"),
        "state": report.state,
        "sentences": report.sentences,
        "priority": priority,
        "by_flag": report.by_flag,
        "flags": [_flag(flag, starts) for flag in report.flags],
    }
    if options.with_text and text is not None:
        answer["text"] = text
    return answer


def _main_text(row: Mapping[str, Any], report: Report) -> tuple[dict[str, int] | None, str | None]:
    """Where each block begins in the text that offsets point into, and that text; None for a row of blocks."""
    blocks = report.document.blocks
    if row.get("blocks") is not None:
        return None, None
    if row.get("text") is not None and row.get("format", "text") == "text":
        return {block.id: block.offset or 0 for block in blocks}, str(row["text"])
    starts, at = {}, 0
    for block in blocks:
        starts[block.id] = at
        at += len(block.text) + len(BLOCK_BREAK)
    return starts, BLOCK_BREAK.join(block.text for block in blocks)


def _flag(flag: Flag, starts: dict[str, int] | None) -> dict[str, Any]:
    base = starts[flag.block] if starts is not None else 0
    return {
        "flag": flag.flag,
        "block": flag.block if starts is None else None,
        "start": base + flag.start,
        "end": base + flag.end,
        "quote": flag.quote.exact,
        "confidence": flag.confidence,
    }
