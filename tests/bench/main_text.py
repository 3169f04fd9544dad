"""How much of the main text of tests/pages is found: ``python -m tests.bench.main_text``.

Measured as in the public benchmark of article extraction: each page's runs of four words (with their number) against
those of its main text; precision, recall and F1 are averaged over pages. Half of the pages were looked at while the
rules were made (those whose name's SHA-256 begins with 0 to 7), the other half was not.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from classifier.reading import read_html

PAGES = Path(__file__).parents[1] / "pages"
RUN = 4
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Score:
    """How well one page was read."""

    name: str
    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean."""
        return 2 * self.precision * self.recall / max(1e-9, self.precision + self.recall)

    @property
    def is_seen(self) -> bool:
        """Whether the page was looked at while the rules were made."""
        return hashlib.sha256(self.name.encode()).hexdigest()[0] in "01234567"


def runs(texts: Iterable[str]) -> Counter[tuple[str, ...]]:
    """The runs of four words; of a shorter text all of it."""
    words = _WORD.findall(" ".join(texts))
    return Counter(tuple(words[i : i + RUN]) for i in range(max(1, len(words) - RUN + 1)))


def score(name: str, texts: Iterable[str], gold: Iterable[str]) -> Score:
    """Compare what was read with what should be."""
    found, wanted = runs(texts), runs(gold)
    common = (found & wanted).total()
    return Score(name, common / max(1, found.total()), common / max(1, wanted.total()))


def gold_blocks(page: Path) -> list[dict[str, str]]:
    """The main text of a page as its author marked it."""
    blocks: list[dict[str, str]] = json.loads(page.with_suffix(".json").read_text("utf-8"))["blocks"]
    return blocks


def scores() -> Iterator[Score]:
    """One score for each page."""
    for page in sorted(PAGES.glob("*.html")):
        read = [block.text for block in read_html(page.read_text("utf-8")).blocks]
        yield score(page.stem, read, [block["text"] for block in gold_blocks(page)])


def main() -> None:
    """Print the figures; ``-v`` prints those of each seen page."""
    found = list(scores())
    for one in found:
        if "-v" in sys.argv and one.is_seen:
            print(f"{one.name:40} precision {one.precision:.3f}  recall {one.recall:.3f}  F1 {one.f1:.3f}")
    halves = {"seen": [s for s in found if s.is_seen], "unseen": [s for s in found if not s.is_seen], "all": found}
    for name, half in halves.items():
        if half:
            precision, recall = fmean(one.precision for one in half), fmean(one.recall for one in half)
            f1 = fmean(one.f1 for one in half)
            print(f"{name:7} {len(half):3} pages  precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}")


if __name__ == "__main__":
    main()
