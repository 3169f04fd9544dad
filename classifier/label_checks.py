"""What ``pinch labels check`` refuses: contradictions, near duplicates and templated writing.

Levels, chosen so that honest writing passes and frames do not:

- near duplicate: Jaccard similarity of word-trigram sets >= 0.55 (Broder 1997), contrast twins of one pair excepted;
- template: a run of six words that stands in more than six sentences and in more than one of 4,500 (twins of a pair
  count once; a large set by many hands says ordinary things more than six times), or more than 6 % of the sentences
  holding a run of five words that four or more sentences share.
"""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from classifier.errors import LabelError
from classifier.labels import PAGES, LabelledPage, LabelledSentence, parse_pages, sentences_of
from classifier.taxonomy import flag_ids

DUPLICATE_JACCARD = 0.55
DUPLICATE_MIN_WORDS = 6
TEMPLATE_RUN, TEMPLATE_SENTENCES, TEMPLATE_RARITY = 6, 6, 4500
REUSE_RUN, REUSE_SENTENCES, REUSE_SHARE = 5, 4, 0.06

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")


@dataclass(frozen=True, slots=True)
class LabelCounts:
    """How much there is of what."""

    pages: int
    sentences: int
    flagged: int
    pairs: int
    by_flag: dict[str, int]
    near_misses: dict[str, int]
    by_register: dict[str, int]
    topics: int


@dataclass
class LabelCheck:
    """All complaints about a set of page files, worst first, and what was counted."""

    problems: list[str] = field(default_factory=list)
    pages: list[LabelledPage] = field(default_factory=list)

    @property
    def counts(self) -> LabelCounts:
        """Totals over all pages that could be read."""
        rows = [sentence for _, sentence in sentences_of(self.pages)]
        return LabelCounts(
            pages=len(self.pages),
            sentences=len(rows),
            flagged=sum(bool(row.flags) for row in rows),
            pairs=len({(page.source, row.pair) for page, row in sentences_of(self.pages) if row.pair}),
            by_flag=_in_order(Counter(flag for row in rows for flag in row.flags)),
            near_misses=_in_order(Counter(flag for row in rows for flag, _ in row.near_misses)),
            by_register=dict(Counter(page.register for page, _ in sentences_of(self.pages)).most_common()),
            topics=len({page.topic for page in self.pages}),
        )


def _in_order(counts: Counter[str]) -> dict[str, int]:
    return {flag: counts[flag] for flag in flag_ids()}


def check_labels(path: Path = PAGES, *, against: Sequence[LabelledPage] = ()) -> LabelCheck:
    """Read every page file below ``path`` and say all that is wrong with it.

    ``against`` are pages that the labels must not resemble (an evaluation set).
    """
    check = LabelCheck()
    files = sorted(path.rglob("*.page")) if path.is_dir() else [path]
    root = path if path.is_dir() else path.parent
    for file in files:
        try:
            check.pages += parse_pages(file.read_text("utf-8"), file.relative_to(root).as_posix())
        except (LabelError, UnicodeDecodeError) as error:
            check.problems.append(f"{error}" if isinstance(error, LabelError) else f"{file.name}: is not UTF-8.")
    check.problems += [*_repeated_ids(check.pages), *_bad_pairs(check.pages)]
    check.problems += [*_near_duplicates(check.pages, against), *_templates(check.pages)]
    return check


def _repeated_ids(pages: Iterable[LabelledPage]) -> Iterable[str]:
    seen: dict[str, str] = {}
    for page in pages:
        if page.id in seen:
            yield f"{page.source}: page id {page.id} stands in {seen[page.id]} too."
        seen[page.id] = page.source


