"""Whether a team's phrase list does what its own examples say: every hit is marked, no miss is."""

from __future__ import annotations

from collections.abc import Iterator

from classifier.document import Document, Flag, ModelId, Quote, Report
from classifier.own_phrases import OwnPhrases
from classifier.phrase_file import OwnPhrase
from classifier.reading import read_text
from classifier.taxonomy import flag_ids

_NO_MODEL = ModelId("", "")


def check_phrases(phrases: OwnPhrases) -> list[str]:
    """What is wrong, an entry a line; nothing where the list does what it says. Entries are counted from 1."""
    first: dict[tuple[str, str | None, bool], int] = {}
    problems = []
    for number, entry in enumerate(phrases.entries, start=1):
        same = first.setdefault(_key(entry), number)
        if same != number:
            problems.append(f"entry {number}: says the same as entry {same}")
        problems += [f"entry {number}: {problem}" for problem in _problems(phrases, entry)]
    return problems


def check_last(phrases: OwnPhrases) -> list[str]:
    """The same of the last entry alone: long lists take seconds to check whole."""
    number = len(phrases.entries)
    *before, last = phrases.entries
    twins = [place for place, entry in enumerate(before, start=1) if _key(entry) == _key(last)]
    problems = [f"says the same as entry {twins[0]}"] if twins else []
    return [f"entry {number}: {problem}" for problem in (*problems, *_problems(phrases, last))]


def _key(entry: OwnPhrase) -> tuple[str, str | None, bool]:
    return entry.phrase, entry.flag, entry.never


def _problems(phrases: OwnPhrases, entry: OwnPhrase) -> Iterator[str]:
    alone = OwnPhrases((entry,))
    for place, sentence in enumerate(entry.hits, start=1):
        if not _acts(alone, entry, sentence):
            yield f"hit {place} does not hold the phrase, or its sentence denies it (always = true marks it still)"
        elif not _acts(phrases, entry, sentence):
            yield f"hit {place} is undone by another entry that says never"
    for place, sentence in enumerate(entry.misses, start=1):
        if _acts(alone, entry, sentence):
            yield f"miss {place} is marked"


def _acts(phrases: OwnPhrases, entry: OwnPhrase, sentence: str) -> bool:
    """Whether an entry raises its flag in a sentence, or takes one away there."""
    document = read_text(sentence)
    if not entry.never:
        report = phrases.apply(Report(_NO_MODEL, document, "checked", None, "en", 1))
        return any(flag.flag == entry.flag for flag in report.flags)
    before = Report(_NO_MODEL, document, "checked", None, "en", 1, _flagged(document, entry.flag or flag_ids()[0]))
    return any(flag not in phrases.apply(before).flags for flag in before.flags)


def _flagged(document: Document, flag: str) -> tuple[Flag, ...]:
    """The whole of every block flagged, to see whether it is taken away."""
    return tuple(
        Flag(block.id, flag, block.id, 0, len(block.text), Quote(block.text, "", ""), 1.0, "low")
        for block in document.blocks
        if block.text
    )
