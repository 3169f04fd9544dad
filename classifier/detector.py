"""Document in, Report out: the one place where sentences, features, model and thresholds meet."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
from scipy import sparse

from classifier.coverage import is_scored, language_name, languages, state_of
from classifier.document import (
    SETTINGS,
    Block,
    Document,
    Evidence,
    Flag,
    ModelId,
    Quote,
    Report,
    Setting,
    SourceSeen,
)
from classifier.errors import InputError
from classifier.evidence import EvidenceFinder
from classifier.language import SUPPORTED
from classifier.model import BUNDLE, FlagModel, load_bundle, model_id
from classifier.phrases import plain
from classifier.quote_form import judged_quotation
from classifier.quote_stage import QuoteStage
from classifier.reading import read_text
from classifier.scope import carry_in_block, carry_in_sentence
from classifier.sentences import split_document
from classifier.sourcing import Carry
from classifier.taxonomy import Severity, flag_ids, flag_kind
from classifier.views import SentenceView, page_bounds, view_document
from classifier.words import WORD

# More sentences than a long book's chapter holds; what comes after is not checked, and the report says so.
MOST_SENTENCES = 20_000
QUOTE_CONTEXT = 32
_QUOTE_FLAG = "unsourced-quote"
_CLAIMS = frozenset({"overclaim", "miracle", "vague-authority", "unsourced-quote", "false-safety", "scare"})


@dataclass(frozen=True, slots=True)
class _Found:
    """A flag before it has words and a fingerprint: a stretch of a block."""

    row: int
    view: SentenceView
    flag: str
    start: int
    end: int
    confidence: float


class Detector:
    """A loaded model that reads documents. Thread-safe: it keeps no state between documents."""

    def __init__(self, model: FlagModel, manifest: dict[str, Any]) -> None:
        self._model = model
        self._evidence = EvidenceFinder(model)
        self.manifest = manifest
        self.model: ModelId = model_id(manifest)

    def analyze(
        self,
        text: str | Document,
        *,
        setting: Setting = "balanced",
        min_confidence: float | None = None,
        flags: Collection[str] | None = None,
    ) -> Report:
        """Find flags in a plain text or a document.

        ``setting`` chooses the thresholds made in training, ``min_confidence`` (0 to 1) replaces them all, ``flags``
        narrows the
        answer. Raises :class:`InputError` for an unknown flag or setting.
        """
        wanted = self._wanted(flags)
        thresholds = self._thresholds(setting, min_confidence)
        document = read_text(text) if isinstance(text, str) else text
        language, foreign = languages(document)
        if language not in SUPPORTED:
            reason = f"This page is in {language_name(language)}. Pinch reads English only."
            return self._not_checked(document, language, reason)
        every = [sentence for sentence in split_document(document) if is_scored(document, sentence, foreign)]
        if not every:
            return self._not_checked(document, language, "There is no text to check here.")
        sentences = every[:MOST_SENTENCES]
        views = view_document(document, sentences)
        matrix = self._model.matrix(views)
        confidences = quotes_and_references(
            views, self._model.confidences(matrix, page_bounds(views)), self._model.quotes
        )
        state, told = state_of(len(sentences), len(every), document, foreign)
        return Report(
            model=self.model,
            document=document,
            state=state,
            state_reason=told,
            language=language,
            sentences=len(sentences),
            flags=_flags(self._evidence, matrix, document, _find(views, confidences, thresholds, wanted)),
            by_flag={
                flag: round(float(confidences[:, n].max()), 4) for n, flag in enumerate(flag_ids()) if flag in wanted
            },
        )

    def confidences(self, views: Sequence[SentenceView]) -> np.ndarray:
        """Calibrated confidence of every flag for every sentence; shape (n_sentences, n_flags)."""
        found = self._model.confidences(self._model.matrix(views), page_bounds(views))
        return quotes_and_references(views, found, self._model.quotes)

    def _wanted(self, flags: Collection[str] | None) -> frozenset[str]:
        if flags is None:
            return frozenset(flag_ids())
        if not set(flags) <= set(flag_ids()):
            raise InputError("An unknown flag was asked for.", hint=f"Known flags: {', '.join(flag_ids())}.")
        return frozenset(flags)

    def _thresholds(self, setting: Setting, min_confidence: float | None) -> np.ndarray:
        if setting not in SETTINGS:
            raise InputError("An unknown setting was asked for.", hint=f"Known settings: {', '.join(SETTINGS)}.")
        if min_confidence is None:
            return self._model.thresholds[setting]
        if not 0 <= min_confidence <= 1:
            raise InputError("min_confidence must lie between 0 and 1.")
        return np.full(len(flag_ids()), min_confidence)

    def _not_checked(self, document: Document, language: str, reason: str) -> Report:
        return Report(self.model, document, "not-checked", reason, language, 0)


def load(folder: Path = BUNDLE) -> Detector:
    """A detector from a trained bundle. Raises :class:`~classifier.errors.ModelError` when it is missing, altered or
    of another version.
    """
    model, manifest = load_bundle(folder)
    return Detector(model, manifest)


def quotes_and_references(views: Sequence[SentenceView], confidences: np.ndarray, quotes: QuoteStage) -> np.ndarray:
    """Confidences with 0 where a flag cannot stand, and quotations weighed again.

    Nothing is flagged in a list of references. ``unsourced-quote`` needs a quoted statement that has no source in its
    own sentence or attribution and does not only repeat what the page quotes elsewhere.
    """
    confidences = confidences.copy()
    column = flag_ids().index(_QUOTE_FLAG)
    confidences[:, column] = quotes.confidence(views, confidences[:, column])
    return without_references(views, confidences)


def without_references(views: Sequence[SentenceView], confidences: np.ndarray) -> np.ndarray:
    """Confidences with 0 in a list of references, whose headings may be flagged."""
    confidences = confidences.copy()
    for row, view in enumerate(views):
        if view.around.is_reference and view.around.block.kind[0] != "h":
            confidences[row] = 0.0
    return confidences


def _find(
    views: Sequence[SentenceView], confidences: np.ndarray, thresholds: np.ndarray, wanted: frozenset[str]
) -> list[_Found]:
    """Every stretch whose confidence reaches its threshold; one of a kind per sentence or quotation."""
    found: list[_Found] = []
    quotes: dict[tuple[int, int], int] = {}
    for row, column in zip(*np.nonzero((confidences >= thresholds) & (confidences > 0)), strict=True):
        flag, view, confidence = flag_ids()[column], views[row], float(confidences[row, column])
        if flag not in wanted:
            continue
        start, end = view.sentence.start, view.sentence.end
        if flag == _QUOTE_FLAG:
            quoted = judged_quotation(view)
            start, end = quoted.quotation.start, quoted.quotation.end
            seen = quotes.get(quoted.begins)
            if seen is not None:
                if confidence > found[seen].confidence:
                    found[seen] = _Found(int(row), view, flag, start, end, confidence)
                continue
            quotes[quoted.begins] = len(found)
        found.append(_Found(int(row), view, flag, start, end, confidence))
    return found


def _flags(
    evidence: EvidenceFinder, matrix: sparse.csr_matrix, document: Document, found: Sequence[_Found]
) -> tuple[Flag, ...]:
    key = page_key(document)
    seen: Counter[str] = Counter()
    flags = []
    for item in found:
        block = item.view.around.block
        words = " ".join(WORD.findall(plain(block.text[item.start : item.end])))
        seen[f"{item.flag} {words}"] += 1
        flags.append(
            Flag(
                id=fingerprint(key, item.flag, words, seen[f"{item.flag} {words}"]),
                flag=item.flag,
                block=block.id,
                start=item.start,
                end=item.end,
                quote=_quote(block, item.start, item.end),
                confidence=round(item.confidence, 4),
                severity=_severity(item, found),
                evidence=_within(evidence.find(item.view, matrix, item.row, item.flag), item),
                source=_source(item),
            )
        )
    return tuple(flags)


def _within(evidence: Sequence[Evidence], item: _Found) -> tuple[Evidence, ...]:
    """Only the words inside the flagged stretch: a quotation is shorter or longer than its sentence."""
    return tuple(words for words in evidence if item.start <= words.start and words.end <= item.end)


def page_key(document: Document) -> str:
    """What stands for the page in fingerprints: its key, else its address without query and fragment."""
    try:
        parts = urlsplit(document.key or document.url or "")
    except ValueError:
        return document.key
    return f"{parts.netloc}{parts.path}" if parts.netloc else document.key


def fingerprint(key: str, flag: str, words: str, nth: int) -> str:
    """A flag's id: 16 hex digits of SHA-256 over page key, flag, normalised words and how often they came before; no
    offset.
    """
    return hashlib.sha256("\x1f".join((key, flag, words, str(nth))).encode("utf-8", "replace")).hexdigest()[:16]


def _quote(block: Block, start: int, end: int) -> Quote:
    text = block.text
    return Quote(text[start:end], text[max(0, start - QUOTE_CONTEXT) : start], text[end : end + QUOTE_CONTEXT])


def _severity(item: _Found, found: Sequence[_Found]) -> Severity:
    """A quote that makes no other flagged claim is of low severity (a motto, a mayor on a budget)."""
    if item.flag == _QUOTE_FLAG:
        has_claim = any(other.view is item.view and other.flag != _QUOTE_FLAG for other in found)
        return "medium" if has_claim else "low"
    return flag_kind(item.flag).severity


def _source(item: _Found) -> SourceSeen | None:
    if item.flag not in _CLAIMS:
        return None
    if item.flag == _QUOTE_FLAG:
        return judged_quotation(item.view).place
    if carry_in_sentence(item.view) >= Carry.REPORT:
        return "sentence"
    if carry_in_block(item.view) >= Carry.REPORT:
        return "block"
    return "page" if item.view.page.records else "nowhere"
