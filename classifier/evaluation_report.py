"""An evaluation as Markdown, as JSON and as plots."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.metrics import precision_recall_curve

from classifier.evaluation import CALIBRATION_BINS, Evaluation, Scores
from classifier.model_card import RegisterErrors
from classifier.taxonomy import flag_ids

COLUMNS = (
    "flag",
    "cases",
    "raised",
    "right",
    "precision",
    "recall",
    "F1",
    "AUROC",
    "avg. precision",
    "calibration error",
)


def as_rows(evaluation: Evaluation) -> list[Sequence[str]]:
    """The table of figures, "any flag" first."""
    return [_row(scores) for scores in (evaluation.any_flag, *evaluation.flags)]


def _row(scores: Scores) -> Sequence[str]:
    figures = (
        scores.precision,
        scores.recall,
        scores.f1,
        scores.auroc,
        scores.average_precision,
        scores.calibration_error,
    )
    return (scores.name, str(scores.cases), str(scores.alarms), str(scores.found), *map(str, figures))


def as_markdown(evaluation: Evaluation, *, title: str, about: Sequence[str] = (), plots: Sequence[str] = ()) -> str:
    """A report that can stand in docs/."""
    macro = "–" if evaluation.macro_f1 is None else f"{evaluation.macro_f1:.2f}"
    lines = [
        f"# {title}",
        "",
        *about,
        f"{evaluation.sentences} sentences from {evaluation.pages} pages. Macro F1 over the"
        f" {evaluation.macro_flags} flags with at least ten"
        f" cases: **{macro}**. Figures in brackets are 95 % intervals (bootstrap over pages).",
        "",
        f"| {' | '.join(COLUMNS)} |",
        f"|{'---|' * len(COLUMNS)}",
        *(f"| {' | '.join(row)} |" for row in as_rows(evaluation)),
        "",
        *(f"![{Path(plot).stem}]({plot})\n" for plot in plots),
    ]
    return "\n".join(lines) + "\n"


def as_json(evaluation: Evaluation) -> dict[str, Any]:
    """All figures, for programs."""
    return {
        "sentences": evaluation.sentences,
        "pages": evaluation.pages,
        "macro_f1": evaluation.macro_f1,
        "macro_flags": evaluation.macro_flags,
        "any_flag": asdict(evaluation.any_flag),
        "flags": [asdict(scores) for scores in evaluation.flags],
    }


def write_plots(evaluation: Evaluation, folder: Path, registers: Sequence[RegisterErrors] = ()) -> list[str]:
    """Precision-recall curves, a calibration diagram and errors by register as SVG files.

    Returns their names, none where matplotlib is not installed.
    """
    try:
        matplotlib = importlib.import_module("matplotlib")
    except ModuleNotFoundError:
        return []
    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "pinch"
    pyplot = importlib.import_module("matplotlib.pyplot")
    folder.mkdir(parents=True, exist_ok=True)
    plots = [_plot_curves(evaluation, folder, pyplot), _plot_calibration(evaluation, folder, pyplot)]
    return [*plots, _plot_registers(registers, folder, pyplot)] if registers else plots


def _save(figure: Any, axes: Any, labels: tuple[str, str], path: Path, pyplot: Any) -> str:
    axes.set_xlabel(labels[0])
    axes.set_ylabel(labels[1])
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1.02)
    axes.grid(alpha=0.3)
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})
    pyplot.close(figure)
    return path.name


def _plot_curves(evaluation: Evaluation, folder: Path, pyplot: Any) -> str:
    judged = evaluation.judged
    figure, axes = pyplot.subplots(figsize=(7, 5))
    for column, flag in enumerate(flag_ids()):
        y = judged.y[judged.known[:, column], column]
        if y.sum() >= 3:
            precision, recall, _ = precision_recall_curve(y, judged.confidences[judged.known[:, column], column])
            axes.plot(recall, precision, label=f"{flag} ({int(y.sum())})", linewidth=1)
    precision, recall, _ = precision_recall_curve(judged.y.any(axis=1), judged.any_confidences)
    axes.plot(recall, precision, label="any flag", color="black", linewidth=2)
    axes.legend(fontsize=7, ncols=2)
    return _save(figure, axes, ("recall", "precision"), folder / "precision-recall.svg", pyplot)


def _plot_calibration(evaluation: Evaluation, folder: Path, pyplot: Any) -> str:
    confidence, y = evaluation.judged.any_confidences, np.asarray(evaluation.judged.y.any(axis=1))
    bins = np.minimum((confidence * CALIBRATION_BINS).astype(int), CALIBRATION_BINS - 1)
    points = [
        (confidence[bins == b].mean(), y[bins == b].mean(), (bins == b).sum())
        for b in range(CALIBRATION_BINS)
        if (bins == b).any()
    ]
    figure, axes = pyplot.subplots(figsize=(5, 5))
    axes.plot([0, 1], [0, 1], color="grey", linestyle="--", linewidth=1)
    axes.plot([x for x, _, _ in points], [share for _, share, _ in points], marker="o", color="black")
    for x, share, count in points:
        axes.annotate(str(count), (x, share), textcoords="offset points", xytext=(4, -10), fontsize=7)
    return _save(
        figure, axes, ("confidence that any flag fits", "share that carried one"), folder / "calibration.svg", pyplot
    )


def _plot_registers(registers: Sequence[RegisterErrors], folder: Path, pyplot: Any) -> str:
    """Missed sentences and false alarms as shares of a register's sentences."""
    names = [f"{one.register} ({one.sentences})" for one in registers]
    missed = [(one.cases - one.right) / max(one.sentences, 1) for one in registers]
    alarms = [(one.raised - one.right) / max(one.sentences, 1) for one in registers]
    places = np.arange(len(registers))
    figure, axes = pyplot.subplots(figsize=(7, 0.35 * len(registers) + 1.2))
    axes.barh(places - 0.2, missed, height=0.4, label="missed", color="#888888")
    axes.barh(places + 0.2, alarms, height=0.4, label="false alarms", color="black")
    axes.set_yticks(places, names, fontsize=8)
    axes.invert_yaxis()
    axes.set_xlabel("share of the register's sentences")
    axes.grid(axis="x", alpha=0.3)
    axes.legend(fontsize=8)
    figure.tight_layout()
    figure.savefig(folder / "registers.svg", metadata={"Date": None})
    pyplot.close(figure)
    return "registers.svg"
