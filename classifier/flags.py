"""From confidences to flags: stretches above their threshold, with words, evidence, severity and a fingerprint."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

import numpy as np
from scipy import sparse

from classifier.document import Block, Document, Evidence, Flag, Quote, SourceSeen
from classifier.evidence import EvidenceFinder
from classifier.phrases import plain
from classifier.quote_form import judged_quotation
from classifier.scope import carry_in_block, carry_in_sentence
from classifier.sourcing import Carry
from classifier.taxonomy import QUOTE_FLAG, Severity, flag_ids, flag_kind
from classifier.views import SentenceView
from classifier.words import WORD

QUOTE_CONTEXT = 32
_CLAIMS = frozenset({"overclaim", "miracle", "vague-authority", "unsourced-quote", "false-safety", "scare"})


@dataclass(frozen=True, slots=True)
class Found:
    """A flag before it has words and a fingerprint: a stretch of a block."""

    row: int
    view: SentenceView
    flag: str
    start: int
    end: int
    confidence: float


def find_stretches(
    views: Sequence[SentenceView], confidences: np.ndarray, is_raised: np.ndarray, wanted: frozenset[str]
) -> list[Found]:
    """Every stretch with a flag that ``is_raised``, (n_sentences, n_flags); one of a kind per sentence or quotation."""
    found: list[Found] = []
    quotes: dict[tuple[int, int], int] = {}
    for row, column in zip(*np.nonzero(is_raised), strict=True):
        flag, view, confidence = flag_ids()[column], views[row], float(confidences[row, column])
        if flag not in wanted:
            continue
        start, end = view.sentence.start, view.sentence.end
        if flag == QUOTE_FLAG:
            quoted = judged_quotation(view)
            start, end = quoted.quotation.start, quoted.quotation.end
            seen = quotes.get(quoted.begins)
            if seen is not None:
                if confidence > found[seen].confidence:
                    found[seen] = Found(int(row), view, flag, start, end, confidence)
                continue
            quotes[quoted.begins] = len(found)
        found.append(Found(int(row), view, flag, start, end, confidence))
    return found


def make_flags(
    evidence: EvidenceFinder, matrix: sparse.csr_matrix, document: Document, found: Sequence[Found]
) -> tuple[Flag, ...]:
    """Flags of stretches, in the same order; rows of ``matrix`` (n_sentences, n_features) are those of ``found``."""
    key = page_key(document)
    seen: Counter[str] = Counter()
    flags = []
    for item in found:
        block = item.view.around.block
        words = words_of(block, item.start, item.end)
        seen[f"{item.flag} {words}"] += 1
        flags.append(
            Flag(
                id=fingerprint(key, item.flag, words, seen[f"{item.flag} {words}"]),
                flag=item.flag,
                block=block.id,
                start=item.start,
                end=item.end,
                quote=quote_of(block, item.start, item.end),
                confidence=round(item.confidence, 4),
                severity=_severity(item, found),
                evidence=_within(evidence.find(item.view, matrix, item.row, item.flag), item),
                source=_source(item),
            )
        )
    return tuple(flags)


def _within(evidence: Sequence[Evidence], item: Found) -> tuple[Evidence, ...]:
    """Only the words inside the flagged stretch: a quotation is shorter or longer than its sentence."""
    return tuple(words for words in evidence if item.start <= words.start and words.end <= item.end)


def words_of(block: Block, start: int, end: int) -> str:
    """The normalised words of a stretch, for its fingerprint."""
    return " ".join(WORD.findall(plain(block.text[start:end])))


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


def quote_of(block: Block, start: int, end: int) -> Quote:
    """The words of a stretch with what stands around them."""
    text = block.text
    return Quote(text[start:end], text[max(0, start - QUOTE_CONTEXT) : start], text[end : end + QUOTE_CONTEXT])


def _severity(item: Found, found: Sequence[Found]) -> Severity:
    """A quote that makes no other flagged claim is of low severity (a motto, a mayor on a budget)."""
    if item.flag == QUOTE_FLAG:
        has_claim = any(other.view is item.view and other.flag != QUOTE_FLAG for other in found)
        return "medium" if has_claim else "low"
    return flag_kind(item.flag).severity


def _source(item: Found) -> SourceSeen | None:
    if item.flag not in _CLAIMS:
        return None
    if item.flag == QUOTE_FLAG:
        return judged_quotation(item.view).place
    if carry_in_sentence(item.view) >= Carry.REPORT:
        return "sentence"
    if carry_in_block(item.view) >= Carry.REPORT:
        return "block"
    return "page" if item.view.page.records else "nowhere"
