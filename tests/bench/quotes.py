"""F1 of ``unsourced-quote`` on the measured quotations, through reading and model: ``python -m tests.bench.quotes``.

The pages that were looked at while rules were mended and those that were not (a third, chosen by hash) are told apart.
``--missed`` lists what was wrong, of the first only. Quotations in thin shapes (``tests/data/quotes_later``), written
after the others, are told apart too.
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass, field

from classifier import Detector, load
from tests.quote_set import LATER, GoldQuote, QuotePage, places_of, read_quote_pages


@dataclass
class Tally:
    """What was counted: quotations found and missed, flags that were wrong, and what was wrong by shape."""

    hits: int = 0
    misses: int = 0
    alarms: int = 0
    by_shape: Counter[str] = field(default_factory=Counter)
    wrong_by_shape: Counter[str] = field(default_factory=Counter)

    def lines(self, name: str) -> list[str]:
        """The figures for people."""
        precision = self.hits / max(self.hits + self.alarms, 1)
        recall = self.hits / max(self.hits + self.misses, 1)
        f1 = 2 * self.hits / max(2 * self.hits + self.misses + self.alarms, 1)
        total = sum(self.by_shape.values())
        shapes = ", ".join(f"{shape} {n}/{self.by_shape[shape]}" for shape, n in self.wrong_by_shape.most_common())
        return [
            f"{name:9} {total:4} quotations  F1 {f1:.3f}  precision {precision:.3f}  recall {recall:.3f}"
            f"  ({self.hits} hit, {self.misses} missed, {self.alarms} wrongly flagged)",
            f"          wrong by shape: {shapes or 'none'}",
        ]

    def add(self, other: Tally) -> Tally:
        """Both together."""
        return Tally(
            self.hits + other.hits,
            self.misses + other.misses,
            self.alarms + other.alarms,
            self.by_shape + other.by_shape,
            self.wrong_by_shape + other.wrong_by_shape,
        )


def judge(page: QuotePage, detector: Detector, tally: Tally) -> list[str]:
    """Count one page; returns a line for each quotation that was judged wrongly."""
    document = page.document()
    report = detector.analyze(document, setting="balanced")
    numbers = {block.id: number for number, block in enumerate(document.blocks)}
    flags = [(numbers[f.block], f.start, f.end) for f in report.flags if f.flag == "unsourced-quote"]
    counted: list[tuple[GoldQuote, int]] = []
    stray = set(flags)
    for quote, parts in zip(page.quotes, places_of(page, document), strict=True):
        own = [f for f in flags if any(f[0] == block and f[1] < s.end and f[2] > s.start for block, s in parts)]
        stray.difference_update(own)
        if quote.label == "P" and counted:
            # A flag on a further part of the speech stands for the whole of it, and a second one is no fault.
            counted[-1] = (counted[-1][0], max(counted[-1][1], min(len(own), 1)))
        else:
            counted.append((quote, len(own)))
    tally.alarms += len(stray)
    wrong = [f"{page.id}: flag on no known quotation" for _ in stray]
    for quote, number in counted:
        if fault := _count(quote, number, tally):
            wrong.append(f"{page.id}: {fault}, {quote.why}, {quote.shape}: {' // '.join(quote.parts)[:90]}")
    return wrong


def _count(quote: GoldQuote, flags: int, tally: Tally) -> str:
    """Count one quotation that got so many flags; returns what is wrong, or an empty text."""
    is_wanted = quote.label == "U"
    extra = max(flags - is_wanted, 0)
    tally.by_shape[quote.shape] += 1
    tally.alarms += extra
    if is_wanted:
        tally.hits += flags > 0
        tally.misses += flags == 0
    fault = "missed" if is_wanted and not flags else "wrongly flagged" if extra else ""
    if fault:
        tally.wrong_by_shape[quote.shape] += 1
    return fault


def main() -> None:
    """Measure and print."""
    detector = load()
    seen, held, later = Tally(), Tally(), Tally()
    for page in read_quote_pages():
        wrong = judge(page, detector, held if page.is_held else seen)
        if "--missed" in sys.argv and not page.is_held:
            print(*wrong, sep="\n", end="\n" if wrong else "")
    for page in read_quote_pages(LATER):
        judge(page, detector, later)
    named = (("looked at", seen), ("held out", held), ("all", seen.add(held)), ("later", later))
    print(*(line for name, tally in named for line in tally.lines(name)), sep="\n")


if __name__ == "__main__":
    main()
