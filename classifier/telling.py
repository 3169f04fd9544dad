"""A report for people at a terminal, and for programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

import click
from rich.console import Console
from rich.text import Text

from classifier.document import Flag, Report, SourceSeen
from classifier.errors import PinchError
from classifier.taxonomy import flag_kind

_COLOURS = {"promise": "yellow", "source": "cyan", "risk": "red", "push": "magenta"}
# Where a source that can carry a claim was seen; the reader judges whether it does.
SOURCE_TOLD: dict[SourceSeen, str] = {
    "sentence": "A source stands in this sentence. See whether it says this.",
    "block": "A source stands in this paragraph, in another sentence. See whether it says this.",
    "page": "The page names sources, but none in this paragraph.",
    "nowhere": "No source for this was found in the paragraph or on the page.",
}
NOTHING_FLAGGED = "Nothing flagged. That is not the same as true."


format_option = click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="For people or programs.",
)


@contextmanager
def said_plainly() -> Iterator[None]:
    """Turn an error of ours into one line on standard error and exit code 2."""
    try:
        yield
    except PinchError as error:
        click.echo(f"pinch: {error}", err=True)
        sys.exit(2)


def compact(value: Any) -> str:
    """One line of JSON that any reader of UTF-8 can take, lone surrogates included."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def as_json(report: Report) -> str:
    """All of a report but the page's own text; offsets in code points of each block."""
    body = {
        "model": asdict(report.model),
        "state": report.state,
        "state_reason": report.state_reason,
        "language": report.language,
        "sentences": report.sentences,
        "counts": report.counts,
        "flags": [_flag(flag) for flag in report.flags],
    }
    return json.dumps(body, ensure_ascii=False, indent=2)


def _flag(flag: Flag) -> dict[str, Any]:
    kind = flag_kind(flag.flag)
    return {**asdict(flag), "title": kind.title, "reason": kind.reason, "checks": list(kind.checks)}


def print_report(report: Report, console: Console) -> None:
    """What was found, sentence by sentence, with the words that weighed most underlined."""
    texts = {block.id: block.text for block in report.document.blocks}
    for flag in report.flags:
        kind = flag_kind(flag.flag)
        colour = _COLOURS[kind.family]
        words = Text(" ".join(texts[flag.block][flag.start : flag.end].splitlines()))
        for evidence in flag.evidence:
            words.stylize("bold underline", max(evidence.start - flag.start, 0), max(evidence.end - flag.start, 0))
        sure = "your team's list" if flag.origin == "list" else f"{flag.confidence:.0%}"
        console.print(Text(f"{kind.title}", style=f"bold {colour}") + Text(f"  {sure}", style="dim"))
        console.print(Text("  ") + words)
        if flag.listed:
            console.print(Text(f"  From your team's list: {flag.listed.reason}"))
            console.print(Text(f"  Note: {flag.listed.note}", style="dim") if flag.listed.note else "", end="")
        console.print(Text(f"  {kind.reason}", style="dim"))
        if flag.source:
            console.print(Text(f"  {SOURCE_TOLD[flag.source]}", style="dim"))
        console.print(Text(f"  Check: {kind.checks[0]}\n", style="dim"))
    if report.state_reason:
        console.print(f"{report.state}: {report.state_reason}", style="bold")
    if not report.flags and report.state != "not-checked":
        console.print(NOTHING_FLAGGED)
    if report.flags:
        counted = ", ".join(f"{flag_kind(name).title} {count}" for name, count in report.counts.items())
        console.print(f"{len(report.flags)} flags in {report.sentences} sentences: {counted}")
