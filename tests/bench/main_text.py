"""How well the main text of a page is found, measured on the pages of tests/pages: ``python -m tests.bench.main_text``.

The measure is that of the public article-extraction benchmark (github.com/scrapinghub/article-extraction-benchmark):
shingles of four words, counted as a multiset; precision and recall are means over the pages, F1 is made of these two.
``--pages`` tells every page as well. Pages whose name hashes to 0-7 may be looked at while reading is built ("seen");
the others show whether it carries over.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import trafilatura
from bs4 import BeautifulSoup

from classifier.reading import read_html

PAGES = Path(__file__).parent.parent / "pages"
SHINGLE = 4
_WORD = re.compile(r"\w+")
# Nobody sees these inside words, and readers differ in whether they keep them.
_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")
Shingles = Counter[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class GoldBlock:
    """A block that a careful reader would keep."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the corpus with its gold."""

    name: str
    html: str
    title: str
    blocks: tuple[GoldBlock, ...]

    @property
    def is_seen(self) -> bool:
        """Whether the page may be looked at while reading is built."""
        return sha256(self.name.encode()).hexdigest()[0] in "01234567"


@dataclass(frozen=True, slots=True)
class Score:
    """Precision and recall of one page's shingles."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def read_corpus() -> list[Page]:
    """All pages, by name."""
    pages = []
    for path in sorted(PAGES.glob("*.html")):
        gold = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        blocks = tuple(GoldBlock(block["kind"], block["text"]) for block in gold["blocks"])
        pages.append(Page(path.stem, path.read_text(encoding="utf-8"), gold["title"], blocks))
    return pages


def shingles(text: str) -> Shingles:
    """Every run of four words; a shorter text is one run."""
    words = _words(text)
    return Counter(tuple(words[i : i + SHINGLE]) for i in range(max(1, len(words) - SHINGLE + 1)) if words)


def score(gold: str, found: str) -> Score:
    """How the text that was found compares with the gold."""
    wanted, given = shingles(gold), shingles(found)
    common = (wanted & given).total()
    return Score(common / given.total() if given else 0.0, common / wanted.total() if wanted else 1.0)


def mean(scores: Sequence[Score]) -> Score:
    """Precision and recall averaged over pages."""
    return Score(statistics.mean(s.precision for s in scores), statistics.mean(s.recall for s in scores))


def by_pinch(page: Page) -> str:
    """The reading that Pinch uses."""
    return "\n".join(block.text for block in read_html(page.html).blocks)


def by_trafilatura(page: Page, **options: bool) -> str:
    """Trafilatura, which puts the headline into the metadata: it is set before the text where the text lacks it."""
    text = trafilatura.extract(page.html, include_comments=True, include_tables=True, **options) or ""
    found = trafilatura.extract_metadata(page.html)
    title = (found.title if found else None) or ""
    return text if title in text else f"{title}\n{text}"


def by_soup(page: Page) -> str:
    """All text of the body, scripts and styles left out."""
    soup = BeautifulSoup(page.html, "html.parser")
    for tag in soup(["script", "style", "noscript", "template", "title"]):
        tag.decompose()
    return soup.get_text("\n")


READERS: dict[str, Callable[[Page], str]] = {
    "pinch": by_pinch,
    "trafilatura": by_trafilatura,
    "trafilatura, favor_recall": lambda page: by_trafilatura(page, favor_recall=True),
    "trafilatura, favor_precision": lambda page: by_trafilatura(page, favor_precision=True),
    "BeautifulSoup get_text": by_soup,
}


def lost_blocks(pages: Sequence[Page]) -> Counter[tuple[str, str]]:
    """Gold blocks that Pinch's reading has not got whole, as (kind, page)."""
    lost: Counter[tuple[str, str]] = Counter()
    for page in pages:
        found = f" {' '.join(_words(by_pinch(page)))} "
        for block in page.blocks:
            words = " ".join(_words(block.text))
            lost[block.kind, page.name] += f" {words} " not in found
    return +lost


def lines(is_by_page: bool) -> Iterator[str]:
    """The report, line by line."""
    pages = read_corpus()
    scores = {name: [score(_gold_text(page), reader(page)) for page in pages] for name, reader in READERS.items()}
    for half, chosen in (("all", [True] * len(pages)), ("seen", [p.is_seen for p in pages])):
        yield from _table(half, scores, chosen)
        if half == "seen":
            yield from _table("unseen", scores, [not is_chosen for is_chosen in chosen])
    if is_by_page:
        yield f"{'page':28} half    precision recall     F1 | F1 of {', '.join(list(READERS)[1:])}"
        for number, page in enumerate(pages):
            own, *others = (scores[name][number] for name in READERS)
            half = "seen" if page.is_seen else "unseen"
            rest = " ".join(f"{other.f1:.3f}" for other in others)
            yield f"{page.name:28} {half:7} {own.precision:9.3f} {own.recall:6.3f} {own.f1:6.3f} | {rest}"
    yield from _lost_lines(pages)


def _words(text: str) -> list[str]:
    return _WORD.findall(_UNSEEN.sub("", text))


def _gold_text(page: Page) -> str:
    return "\n".join(block.text for block in page.blocks)


def _table(half: str, scores: dict[str, list[Score]], chosen: Sequence[bool]) -> Iterator[str]:
    yield f"{half}: {sum(chosen)} pages{'':16} precision recall     F1"
    for name, all_scores in scores.items():
        average = mean([score for score, is_chosen in zip(all_scores, chosen, strict=True) if is_chosen])
        yield f"  {name:30} {average.precision:9.3f} {average.recall:6.3f} {average.f1:6.3f}"


def _lost_lines(pages: Sequence[Page]) -> Iterator[str]:
    lost, total = lost_blocks(pages), Counter(block.kind for page in pages for block in page.blocks)
    yield "gold blocks that Pinch's reading has not got whole, by kind"
    for kind, count in total.most_common():
        where = {page: n for (lost_kind, page), n in lost.items() if lost_kind == kind}
        told = ", ".join(f"{page} {n}" for page, n in sorted(where.items(), key=lambda item: -item[1])[:6])
        yield f"  {kind:10} {sum(where.values()):4} of {count:4}  {told}"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", action="store_true", help="tell every page as well")
    for line in lines(parser.parse_args().pages):
        print(line, flush=True)


if __name__ == "__main__":
    main()
