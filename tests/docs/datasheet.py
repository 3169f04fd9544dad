"""The counted part of classifier/data/DATASHEET.md, put between two marks; all else there is written by hand."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from classifier.label_checks import LabelCheck
from classifier.labels import WHYS, LabelledPage, read_pages, sentences_of
from classifier.taxonomy import flag_ids

BEGIN = "<!-- begin of the counts: written by 'make docs', not by hand -->"
END = "<!-- end of the counts -->"
SEEDS = "seeds/"


def datasheet(text: str, *, agreement: Path) -> str:
    """The datasheet with its counts made anew. ``agreement`` may name a file that is not there."""
    if text.count(BEGIN) != 1 or text.count(END) != 1:
        raise ValueError(f"The datasheet must hold the lines {BEGIN!r} and {END!r} once each.")
    before, rest = text.split(BEGIN)
    _, after = rest.split(END)
    counted = "\n".join([*_counts(read_pages()), *_agreement(agreement)])
    return f"{before}{BEGIN}\n\n{counted}\n{END}{after}"


def _counts(pages: Sequence[LabelledPage]) -> Iterator[str]:
    counts = LabelCheck(pages=list(pages)).counts
    rows = sentences_of(pages)
    contested = sum(bool(row.contested) for _, row in rows)
    founding = sum(page.source.startswith(SEEDS) for page, _ in rows)
    share = round(100 * counts.flagged / max(counts.sentences, 1))
    yield from _table(
        ("what", "how many"),
        [
            ("page files (the unit of every split)", len({page.source for page in pages})),
            ("pages", counts.pages),
            ("topics", counts.topics),
            ("registers", len(counts.by_register)),
            ("sentences", counts.sentences),
            ("of them in the five founding texts", founding),
            (f"sentences with a flag ({share} %)", counts.flagged),
            ("sentences with a contested flag", contested),
            ("contrast pairs", counts.pairs),
        ],
    )
    yield "Sentences by flag. A sentence with two flags counts twice.\n"
    flags = [(f"`{flag}`", counts.by_flag[flag], counts.near_misses[flag]) for flag in flag_ids()]
    yield from _table(("flag", "sentences", "near misses"), flags)
    yield "Near misses by reason:\n"
    whys = Counter(why for _, row in rows for _, why in row.near_misses)
    yield from _table(("reason", "near misses"), [(f"`{why}`", whys[why]) for why in sorted(WHYS, key=_most(whys))])
    yield "Sentences by register:\n"
    pages_of = Counter(page.register for page in pages)
    registers = sorted(counts.by_register, key=_most(counts.by_register))
    table = [(f"`{name}`", counts.by_register[name], pages_of[name]) for name in registers]
    yield from _table(("register", "sentences", "pages"), table)


def _most(counts: Mapping[str, int]) -> Callable[[str], tuple[int, str]]:
    """A sort key: the most frequent first, equals by name."""
    return lambda name: (-counts[name], name)


def _agreement(path: Path) -> Iterator[str]:
    if not path.exists():
        return
    readings = json.loads(path.read_text("utf-8"))
    counts = [reading["sentences"] for reading in readings]
    yield "### Agreement\n"
    yield (
        f"{sum(counts):,} sentences were labelled a second time, blind, in {len(counts)} readings."
        " Agreement per flag is Cohen's kappa (Cohen 1960): 1 is full agreement, 0 is what chance would give."
        " All readings were"
        " made by language models of one family with one guideline, so they show that the guideline is read"
        " alike, not that a label is right.\n"
    )
    rows = [
        (f"`{flag}`", *(f"{reading['kappa'][flag]:.2f}" for reading in readings))
        for flag in _in_order(readings[0]["kappa"])
    ]
    yield from _table(("flag", *(f"kappa, {count:,} sentences" for count in counts)), rows)


def _in_order(flags: Iterable[str]) -> list[str]:
    """Flags in the order of the taxonomy; other figures, such as that of any flag, before them."""
    order = {flag: place for place, flag in enumerate(flag_ids())}
    return sorted(flags, key=lambda flag: order.get(flag, -1))


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield "|---" + "|--:" * (len(head) - 1) + "|"
    for row in rows:
        yield f"| {' | '.join(f'{cell:,}' if isinstance(cell, int) else str(cell) for cell in row)} |"
    yield ""
