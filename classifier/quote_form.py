"""Which quotation of a sentence may be unsourced, and how it looks: its marks, its length, what stands around it.

:mod:`classifier.quote_signs` tells what the words around a quotation mean; this tells its form, which is much the same
for every topic and so can be learned from few examples.
"""

from __future__ import annotations

import re

from classifier.quoted import Quoted
from classifier.quotes import is_title
from classifier.sourcing import Carry
from classifier.views import SentenceView

QUOTE_FORM = (
    "words", "five words", "seven words", "twelve words",
    "ends a sentence", "ends in a comma", "asks", "begins large",
    "small behind", "nothing behind", "dash behind", "large behind",
    "nothing before", "colon before", "sentence before", "comma before", "word before",
    "title", "share of block", "element", "parts", "single marks", "angle marks",
    "speaker", "named speaker", "verb", "speaker is the writer or kin",
    "kind:h", "kind:p", "kind:li", "kind:blockquote", "kind:post", "kind:td", "kind:dd", "kind:figcaption",
    "quotations in block",
    "to you", "by me", "address", "told to one", "kin near", "laughed or asked", "court or book", "is", "every",
    "overclaims",
)  # fmt: skip

_KINDS = ("h", "p", "li", "blockquote", "post", "td", "dd", "figcaption")
_MARKS = "\"'“”„«»‘’‚‹›* "
_WRITER = frozenset(("i", "you", "my", "we"))
# How far around the marks words are looked at, in code points.
_REACH = 80
# Of a long quotation only so much is read, since each of its sentences asks anew.
_READ = 600
_TO_YOU = re.compile(r"\b(?:you|your)\b", re.I)
_BY_ME = re.compile(r"\b(?:I|[Mm]y|[Mm]e|[Ww]e|[Oo]ur|us)\b")
_ADDRESS = re.compile(r"\b(?:doctor|mum|mom|dad|son|love|mate|sir|darling|dear|father|child|mr|mrs)\b", re.I)
_TOLD = re.compile(
    r"\b(?:told (?:me|her|him|us|them)|(?:said|goes|went|says) to (?:me|her|him)|ask(?:ed|s) (?:me|her|him))\b", re.I
)
_KIN = re.compile(r"\b(?:my|our)\b", re.I)
_MANNER = re.compile(r"\b(?:laugh|grin|smil|shrug|jok|whisper|sigh|beg|repl|answer|ask)\w*", re.I)
_SETTING = re.compile(
    r"\b(?:review|novel|book|film|author|story|chapter|court|coroner|fined|regulator|tribunal|inquest)", re.I
)
_IS = re.compile(r"\b(?:is|are)\b")
_EVERY = re.compile(r"\b(?:if|when|every|never|all|any|no|nothing|nobody)\b", re.I)


def may_be_unsourced(quoted: Quoted) -> bool:
    """Whether it is a statement with no source of its own, and no pull quote."""
    return quoted.is_statement and not quoted.is_repeat and quoted.carry < Carry.REPORT


def is_judged(view: SentenceView) -> bool:
    """Whether a sentence holds a quotation that may be unsourced, and stands in no list of references."""
    is_reference = view.around.is_reference and view.around.block.kind[0] != "h"
    return not is_reference and any(map(may_be_unsourced, view.quoted))


def judged_quotation(view: SentenceView) -> Quoted:
    """Which of a sentence's quotations is judged and flagged: the longest of those that may be unsourced."""
    return max(view.quoted, key=lambda quoted: (may_be_unsourced(quoted), quoted.quotation.words))


def quote_form(view: SentenceView) -> list[float]:
    """How the judged quotation of a sentence looks, in the order of :data:`QUOTE_FORM`; each 0 to 1."""
    quoted = judged_quotation(view)
    quote, speaker, text = quoted.quotation, quoted.speaker, view.around.block.text
    before, behind = text[max(0, quote.start - _REACH) : quote.start].rstrip(), text[quote.end : quote.end + 6].strip()
    inner = text[quote.start : min(quote.end, quote.start + _READ)].strip(_MARKS)
    last = text[max(quote.start, quote.end - 8) : quote.end].strip(_MARKS)
    kind = view.around.block.kind
    row = [
        min(quote.words, 40) / 40, quote.words <= 5, quote.words >= 7, quote.words >= 12,
        last[-1:] in tuple(".!?"), last.endswith(","), last.endswith("?"), inner[:1].isupper(),
        behind[:1].islower(), not behind, behind[:1] in tuple("-–—"), behind[:1].isupper(),
        not before, before.endswith(":"), before[-1:] in tuple(".!?"), before.endswith(","), before[-1:].isalnum(),
        is_title(text, quote), (quote.end - quote.start) / max(len(text), 1), quote.is_element, quoted.parts > 1,
        text[quote.start] in "'‘", text[quote.start] in "«„»", speaker is not None,
        bool(speaker and speaker.is_named), bool(speaker and speaker.verb),
        bool(speaker and speaker.words.lower() in _WRITER), *(kind == name or kind[0] == name for name in _KINDS),
        min(len(view.around.quoted), 5) / 5, *_voice(view, quoted, inner),
    ]  # fmt: skip
    return [float(value) for value in row]


def _voice(view: SentenceView, quoted: Quoted, inner: str) -> list[bool]:
    """Whom the quotation speaks to and how it is told: what a doctor said to a patient, a quip, a line of a novel."""
    text, start, end = view.around.block.text, quoted.quotation.start, quoted.quotation.end
    before, behind = text[max(0, start - _REACH) : start], text[end : end + _REACH]
    return [
        bool(_TO_YOU.search(inner)),
        bool(_BY_ME.search(inner)),
        bool(_ADDRESS.search(inner)),
        bool(_TOLD.search(before) or _TOLD.search(behind)),
        bool(_KIN.search(before)),
        bool(_MANNER.search(before[-30:]) or _MANNER.search(behind[:40])),
        bool(_SETTING.search(" ".join((*view.around.trail[-2:], view.page.title)))),
        bool(_IS.search(inner)),
        bool(_EVERY.search(inner)),
        any(match.name == "overclaim" for match in view.matches),
    ]
