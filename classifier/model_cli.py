"""``pinch model``: which models are here, which is in use, what a new one changes, and the way back."""

from __future__ import annotations

import getpass
import json
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from classifier.comparison import compare_models
from classifier.errors import ModelError
from classifier.gate import GateResult, compare, judge
from classifier.gate_page import HOW, as_page, read_gate, write_gate
from classifier.gate_page import as_data as gate_data
from classifier.model import read_manifest
from classifier.model_table import Entry, as_data, entries
from classifier.promotions import SHIPPED, Promotion, read_history
from classifier.registry import Registry
from classifier.telling import format_option, said_plainly

RESCORE = "A running server takes it within seconds. Posts that wait keep their scores until 'pinch posts rescore'."
MOST_TOLD = 3
# Nobody knows whether a model learned from pages that are given.
ON_OTHERS = "Measured on the pages that were given, read by both models as they are."
DIFFERENCES = ("Nothing got worse by more than its interval.", "This got worse by more than its interval:")


@click.group()
def model() -> None:
    """Models side by side: list, add, compare, promote, roll back."""


@model.command("list")
@format_option
def list_models(format_: str) -> None:
    """The shipped model, the candidates, and which is in use since when."""
    registry = Registry()
    with said_plainly():
        if format_ == "json":
            click.echo(json.dumps(as_data(registry), ensure_ascii=False, indent=2))
            return
        table = Table("model", "learned from", "gate", "state")
        for entry in entries(registry):
            table.add_row(*_row(entry))
        console = Console(width=max(Console().width, 120))
        console.print(table)
        found = registry.promotion()
    if found:
        console.print(f"In use: {found.name}, since {found.at}, by {found.by}: {found.why}", markup=False)
    for line in read_history(registry.folder):
        console.print(
            f"{line.get('at')}  {line.get('from')} → {line.get('to')}, by {line.get('by')}: {line.get('why')}",
            markup=False,
        )


def _row(entry: Entry) -> tuple[str, str, str, str]:
    gate = "–" if entry.gate is None else ("passed" if entry.gate["passed"] else "refused")
    state = "in use" if entry.is_current else ("before" if entry.is_before else "")
    version = (entry.manifest or {}).get("version")
    name = f"{SHIPPED} ({version})" if entry.name == SHIPPED and version else entry.name
    return name, entry.learned_from, gate, "; ".join(filter(None, (state, entry.problem)))


@model.command()
@click.argument("folder", type=click.Path(path_type=Path))
def add(folder: Path) -> None:
    """Take the trained bundle in FOLDER in as a candidate, verified, and print its name.

    Only one from people whom you trust: loading a model can run code of whoever made it.
    """
    with said_plainly():
        name = Registry().add(folder)
    click.echo(name)


@model.command()
@click.argument("version")
def gate(version: str) -> None:
    """Compare VERSION with the model in use, and keep what was found beside it.

    Exit code 0: it passed. 1: it is worse in something. 2: an error.
    """
    with said_plainly():
        registry = Registry()
        result = _ask_gate(registry, registry.find(version))
    click.echo(as_page(result))
    if not result.passed:
        raise SystemExit(1)


def _ask_gate(registry: Registry, name: str) -> GateResult:
    current = registry.current()
    with Console(stderr=True).status("Comparing on sentences that neither model had seen"):
        result = compare(registry.folder_of(name), current)
    write_gate(result, registry.folder_of(name), against=read_manifest(current)["digest"])
    return result


