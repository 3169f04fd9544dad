"""A team's own words: phrases that raise a flag or take flags away, on top of what the model says, without training.

A list's flag spans the sentence that holds the phrase, as the model's do, and its evidence is the phrase itself. Like
the model it reads disguised words as what they stand for, and passes over what a reply quotes of another's post, lists
of references, and text in another language. Where the sentence denies the words, warns of them or tells what others
say, nothing is marked, unless the entry says ``always``: a wrong flag costs more than a missed one.

Time grows with the length of the text: one pass over its words finds the blocks with a phrase, and only these are cut
into sentences and read again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from classifier.coverage import is_scored, languages
from classifier.disguise import reveal
from classifier.document import Document, Report, Sentence
from classifier.own_flags import FoundPhrase, Silenced, surest, with_list
from classifier.phrase_file import OwnPhrase, digest_of, read_entries, read_text
from classifier.phrases import PhraseIndex, plain
from classifier.scope import is_debunked, is_denied, is_reported_with_distance, is_under_myths, is_warned_of
from classifier.sentences import split_text
from classifier.views import view_document


class OwnPhrases:
    """A list, compiled. Thread-safe: it keeps no state between documents. ``digest`` is empty where there is none."""

    def __init__(self, entries: Sequence[OwnPhrase] = (), *, text: str = "") -> None:
        self.entries = tuple(entries)
        self.text = text
        self.digest = digest_of(text) if text else ""
        self._index = PhraseIndex({str(place): [entry.phrase] for place, entry in enumerate(self.entries)})

    @classmethod
    def parse(cls, text: str, name: str = "given") -> OwnPhrases:
        """The list of a file's text. Raises :class:`~classifier.errors.InputError` with ``name`` and the entry."""
        return cls.read_from(text or None, name)

    @classmethod
    def read(cls, path: Path) -> OwnPhrases:
        """The list in a file; an empty one where there is no file. Raises as :meth:`parse` does."""
        return cls.read_from(read_text(path), str(path))

    @classmethod
    def read_from(cls, text: str | None, name: str) -> OwnPhrases:
        """The list of a file's text, None standing for no file. Raises as :meth:`parse` does."""
        return cls() if text is None else cls(read_entries(text, name), text=text)

    def is_in(self, text: str) -> bool:
        """Whether any phrase stands in a text, whatever the sentence around makes of it."""
        return bool(self.entries) and self._stands_in(text)

    def apply(self, report: Report, *, flags: Collection[str] | None = None) -> Report:
        """The report with the list's flags and without those that it takes away; ``flags`` narrows what is added."""
        if not self.entries or report.state == "not-checked":
            return report
        found = list(self._find(report.document))
        if not found:
            return report
        silenced = Silenced(found)
        kept = [flag for flag in report.flags if not silenced.has(flag.block, flag.flag, flag.start, flag.end)]
        added = [
            one
            for one in _raising(found)
            if (flags is None or one.entry.flag in flags) and not silenced.has_sentence(one)
        ]
        return replace(
            report,
            flags=with_list(report.document, kept, added),
            by_flag=surest(report, kept) if len(kept) < len(report.flags) else report.by_flag,
        )

    def _find(self, document: Document) -> Iterator[FoundPhrase]:
        sentences = list(self._sentences(document))
        if not sentences:
            return
        _, foreign = languages(document)
        own = [sentence for sentence in sentences if is_scored(document, sentence, foreign)]
        for view in view_document(document, own) if own else ():
            if view.around.is_reference and view.around.block.kind[0] != "h":
                continue
            for match in self._index.find(view.plain):
                yield FoundPhrase(
                    self.entries[int(match.name)], view, match, *view.span_in_block(match.start, match.end)
                )

    def _sentences(self, document: Document) -> Iterator[Sentence]:
        """The sentences of the blocks that hold a phrase."""
        for number, block in enumerate(document.blocks):
            if not block.is_quoted and self._stands_in(block.text):
                for start, end in split_text(block.text):
                    if self._stands_in(text := block.text[start:end]):
                        yield Sentence(number, start, end, text)

    def _stands_in(self, text: str) -> bool:
        read = _as_read(text)
        return self._index.may_hold(read) and bool(self._index.find(read))


def _as_read(text: str) -> str:
    revealed = reveal(text)
    return plain(text if revealed is None else revealed.text)


def _raising(found: Iterable[FoundPhrase]) -> list[FoundPhrase]:
    """What raises a flag: not where the sentence works against the words."""
    return [one for one in found if one.entry.flag and not one.entry.never and (one.entry.always or _is_meant(one))]


def _is_meant(one: FoundPhrase) -> bool:
    view = one.view
    return not (
        is_denied(view, one.match)
        or is_debunked(view)
        or is_warned_of(view)
        or is_reported_with_distance(view)
        or is_under_myths(view)
    )
