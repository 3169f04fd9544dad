"""``pinch evaluate``: how good the model is, on given labels or by cross-validation on its own."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import click
import numpy as np
from rich.console import Console
from rich.table import Table

from classifier.calibration import choose_thresholds, fit_any, fit_calibration, fit_quotes
from classifier.contrasts import contrasts
from classifier.detector import load, quotes_and_references, without_references
from classifier.document import SETTINGS, Setting
from classifier.errors import LabelError
from classifier.evaluation import Evaluation, Judged
from classifier.evaluation import evaluate as evaluate_judged
from classifier.evaluation_report import COLUMNS, as_json, as_markdown, as_rows, write_plots
from classifier.first_stage import fit_linear
from classifier.label_rows import read_jsonl
from classifier.labels import PAGES, LabelledPage, read_pages
from classifier.model import FlagModel, calibrate, load_bundle, read_manifest
from classifier.model_card import card_lines, errors_by_register
from classifier.registry import in_use
from classifier.telling import format_option, said_plainly
from classifier.training import fit_second, out_of_fold_scores
from classifier.training_set import TrainingSet
from classifier.views import page_bounds


@click.command()
@click.argument("labels", required=False, type=click.Path(path_type=Path, exists=True))
@click.option(
    "--cross-validate", type=click.Choice(["page", "topic"]), help="Measure on the project's own labels, split by this."
)
@click.option(
    "--hold-out",
    metavar="PREFIX",
    help="Train without the page files whose path begins so, one at a time, and measure on them.",
)
@click.option("--setting", type=click.Choice(SETTINGS), default="balanced", show_default=True, help="Whose thresholds.")
@click.option("--report", type=click.Path(path_type=Path), help="Write a model card with plots into this folder.")
@format_option
@click.option(
    "--model", type=click.Path(path_type=Path), help="Folder of a trained bundle, in place of the model in use."
)
def evaluate(
    labels: Path | None,
    cross_validate: str | None,
    hold_out: str | None,
    setting: str,
    report: Path | None,
    format_: str,
    model: Path | None,
) -> None:
    """Measure precision, recall, F1, AUROC and calibration on LABELS (.jsonl rows, or page files)."""
    chosen = cast(Setting, setting)
    console = Console(stderr=True)
    with said_plainly():
        if sum(option is not None for option in (labels, cross_validate, hold_out)) != 1:
            raise LabelError("Give either LABELS, --cross-validate or --hold-out.", hint="See 'pinch evaluate --help'.")
        folder = in_use(model)
        with console.status("Measuring"):
            if labels is not None:
                title, (judged, pages) = f"Evaluation on {labels.name}", _judge_labels(labels, folder, chosen)
            elif cross_validate is not None:
                title, (judged, pages) = (
                    f"Cross-validation split by {cross_validate}",
                    cross_validated(cross_validate, chosen),
                )
            else:
                title = f"Pages '{hold_out}' held out of training"
                judged, pages = _held_out(cast(str, hold_out), folder, chosen)
            measured = evaluate_judged(judged)
        manifest = read_manifest(folder) if report is not None else {}
    _tell(measured, pages, _shares(pages, judged), title, chosen, report, format_, manifest)


_Measured = tuple[Judged, Sequence[LabelledPage]]


def _shares(pages: Sequence[LabelledPage], judged: Judged) -> list[str]:
    """Pairs, sober pages and denied hype words, where the labels tell them (page files do, rows do not)."""
    return [str(share) for share in contrasts(pages, judged.raised) if share.cases] if pages else []


def _write_card(
    measured: Evaluation,
    pages: Sequence[LabelledPage],
    shares: Sequence[str],
    title: str,
    how: str,
    report: Path,
    manifest: dict[str, Any],
) -> None:
    registers = errors_by_register(pages, measured.judged)
    plots = write_plots(measured, report, registers)
    lines = card_lines(manifest, how, shares, registers)
    if not plots:
        lines.append("Plots want matplotlib ('make setup' brings it).")
    report.mkdir(parents=True, exist_ok=True)
    (report / "report.md").write_text(as_markdown(measured, title="Model card", about=lines, plots=plots), "utf-8")


def _tell(
    measured: Evaluation,
    pages: Sequence[LabelledPage],
    shares: Sequence[str],
    title: str,
    setting: Setting,
    report: Path | None,
    format_: str,
    manifest: dict[str, Any],
) -> None:
    if report is not None:
        _write_card(measured, pages, shares, title, f"{title}, setting *{setting}*.", report, manifest)
    if format_ == "json":
        click.echo(json.dumps({**as_json(measured), "shares": list(shares)}, indent=2))
        return
    table = Table(*COLUMNS, title=f"{title} ({setting})")
    for row in as_rows(measured):
        table.add_row(*row)
    console = Console(width=max(Console().width, 170))
    console.print(table)
    macro = "–" if measured.macro_f1 is None else f"{measured.macro_f1:.3f}"
    for share in shares:
        console.print(share)
    console.print(
        f"{measured.sentences} sentences, {measured.pages} pages; macro F1 over {measured.macro_flags} flags: {macro}"
    )


def read_labels(path: Path) -> list[LabelledPage]:
    """Pages of a JSONL file, a page file or a folder of page files."""
    return read_jsonl(path) if path.suffix == ".jsonl" else read_pages(path)


def _judge_labels(path: Path, folder: Path, setting: Setting) -> _Measured:
    detector = load(folder)
    model, _ = load_bundle(folder)
    pages = read_labels(path)
    data = TrainingSet.of(pages)
    confidences = detector.confidences(data.views)
    judged = Judged(confidences, model.thresholds[setting], data.y, data.known, data.groups, model.any_weights)
    return judged, pages


def cross_validated(split: str, setting: Setting) -> _Measured:
    """The project's own labels, each sentence judged by a model that never saw its page file (or its topic)."""
    pages = read_pages()
    data = TrainingSet.of(pages)
    if split == "topic":
        topics = np.array([page.source.split("/")[0] for page in pages for _ in page.sentences])
        data = TrainingSet(data.views, data.alone, data.y, data.known, topics)
    _, scores = fit_second(data, out_of_fold_scores(data))
    _, confidences = fit_quotes(data, calibrate(scores, fit_calibration(scores, data.y, data.known)))
    confidences = without_references(data.views, confidences)
    weights = fit_any(confidences, data.y, data.known)
    thresholds = choose_thresholds(confidences, data.y, data.known, weights, setting=setting)
    return Judged(confidences, thresholds, data.y, data.known, data.groups, weights), pages


