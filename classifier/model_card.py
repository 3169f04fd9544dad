"""The model card: what a model is, what it is for, and how good it is, written by ``pinch evaluate --report``.

After Mitchell and others, "Model Cards for Model Reporting" (2019). All figures come from the evaluation at hand, so
the card cannot go stale unnoticed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from classifier.evaluation import Judged
from classifier.labels import LabelledPage


@dataclass(frozen=True, slots=True)
class RegisterErrors:
    """Of one register: sentences, those that carry a flag, those on which one was raised, and those where both hold."""

    register: str
    sentences: int
    cases: int
    raised: int
    right: int

    @property
    def precision(self) -> float | None:
        """Share of the raised that carry a flag."""
        return self.right / self.raised if self.raised else None

    @property
    def recall(self) -> float | None:
        """Share of those with a flag that were raised."""
        return self.right / self.cases if self.cases else None


def errors_by_register(pages: Sequence[LabelledPage], judged: Judged) -> list[RegisterErrors]:
    """Any-flag errors of each register, the one with the most sentences first."""
    rows: dict[str, list[int]] = defaultdict(list)
    place = 0
    for page in pages:
        rows[page.register] += range(place, place + len(page.sentences))
        place += len(page.sentences)
    carries = np.asarray(judged.y.any(axis=1))
    raised = np.asarray((judged.raised & judged.known).any(axis=1))
    known = carries | np.asarray(judged.known.all(axis=1))
    found = []
    for register, every in rows.items():
        index = np.array([row for row in every if known[row]], dtype=int)
        both = int((carries & raised)[index].sum())
        found.append(RegisterErrors(register, len(index), int(carries[index].sum()), int(raised[index].sum()), both))
    return sorted(found, key=lambda errors: (-errors.sentences, errors.register))


def card_lines(
    manifest: dict[str, Any], how: str, shares: Sequence[str], registers: Sequence[RegisterErrors]
) -> list[str]:
    """The card's text before its table of figures."""
    return [
        *_about_model(manifest),
        "## Figures",
        "",
        how,
        "",
        *(f"- {share}" for share in shares),
        "",
        *_register_table(registers),
    ]


def _about_model(manifest: dict[str, Any]) -> list[str]:
    data = manifest.get("data", {})
    return [
        f"Model {manifest['version']}, guideline version {manifest.get('guideline', '–')}, learned from"
        f" {data.get('sentences', 0):,} labelled sentences in {data.get('sources', 0)} page files"
        " ([datasheet](../../classifier/data/DATASHEET.md)).",
        "",
        "**What it is.** For each of eleven flags a linear model over words, character runs, cues, scope, sources and"
        " quotations, weighed again by a small neural network beside the sentence's neighbours and its page"
        " ([how it decides](../how-it-decides.md)).",
        "",
        "**What it is for.** To mark wording on English health pages that asks for more trust than it has earned, for"
        " a reader who decides, or for a moderator who decides.",
        "",
        "**What it is not for.** Telling true from false; judging authors, sellers or sites; removing posts without a"
        " person; other languages; medical advice.",
        "",
        "**What to know.** The pages that it learned from are invented, by one family of writers. On other pages it is"
        " less sure than these figures say, where they are measured on pages of the same writers.",
        "",
    ]


def _register_table(registers: Sequence[RegisterErrors]) -> list[str]:
    if not registers:
        return []
    rows = [
        f"| {one.register} | {one.sentences} | {one.cases} | {one.raised} | {one.right} |"
        f" {_share(one.precision)} | {_share(one.recall)} |"
        for one in registers
    ]
    head = ["| register | sentences | with a flag | raised | right | precision | recall |", f"|---|{'--:|' * 6}"]
    return ["Any flag, by register:", "", *head, *rows, ""]


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"
