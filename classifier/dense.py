"""The dense row: what cues, scope, sources, quotes and form say of one sentence."""

from __future__ import annotations

import math
import re

from classifier.lexicon import scope_lists
from classifier.quote_signs import QUOTE_SIGNS, quote_signs
from classifier.quotes import MIN_STATEMENT_WORDS, has_dash_attribution, is_title
from classifier.scope import (
    carry_in_block,
    carry_in_sentence,
    is_debunked,
    is_denied,
    is_hedged,
    is_other_sense,
    is_reported_with_distance,
    is_sourced,
    is_under_myths,
    is_warned_of,
)
from classifier.sourcing import Carry, distance_to_source
from classifier.taxonomy import flag_ids
from classifier.views import ABOVE_LISTS, SentenceView

_SCOPE = tuple(scope_lists())
_POSITION = {name: number for number, name in enumerate((*flag_ids(), *_SCOPE))}
_FLAGS = len(flag_ids())
_KINDS = ("h", "p", "li", "blockquote", "post", "td")
_UPPER_WORD = re.compile(r"\b[A-Z]{3,}\b")
_AGE = re.compile(r", \d{2}\b|\baged? \d{2}|\b\d{2}-year-old")
_MONEY = re.compile(r"[$£€]\s?\d|\d\s?(?:%|per ?cent) off")
_QUESTION_WORD = re.compile(
    r"^(?:what|how|why|can|could|is|are|does|do|did|will|would|should|have|has|who|when|which|where)\b"
)

DENSE_NAMES: tuple[str, ...] = (
    *(f"cue:{flag}" for flag in flag_ids()),
    *(f"live:{flag}" for flag in flag_ids()),
    *(f"scope:{name}" for name in _SCOPE),
    "cues", "live cues", "forgiven cues", "forgiven live",
    "denied", "debunked", "warned", "distance", "hedged", "sourced", "other sense", "under myths",
    "sentence source", "block source", "source near", "page records", "page sells",
    "quote", "quote words", "quote title", "quote dash", "quote said", "quote unsourced", "quote element",
    "short quote",
    "quote share",
    *QUOTE_SIGNS,
    *(f"kind:{kind}" for kind in _KINDS),
    "length", "short", "question", "question heading", "exclaims", "upper", "age", "money", "reference",
    "starts imperative", "imperative dose", "first result", "authority unnamed", "first on page", "emoji",
    "lower start", *(f"above:{name}" for name in ABOVE_LISTS),
)  # fmt: skip


def dense_row(view: SentenceView) -> list[float]:
    """The row of one sentence, in the order of :data:`DENSE_NAMES`; every value about 0 to 1."""
    counts = [0.0] * len(_POSITION)
    live = [0.0] * _FLAGS
    for match in view.matches:
        place = _POSITION[match.name]
        counts[place] += 1.0
        if place < _FLAGS and not is_denied(view, match):
            live[place] += 1.0
    counts = [min(count, 3.0) / 3.0 for count in counts]
    live = [min(count, 3.0) / 3.0 for count in live]
    return [
        *counts[:_FLAGS], *live, *counts[_FLAGS:],
        *_scope(view, sum(counts[:_FLAGS]), sum(live)), *_sources(view), *_quotes(view), *_form(view), *_together(view),
    ]  # fmt: skip


def _scope(view: SentenceView, cues: float, live: float) -> list[float]:
    answers = [
        float(live < cues), float(is_debunked(view)), float(is_warned_of(view)), float(is_reported_with_distance(view)),
        float(is_hedged(view)), float(is_sourced(view)), float(is_other_sense(view)), float(is_under_myths(view)),
    ]  # fmt: skip
    forgiving = min(sum(answers), 1.0)
    return [cues, live, cues * forgiving, live * forgiving, *answers]


def _sources(view: SentenceView) -> list[float]:
    """What can carry a claim. A link that cannot says nothing: pages of every kind are full of them."""
    sentence = view.sentence
    in_sentence, in_block = carry_in_sentence(view), carry_in_block(view)
    gap = distance_to_source(view.sources, sentence.start, sentence.end)
    return [
        in_sentence / Carry.RECORD,
        in_block / Carry.RECORD,
        0.0 if gap is None else 1.0 / (1.0 + gap / 80),
        min(view.page.records, 8) / 8,
        float(view.page.sells),
    ]


def _quotes(view: SentenceView) -> list[float]:
    text = view.around.block.text
    long = [quote for quote in view.quotations if quote.words >= MIN_STATEMENT_WORDS]
    if not long:
        return [0.0] * 7 + [float(bool(view.quotations)), 0.0] + [0.0] * len(QUOTE_SIGNS)
    quote = max(long, key=lambda quote: quote.words)
    titled = is_title(text, quote)
    covered = min(quote.end, view.sentence.end) - max(quote.start, view.sentence.start)
    return [
        1.0, min(quote.words, 40) / 40, float(titled), float(has_dash_attribution(text, quote)), float(view.has("say")),
        float(not titled and carry_in_block(view) < Carry.PAGE), float(quote.is_element), 0.0,
        covered / max(len(view.text), 1), *quote_signs(view, next(q for q in view.quoted if q.quotation is quote)),
    ]  # fmt: skip


def _form(view: SentenceView) -> list[float]:
    kind, text, plain = view.around.block.kind, view.text, view.plain
    words = plain.count(" ") + 1
    is_question = text.rstrip("\"”’' ").endswith("?")
    is_heading = kind[0] == "h"
    return [
        *(float(kind == name or (name == "h" and is_heading)) for name in _KINDS),
        math.log1p(words) / 4, float(words < 5), float(is_question), float(is_question and is_heading),
        min(text.count("!"), 3) / 3, min(len(_UPPER_WORD.findall(text)), 4) / 4, float(bool(_AGE.search(plain))),
        float(bool(_MONEY.search(plain))), float(view.around.is_reference),
    ]  # fmt: skip


def _together(view: SentenceView) -> list[float]:
    """Combinations that mean more than their parts."""
    starts = any(match.name == "imperative" and match.start <= 1 for match in view.matches)
    unnamed = view.has("vague-authority") and not view.has("authority_named") and not view.has("numbers")
    person = view.has("first_person") or view.has("kin")
    return [
        float(starts), float(view.has("imperative") and view.has("dose")), float(person and view.has("better")),
        float(unnamed), float(view.number < 3), float(max(view.text, default="") > "\u2600"),
        float(view.text[:1].islower()), *(float(name in view.around.above) for name in ABOVE_LISTS),
    ]  # fmt: skip
