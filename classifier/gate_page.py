"""What the gate said, for people and for programs: ``gate.md`` and ``gate.json`` in the candidate's folder."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from classifier.comparison import Turned
from classifier.errors import ModelError
from classifier.gate import LEAST_CASES, FlagChange, GateResult, told
from classifier.paired import Change
from classifier.promotions import draft_name

PAGE, DATA = "gate.md", "gate.json"
EXAMPLES = 3
VERDICTS = ("**Passed.** Nothing got worse by more than its interval.", "**Refused.** This got worse:")
HOW = (
    "Measured at the balanced setting on labelled sentences that neither model had seen: the project's own pages, each"
    " judged by a model that never saw its page file, and the frozen pages. Both models are measured on the same"
    " resamples of page files. A figure is worse when the whole interval of its difference lies on the wrong side of"
    " nothing; the flags' intervals are widened for their number, so that luck alone seldom refuses."
)


def write_gate(result: GateResult, folder: Path, *, against: str) -> None:
    """Write both files into a model's folder. ``against`` is the digest of the model that it was compared with.

    Raises :class:`ModelError` where the folder cannot be written to.
    """
    said = {"against": against, "passed": result.passed, "reasons": list(result.reasons), **as_data(result)}
    try:
        for name, text in ((PAGE, as_page(result)), (DATA, json.dumps(said, ensure_ascii=False, indent=2) + "\n")):
            draft = folder / draft_name()
            draft.write_text(text, "utf-8")
            draft.replace(folder / name)
    except OSError as error:
        raise ModelError(f"What the gate says cannot be kept beside the model: {error.strerror}.") from None


def read_gate(folder: Path) -> dict[str, Any] | None:
    """What the gate said of a model; None where it was not asked or its file cannot be read."""
    try:
        said = json.loads((folder / DATA).read_text("utf-8"))
        return {**said, "passed": said["passed"] is True, "against": str(said["against"])}
    except (OSError, ValueError, KeyError, TypeError):
        return None


def as_data(result: GateResult) -> dict[str, Any]:
    """All figures, for programs."""
    return {
        "before": result.names[0],
        "after": result.names[1],
        "sentences": result.sentences,
        "files": result.files,
        "flags": [
            {
                "name": flag.name,
                "cases": flag.cases,
                "raised": list(flag.raised),
                "judged": flag.is_judged,
                **{figure: asdict(change) for figure, change in flag.figures.items()},
            }
            for flag in result.flags
        ],
        "shares": [{"name": one.name, "cases": one.cases, **asdict(one.change)} for one in result.shares],
        "turned": [asdict(one) for one in result.turned],
    }


def as_page(result: GateResult, *, how: str = HOW, verdicts: tuple[str, str] = VERDICTS) -> str:
    """What changed, in plain words. ``verdicts`` say that nothing got worse, and what did, which is told below it."""
    before, after = result.names
    lines = [
        f"# {after} beside {before}",
        "",
        verdicts[0] if result.passed else verdicts[1],
        *(f"- {reason}" for reason in result.reasons),
        "",
        f"{how} {result.sentences:,} sentences of {result.files} page files.",
        "",
        "| flag | cases | raised before | raised now | precision | recall | F1 | smallest fall in F1 seen |",
        "|---|--:|--:|--:|---|---|---|--:|",
        *(_row(flag) for flag in result.flags),
        "",
        *(f"- {one.name}: {told(one.change)}, of {one.cases}." for one in result.shares),
        "",
        *_examples(result.turned),
    ]
    return "\n".join(lines).rstrip() + "\n"


def _row(flag: FlagChange) -> str:
    figures = " | ".join(told(flag.figures[name]) for name in ("precision", "recall", "F1"))
    reach = _reach(flag.figures["F1"]) if flag.is_judged else f"not judged: under {LEAST_CASES} cases"
    return f"| {flag.name} | {flag.cases} | {flag.raised[0]} | {flag.raised[1]} | {figures} | {reach} |"


def _reach(change: Change) -> str:
    """How far the interval reaches below the difference: a smaller fall may be luck, and is let pass."""
    if change.difference is None or change.high is None:
        return "too few page files"
    return f"{100 * (change.high - change.difference):.1f} points"


def _examples(turned: Sequence[Turned]) -> Iterable[str]:
    """Sentences of our own pages whose verdict changed, some for each flag and way."""
    yield "## Sentences whose verdict changed"
    yield ""
    if not turned:
        yield "None."
    for flag in dict.fromkeys(one.flag for one in turned):
        of_flag = [one for one in turned if one.flag == flag]
        for way, now in (("raised", "now raised"), ("dropped", "no longer raised")):
            found = [one for one in of_flag if one.turn == way]
            if found:
                right = sum(one.is_right for one in found)
                yield f"**{flag}, {now}**: {len(found)}, of which {right} agree with the label."
                yield ""
                yield from (f"- {_said(one)}" for one in found[:: -(-len(found) // EXAMPLES)])
                yield ""


def _said(one: Turned) -> str:
    words = " ".join(one.text.split())
    return f"“{words}” ({'agrees with the label' if one.is_right else 'against the label'}; {one.source})"