def _held_out(prefix: str, folder: Path, setting: Setting) -> _Measured:
    """Each page file that begins with the prefix is measured by a model trained on all others."""
    model, _ = load_bundle(folder)
    pages = read_pages(PAGES)
    held = sorted({page.source for page in pages if page.source.startswith(prefix)})
    if not held:
        raise LabelError("No page file's path begins so.", hint="Paths look like seeds/microdosing-stack.page.")
    data = TrainingSet.of(pages)
    rows, confidences = _judge_each(data, held, model)
    part = data.take(rows)
    judged = Judged(confidences, model.thresholds[setting], part.y, part.known, part.groups, model.any_weights)
    return judged, [page for page in pages if page.source in held]


def _judge_each(data: TrainingSet, held: Sequence[str], model: FlagModel) -> tuple[np.ndarray, np.ndarray]:
    """Rows and confidences; the first stage learns anew for each, second stage and calibration are the model's own."""
    rows, confidences = [], []
    for group in held:
        test = np.flatnonzero(data.groups == group)
        linear = fit_linear(data.take(np.flatnonzero(data.groups != group)))
        views = [data.views[i] for i in test]
        anew = replace(model, features=linear.features, weights=linear.weights, intercepts=linear.intercepts)
        found = anew.confidences(anew.matrix(views), page_bounds(views))
        confidences.append(quotes_and_references(views, found, model.quotes))
        rows.append(test)
    return np.concatenate(rows), np.vstack(confidences)