@model.command()
@click.argument("version")
@click.option("--why", default="", help="The reason, for the log.")
@click.option("--without-gate", metavar="REASON", help="Promote it though the gate did not pass; the log keeps why.")
def promote(version: str, why: str, without_gate: str | None) -> None:
    """Put VERSION into use, once it passed the gate; 'shipped' goes back to the shipped model.

    The gate compares it with the model in use, unless it did so before.
    """
    with said_plainly():
        if without_gate is not None and not without_gate.strip():
            raise ModelError("A promotion without the gate wants a reason.", hint="--without-gate 'why'")
        registry = Registry()
        name = version if version == SHIPPED else registry.find(version)
        in_use = None if name == SHIPPED else registry.current_name()
        if name != SHIPPED and without_gate is None:
            _want_gate(registry, name)
        told = [why.strip(), f"without the gate: {without_gate.strip()}" if without_gate else ""]
        found = registry.promote(name, by=_who(), why="; ".join(filter(None, told)) or "promoted", instead_of=in_use)
    _tell(found)


def _want_gate(registry: Registry, name: str) -> None:
    """Raises :class:`ModelError` unless the gate passed the model against the one in use."""
    folder, against = registry.folder_of(name), read_manifest(registry.current())["digest"]
    said = read_gate(folder)
    if said is None or said["against"] != against:
        _ask_gate(registry, name)
        said = read_gate(folder)
    if said is None or not said["passed"]:
        reasons = list((said or {}).get("reasons", ()))
        rest = f"; and {len(reasons) - MOST_TOLD} more" if len(reasons) > MOST_TOLD else ""
        raise ModelError(
            f"The gate refuses {name}: {'; '.join(reasons[:MOST_TOLD])}{rest}.",
            hint=f"{folder / 'gate.md'} tells more. --without-gate REASON promotes it all the same.",
        )


@model.command()
@click.option("--why", default="rollback", show_default=True, help="The reason, for the log.")
def rollback(why: str) -> None:
    """Put the model into use that was in use before; once more, the one before that."""
    with said_plainly():
        found = Registry().rollback(by=_who(), why=why)
    _tell(found)


def _tell(found: Promotion) -> None:
    click.echo(f"In use: {found.name}")
    click.echo(RESCORE, err=True)


@model.command()
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@click.option("--pages", type=click.Path(path_type=Path, exists=True), help="Compare on these labelled pages.")
@format_option
def diff(before: str, after: str, pages: Path | None, format_: str) -> None:
    """What changes from model A to model B: figures per flag, thresholds, sentences whose verdict changes.

    A and B are names from 'pinch model list', 'shipped' or 'current'. Without --pages they are compared on sentences
    that neither had seen.
    """
    with said_plainly():
        registry = Registry()
        folders = [registry.folder_of(name) for name in (before, after)]
        thresholds = [_thresholds(folder) for folder in folders]
        with Console(stderr=True).status("Comparing"):
            result = judge(compare_models(folders[0], folders[1], pages))
    _print_diff(result, thresholds, format_, how=HOW if pages is None else ON_OTHERS)


def _thresholds(folder: Path) -> dict[str, float]:
    manifest = read_manifest(folder)
    return dict(zip(manifest["flags"], manifest["thresholds"]["balanced"], strict=True))


def _print_diff(result: GateResult, thresholds: list[dict[str, float]], format_: str, *, how: str) -> None:
    if format_ == "json":
        said = {**gate_data(result), "thresholds": {"before": thresholds[0], "after": thresholds[1]}}
        click.echo(json.dumps({**said, "passed": result.passed, "reasons": list(result.reasons)}, ensure_ascii=False))
        return
    click.echo(as_page(result, how=how, verdicts=DIFFERENCES))
    click.echo("## Thresholds (balanced)\n\n| flag | before | now |\n|---|--:|--:|")
    for flag, value in thresholds[0].items():
        click.echo(f"| {flag} | {value:.3f} | {thresholds[1][flag]:.3f} |")


@model.command()
@click.argument("version")
def remove(version: str) -> None:
    """Delete VERSION, which must be neither in use nor the one that a rollback would go back to."""
    with said_plainly():
        click.echo(f"Removed {Registry().remove(version)}.")


def _who() -> str:
    """The system's name of whoever runs the command; in a container there may be none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return "unknown"
