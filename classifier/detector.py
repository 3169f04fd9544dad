"""Document in, Report out: the one place where sentences, features, model and thresholds meet."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse

from classifier.coverage import is_scored, language_name, languages, state_of
from classifier.decision import Thresholds, raised
from classifier.document import SETTINGS, Document, ModelId, Report, Setting
from classifier.errors import InputError
from classifier.evidence import EvidenceFinder
from classifier.flags import find_stretches, make_flags
from classifier.language import SUPPORTED
from classifier.model import FlagModel, load_bundle, model_id
from classifier.needs import Need
from classifier.quote_stage import QuoteStage
from classifier.reading import read_text
from classifier.registry import in_use
from classifier.sentences import split_document
from classifier.taxonomy import QUOTE_FLAG, flag_ids
from classifier.views import SentenceView, page_bounds, view_document

# More sentences than a long book's chapter holds; what comes after is not checked, and the report says so.
MOST_SENTENCES = 20_000


@dataclass(frozen=True, slots=True)
class _Page:
    """A document as it is scored. ``every``: how many sentences there are to score, also beyond the most."""

    document: Document
    language: str
    foreign: dict[int, str]
    every: int = 0
    views: Sequence[SentenceView] = ()


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
        narrows the answer. Raises :class:`InputError` for an unknown flag or setting.
        """
        document = read_text(text) if isinstance(text, str) else text
        return self.analyze_all([document], setting=setting, min_confidence=min_confidence, flags=flags)[0]

    def analyze_all(
        self,
        documents: Sequence[Document],
        *,
        setting: Setting = "balanced",
        min_confidence: float | None = None,
        flags: Collection[str] | None = None,
    ) -> list[Report]:
        """The reports of several documents, each as :meth:`analyze` makes it alone.

        Short ones are read about twice as quickly together: the model is asked once for all their sentences.
        """
        wanted = self._wanted(flags)
        thresholds = self._thresholds(setting, min_confidence)
        pages = [_read(document) for document in documents]
        views = [view for page in pages for view in page.views]
        if not views:
            return [self._not_checked(page) for page in pages]
        matrix = self._model.matrix(views)
        confidences = self._confidences(views, matrix)
        reports, start = [], 0
        for page in pages:
            rows = slice(start, start := start + len(page.views))
            asked = (matrix[rows], confidences[rows], thresholds, wanted)
            reports.append(self._report(page, *asked) if page.views else self._not_checked(page))
        return reports

    def _report(
        self,
        page: _Page,
        matrix: sparse.csr_matrix,
        confidences: np.ndarray,
        thresholds: Thresholds,
        wanted: frozenset[str],
    ) -> Report:
        is_raised = raised(confidences, thresholds, self._model.any_weights)
        found = find_stretches(page.views, confidences, is_raised, wanted)
        surest = np.round(confidences.max(axis=0), 4).tolist()
        state, told = state_of(len(page.views), page.every, page.document, page.foreign)
        return Report(
            model=self.model,
            document=page.document,
            state=state,
            state_reason=told,
            language=page.language,
            sentences=len(page.views),
            flags=make_flags(self._evidence, matrix, page.document, found),
            by_flag={flag: highest for flag, highest in zip(flag_ids(), surest, strict=True) if flag in wanted},
        )

    def need(self, report: Report) -> Need:
        """What a post needs of a moderator, from what :meth:`analyze` found in it; nothing where it was not read."""
        if self._model.needs is None or report.state == "not-checked":
            return Need()
        return self._model.needs.read(report.document, report.by_flag)

    def confidences(self, views: Sequence[SentenceView]) -> np.ndarray:
        """Calibrated confidence of every flag for every sentence; shape (n_sentences, n_flags)."""
        return self._confidences(views, self._model.matrix(views))

    def _confidences(self, views: Sequence[SentenceView], matrix: sparse.csr_matrix) -> np.ndarray:
        found = self._model.confidences(matrix, page_bounds(views))
        return quotes_and_references(views, found, self._model.quotes)

    def _wanted(self, flags: Collection[str] | None) -> frozenset[str]:
        if flags is None:
            return frozenset(flag_ids())
        if not set(flags) <= set(flag_ids()):
            raise InputError("An unknown flag was asked for.", hint=f"Known flags: {', '.join(flag_ids())}.")
        return frozenset(flags)

    def _thresholds(self, setting: Setting, min_confidence: float | None) -> Thresholds:
        if setting not in SETTINGS:
            raise InputError("An unknown setting was asked for.", hint=f"Known settings: {', '.join(SETTINGS)}.")
        if min_confidence is None:
            return self._model.thresholds[setting]
        if not 0 <= min_confidence <= 1:
            raise InputError("min_confidence must lie between 0 and 1.")
        return Thresholds(np.full(len(flag_ids()), min_confidence))

    def _not_checked(self, page: _Page) -> Report:
        reason = "There is no text to check here."
        if page.language not in SUPPORTED:
            reason = f"This page is in {language_name(page.language)}. Pinch reads English only."
        return Report(self.model, page.document, "not-checked", reason, page.language, 0)


def _read(document: Document) -> _Page:
    language, foreign = languages(document)
    if language not in SUPPORTED:
        return _Page(document, language, foreign)
    every = [sentence for sentence in split_document(document) if is_scored(document, sentence, foreign)]
    return _Page(document, language, foreign, len(every), view_document(document, every[:MOST_SENTENCES]))


def load(folder: Path | None = None) -> Detector:
    """A detector from a trained bundle: that of ``folder``, else the promoted model, else the shipped bundle.

    Raises :class:`~classifier.errors.ModelError` when it is missing, altered or of another version. A promoted model
    that cannot be used is not replaced by the shipped one in silence: it would answer otherwise.
    """
    model, manifest = load_bundle(in_use(folder))
    return Detector(model, manifest)


def quotes_and_references(views: Sequence[SentenceView], confidences: np.ndarray, quotes: QuoteStage) -> np.ndarray:
    """Confidences with 0 where a flag cannot stand, and quotations weighed again.

    Nothing is flagged in a list of references. ``unsourced-quote`` needs a quoted statement that has no source in its
    own sentence or attribution and does not only repeat what the page quotes elsewhere.
    """
    confidences = confidences.copy()
    column = flag_ids().index(QUOTE_FLAG)
    confidences[:, column] = quotes.confidence(views, confidences[:, column])
    return without_references(views, confidences)


def without_references(views: Sequence[SentenceView], confidences: np.ndarray) -> np.ndarray:
    """Confidences with 0 in a list of references, whose headings may be flagged."""
    confidences = confidences.copy()
    for row, view in enumerate(views):
        if view.around.is_reference and view.around.block.kind[0] != "h":
            confidences[row] = 0.0
    return confidences