def _bad_pairs(pages: Iterable[LabelledPage]) -> Iterable[str]:
    pairs: dict[tuple[str, str], list[LabelledSentence]] = defaultdict(list)
    for page, row in sentences_of(pages):
        if row.pair:
            pairs[page.source, row.pair].append(row)
    for (source, pair), rows in pairs.items():
        where = f"{source}:{rows[0].line}: pair <{pair}>"
        if len(rows) != 2:
            yield f"{where} stands on {len(rows)} line(s); it wants exactly two."
            continue
        first, second = rows
        if first.flags == second.flags:
            yield f"{where}: both twins carry the same flags, so they contrast nothing."
        elif len(_words(first) & _words(second)) < 2 and min(len(_words(first)), len(_words(second))) > 2:
            yield f"{where}: the twins share hardly a word; a twin is the smallest edit."


def _words(row: LabelledSentence) -> set[str]:
    return set(tokens(row.sentence.text))


def tokens(text: str) -> list[str]:
    """Lower-case words of a sentence."""
    return _WORD.findall(text.lower())


def _runs(words: Sequence[str], length: int) -> set[tuple[str, ...]]:
    return {tuple(words[i : i + length]) for i in range(len(words) - length + 1)}


def _near_duplicates(pages: Sequence[LabelledPage], against: Sequence[LabelledPage]) -> Iterable[str]:
    """Pairs of sentences that are nearly the same, by an inverted index over word trigrams."""
    index: dict[tuple[str, ...], list[int]] = defaultdict(list)
    seen: list[tuple[str, str, str | None, set[tuple[str, ...]]]] = []
    ours = len(list(sentences_of(against)))
    for page, row in [*sentences_of(against), *sentences_of(pages)]:
        words = tokens(row.sentence.text)
        shingles = _runs(words, 3)
        shared: Counter[int] = Counter()
        if len(words) >= DUPLICATE_MIN_WORDS:
            for shingle in shingles:
                shared.update(index[shingle])
                index[shingle].append(len(seen))
        for other, common in shared.items():
            source, line, pair, others = seen[other]
            is_twin = row.pair is not None and (source, pair) == (page.source, row.pair)
            if len(seen) >= ours and not is_twin and common >= DUPLICATE_JACCARD * len(shingles | others):
                yield f"{page.source}:{row.line}: nearly the same as {source}:{line}."
        seen.append((page.source, str(row.line), row.pair, shingles))


def _templates(pages: Sequence[LabelledPage]) -> Iterable[str]:
    rows = [(page, row, tokens(row.sentence.text)) for page, row in sentences_of(pages) if page.topic != "seeds"]
    most = max(TEMPLATE_SENTENCES, len(rows) // TEMPLATE_RARITY)
    # Twins of a pair stand at one place.
    places = {
        (run, page.source, row.pair or str(row.line)) for page, row, words in rows for run in _runs(words, TEMPLATE_RUN)
    }
    six = Counter(run for run, *_ in places)
    for run, count in six.items():
        if count > most:
            yield f"the words '{' '.join(run)}' stand in {count} sentences; more than {most} is a template."
    five: Counter[tuple[str, ...]] = Counter(run for _, _, words in rows for run in _runs(words, REUSE_RUN))
    reused = sum(any(five[run] >= REUSE_SENTENCES for run in _runs(words, REUSE_RUN)) for _, _, words in rows)
    if rows and reused > REUSE_SHARE * len(rows):
        yield f"{reused} of {len(rows)} sentences hold a run of {REUSE_RUN} words that {REUSE_SENTENCES} or more share."


def main(arguments: Sequence[str]) -> int:
    """Check one folder or file from the command line; see ``pinch labels check``."""
    check = check_labels(Path(arguments[0]) if arguments else PAGES)
    counts = check.counts
    for problem in check.problems:
        print(problem)
    print(f"{counts.pages} pages, {counts.sentences} sentences, {counts.flagged} flagged, {counts.pairs} pairs")
    print("flags:", counts.by_flag)
    print("near misses:", counts.near_misses)
    print("registers:", counts.by_register)
    return 1 if check.problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
