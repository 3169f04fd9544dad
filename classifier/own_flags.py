"""The flags of a team's list beside those of the model: which are added, which are taken away, which are one."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from classifier.document import Document, Evidence, Flag, Listed, Report
from classifier.flags import fingerprint, page_key, quote_of, words_of
from classifier.phrase_file import OwnPhrase
from classifier.phrases import PhraseMatch
from classifier.taxonomy import flag_ids, flag_kind
from classifier.views import SentenceView

MOST_EVIDENCE = 4


@dataclass(frozen=True, slots=True)
class FoundPhrase:
    """A phrase in a sentence; ``start`` and ``end`` are code points of its block's text."""

    entry: OwnPhrase
    view: SentenceView
    match: PhraseMatch
    start: int
    end: int


class Silenced:
    """Where a list takes flags away: per block and flag, or per block for all flags, stretches that do not touch."""

    def __init__(self, found: Iterable[FoundPhrase]) -> None:
        spans: dict[tuple[str, str | None], list[tuple[int, int]]] = defaultdict(list)
        for one in found:
            if one.entry.never:
                spans[one.view.around.block.id, one.entry.flag].append((one.start, one.end))
        self._spans = {key: _merged(stretches) for key, stretches in spans.items()}

    def has(self, block: str, flag: str, start: int, end: int) -> bool:
        """Whether a flag on this stretch is taken away: it shares a character with a phrase that is never flagged."""
        for key in ((block, flag), (block, None)):
            spans = self._spans.get(key, [])
            before = bisect_right(spans, end - 1, key=lambda span: span[0])
            if before and spans[before - 1][1] > start:
                return True
        return False

    def has_sentence(self, one: FoundPhrase) -> bool:
        """Whether the list's own flag on a sentence is taken away by another entry."""
        sentence = one.view.sentence
        return self.has(one.view.around.block.id, one.entry.flag or "", sentence.start, sentence.end)


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def with_list(document: Document, kept: Sequence[Flag], added: Sequence[FoundPhrase]) -> tuple[Flag, ...]:
    """The model's flags, told of the list where both speak of the same, and one more for each sentence and flag."""
    by_sentence: dict[tuple[str, int, int, str], list[FoundPhrase]] = defaultdict(list)
    for one in added:
        sentence = one.view.sentence
        by_sentence[one.view.around.block.id, sentence.start, sentence.end, one.entry.flag or ""].append(one)
    by_kind: dict[tuple[str, str], list[int]] = defaultdict(list)
    flags = list(kept)
    for place, flag in enumerate(flags):
        by_kind[flag.block, flag.flag].append(place)
    ids = _Ids(document, kept)
    for (block, start, end, kind), group in by_sentence.items():
        listed = _listed(group[0].entry)
        # In the order of the text: those of one kind do not overlap, so a few places are looked at.
        places = by_kind[block, kind]
        first = bisect_right(places, start, key=lambda place: flags[place].end)
        same = next((place for place in places[first : first + 1] if flags[place].start < end), None)
        if same is None:
            flags.append(_flag(group, listed, ids))
        else:
            flags[same] = replace(flags[same], listed=listed)
    return _in_order(document, flags)


def _listed(entry: OwnPhrase) -> Listed:
    return Listed(entry.phrase, entry.reason or "", entry.note)


def _flag(group: Sequence[FoundPhrase], listed: Listed, ids: _Ids) -> Flag:
    block, sentence, kind = group[0].view.around.block, group[0].view.sentence, group[0].entry.flag or ""
    words = sorted({(one.start, one.end) for one in group})[:MOST_EVIDENCE]
    return Flag(
        id=ids.make(kind, words_of(block, sentence.start, sentence.end)),
        flag=kind,
        block=block.id,
        start=sentence.start,
        end=sentence.end,
        quote=quote_of(block, sentence.start, sentence.end),
        confidence=1.0,
        severity=flag_kind(kind).severity,
        evidence=tuple(Evidence(start, end, 0.0) for start, end in words),
        origin="list",
        listed=listed,
    )


class _Ids:
    """Fingerprints that no flag of the report has yet."""

    def __init__(self, document: Document, flags: Iterable[Flag]) -> None:
        self._key = page_key(document)
        self._taken = {flag.id for flag in flags}
        self._seen: Counter[tuple[str, str]] = Counter()

    def make(self, flag: str, words: str) -> str:
        """The next fingerprint of these words."""
        while True:
            self._seen[flag, words] += 1
            made = fingerprint(self._key, flag, words, self._seen[flag, words])
            if made not in self._taken:
                return made


def _in_order(document: Document, flags: Iterable[Flag]) -> tuple[Flag, ...]:
    order = {block.id: place for place, block in enumerate(document.blocks)}
    kinds = {name: place for place, name in enumerate(flag_ids())}
    return tuple(sorted(flags, key=lambda flag: (order[flag.block], flag.start, flag.end, kinds[flag.flag])))


def surest(report: Report, kept: Iterable[Flag]) -> dict[str, float]:
    """The highest confidences without those of flags that were taken away: these count for nothing any more."""
    lost = Counter(flag.flag for flag in report.flags)
    surest: dict[str, float] = {}
    for flag in kept:
        lost[flag.flag] -= 1
        surest[flag.flag] = max(surest.get(flag.flag, 0.0), flag.confidence)
    return {name: surest.get(name, 0.0) if lost[name] else value for name, value in report.by_flag.items()}
