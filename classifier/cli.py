"""The classifier's commands: check, score, train, evaluate, labels, model. The server adds its own for ``pinch``."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import IO, cast

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from classifier import telling
from classifier.batch import ScoreOptions, score_lines
from classifier.detector import load
from classifier.document import SETTINGS, Document, Setting
from classifier.errors import InputError
from classifier.evaluation_cli import evaluate
from classifier.labels_cli import labels
from classifier.model_cli import model
from classifier.output import whole_file
from classifier.reading import READERS
from classifier.reading.pdf import read_pdf
from classifier.training_cli import train

MOST_BYTES = 64 * 1024 * 1024
_SUFFIXES = {
    ".html": "html", ".htm": "html", ".xhtml": "html", ".md": "markdown", ".markdown": "markdown",
    ".bbcode": "bbcode", ".txt": "text",
}  # fmt: skip

_setting = click.option(
    "--setting", type=click.Choice(SETTINGS), default="balanced", show_default=True, help="How much to flag."
)
_min_confidence = click.option(
    "--min-confidence", type=click.FloatRange(0, 1), help="One threshold in place of the setting's."
)
_folder = click.option(
    "--model", type=click.Path(path_type=Path), help="Folder of a trained bundle, in place of the model in use."
)


@click.command()
@click.argument("file", type=click.Path(allow_dash=True, dir_okay=False))
@click.option(
    "--as",
    "kind",
    type=click.Choice([*READERS, "pdf", "auto"]),
    default="auto",
    show_default=True,
    help="How to read FILE.",
)
@telling.format_option
@click.option("--flag", "flags", multiple=True, help="Only this flag (may be given again).")
@click.option("--url", help="The page's address: tells its own links from others.")
@_setting
@_min_confidence
@_folder
def check(
    file: str,
    kind: str,
    format_: str,
    flags: tuple[str, ...],
    url: str | None,
    setting: str,
    min_confidence: float | None,
    model: Path | None,
) -> None:
    """Mark hype in FILE (or - for standard input): text, HTML, Markdown, BBCode or PDF.

    Exit code 0: nothing flagged (which is not the same as true). 1: something flagged. 2: an error.
    """
    with telling.said_plainly():
        document = _read_document(file, kind, url)
        report = load(model).analyze(
            document, setting=cast(Setting, setting), min_confidence=min_confidence, flags=flags or None
        )
    if format_ == "json":
        click.echo(telling.as_json(report))
    else:
        telling.print_report(report, Console())
    sys.exit(1 if report.flags else 0)


def _read_document(file: str, kind: str, url: str | None) -> Document:
    try:
        data = sys.stdin.buffer.read(MOST_BYTES + 1) if file == "-" else _read_bytes(Path(file))
    except FileNotFoundError:
        raise InputError(
            f"There is no file {file}.", hint="Give the path of a file, or - for standard input."
        ) from None
    except OSError as error:
        raise InputError(f"The file {file} cannot be read: {error.strerror}.") from None
    if len(data) > MOST_BYTES:
        raise InputError(f"The input is larger than {MOST_BYTES // 2**20} MB.", hint="Split it and check the parts.")
    suffix = Path(file).suffix.lower()
    if kind == "pdf" or (kind == "auto" and (suffix == ".pdf" or data.startswith(b"%PDF-"))):
        return read_pdf(data, url=url)
    text = _decode(data)
    return READERS[_SUFFIXES.get(suffix) or _sniff(text) if kind == "auto" else kind](text, url=url)


def _decode(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError("The input is not UTF-8 text.", hint="Convert it first, for example with iconv.") from None
    if "\x00" in text:
        raise InputError("The input holds NUL bytes, so it is not text.", hint="Give text, HTML, Markdown or BBCode.")
    return text


def _read_bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(MOST_BYTES + 1)


def _sniff(text: str) -> str:
    start = text[:1000].lstrip().lower()
    return (
        "html"
        if start.startswith(("<!doctype html", "<html", "<head", "<body", "<article", "<div", "<p>", "<h1"))
        else "text"
    )


@click.command()
@click.argument("source", metavar="IN", type=click.Path(allow_dash=True, dir_okay=False))
@click.argument("target", metavar="OUT", type=click.Path(allow_dash=True, dir_okay=False))
@click.option("--with-text", is_flag=True, help="Give the main text back, which offsets of html rows point into.")
@click.option("--jobs", type=click.IntRange(1), default=min(os.cpu_count() or 1, 8), help="Processes to use.")
@_setting
@_min_confidence
@_folder
def score(
    source: str, target: str, with_text: bool, jobs: int, setting: str, min_confidence: float | None, model: Path | None
) -> None:
    """Score a dump of posts: one JSON row in IN, one in OUT, in the same order."""
    options = ScoreOptions(cast(Setting, setting), min_confidence, with_text)
    with telling.said_plainly():
        load(model)
        with _open_source(source) as lines, whole_file(target) as out:
            _score(lines, out, options, model, jobs)


def _score(lines: IO[str], out: IO[str], options: ScoreOptions, model: Path | None, jobs: int) -> None:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Scoring", total=None)
        for answer in score_lines(
            lines, options, folder=model, jobs=jobs, done=lambda rows: progress.advance(task, rows)
        ):
            out.write(telling.compact(answer) + "\n")


def _open_source(path: str) -> IO[str]:
    try:
        return click.open_file(path, encoding="utf-8-sig", errors="replace")
    except FileNotFoundError:
        raise InputError(f"There is no file {path}.") from None
    except OSError as error:
        raise InputError(f"The file {path} cannot be read: {error.strerror}.") from None


COMMANDS: tuple[click.Command, ...] = (check, score, train, evaluate, labels, model)
