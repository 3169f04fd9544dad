"""A detector that needs no bundle: it flags sentences with marked words, so that tests know what is flagged."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator, Sequence

from classifier.document import Block, Document, Evidence, Flag, ModelId, Quote, Report, Setting, SourceSeen
from classifier.errors import InputError
from classifier.needs import Need, Sure
from classifier.reading import read_text
from classifier.reference import Reference
from classifier.taxonomy import flag_kind

WORDS = {
    "miracle": "miracle",
    "quantum": "mystique",
    "reverses": "overclaim",
    "says Dr": "unsourced-quote",
    "studies show": "vague-authority",
    "cured my": "anecdote",
    "perfectly safe": "false-safety",
    "take two grams": "self-treatment",
    "Big Pharma": "suppression",
    "poison": "scare",
    "order today": "pressure",
}
CONFIDENCE = 0.9
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")


class FakeDetector:
    """Same words, same flags."""

    model = ModelId("test-1", "0" * 64)
    reference: Reference | None = None

    def analyze(
        self,
        source: str | Document,
        *,
        setting: Setting = "balanced",
        min_confidence: float | None = None,
        flags: Collection[str] | None = None,
    ) -> Report:
        """Flag every sentence that holds a marked word."""
        document = read_text(source) if isinstance(source, str) else source
        first = document.blocks[0].text if document.blocks else ""
        if "crash the detector" in first:
            raise ZeroDivisionError(first)
        if "refuse this" in first:
            raise InputError("The detector cannot read this.", hint="Send something else.")
        found = [flag for block in document.blocks for flag in _flags_of(block)]
        wanted = [flag for flag in found if flags is None or flag.flag in flags]
        kept = tuple(flag for flag in wanted if min_confidence is None or flag.confidence >= min_confidence)
        sentences = sum(len(_SENTENCE.findall(block.text)) for block in document.blocks)
        if document.lang and not document.lang.startswith("en"):
            return Report(self.model, document, "not-checked", "Pinch reads English only.", document.lang, sentences)
        return Report(self.model, document, "checked", None, "en", sentences, kept)

    def analyze_all(self, documents: Sequence[Document]) -> list[Report]:
        """Each by itself."""
        return [self.analyze(document) for document in documents]

    def need(self, report: Report) -> Need:
        """What a post needs, where its first block says so in a word."""
        first = report.document.blocks[0] if report.document.blocks else Block("", "p", "")
        place = (first.id, 0, len(first.text))
        danger, care = (Sure(0.84, place) if word in first.text else Sure() for word in ("jamjar", "lighthouse"))
        return Need(danger, care)


def _flags_of(block: Block) -> Iterator[Flag]:
    for sentence in _SENTENCE.finditer(block.text):
        start = sentence.start() + len(sentence[0]) - len(sentence[0].lstrip())
        for words, flag in WORDS.items():
            at = block.text.find(words, start, sentence.end())
            if at < 0:
                continue
            quote = Quote(
                block.text[start : sentence.end()],
                block.text[max(0, start - 32) : start],
                block.text[sentence.end() : sentence.end() + 32],
            )
            key = hashlib.sha256(f"{block.id}{flag}{start}".encode()).hexdigest()[:16]
            evidence = (Evidence(at, at + len(words), 2.5),)
            severity = flag_kind(flag).severity
            source: SourceSeen | None = "block" if flag == "overclaim" else None
            yield Flag(key, flag, block.id, start, sentence.end(), quote, CONFIDENCE, severity, evidence, source)
