"""Whether a sentence takes back or only asks what its words say.

The scope of a negation is kept short, after NegEx (Chapman and others 2001). It is not :mod:`classifier.scope`, which
asks this of the classifier's own cues.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_TAKEN_BACK = re.compile(
    r"\b(?:myths?|hoax(?:es)?|debunk\w*|satir\w*|parody|fiction\w*|false(?:ly)?|untrue|not true|baseless|misinformation"
    r"|rumou?rs?|fact.check\w*|disprove\w*"
    r"|no (?:good |strong |reliable |clear |scientific )?(?:evidence|proof|study|studies|trials?|research)"
    r"|(?:has|have) (?:never|not) been (?:shown|proven|found)|(?:hasn't|haven't) been (?:shown|proven|found))\b"
)
_ASKED = re.compile(
    r"\W*(?!did you know)(?:does|do|did|can|could|is|are|was|were|will|would|should|has|have|may|might)\b[^?]*\?\W*$"
)
_NEGATOR = re.compile(r"\b(?:not|never|no|cannot|neither|nor|without|nothing|hardly|[a-z]+n't)\b(?! only| just)")
_AFTER = frozenset({"nothing", "no", "neither"})
_CLAUSE_END = re.compile(r"[,;:!?.]|\bbut\b|\bbecause\b|\band\b")
_REACH = 5  # blanks between a negator and what it denies


def is_asked(text: str) -> bool:
    """Whether a text in lower case is a question that can be answered with yes or no."""
    return bool(_ASKED.match(text))


def is_denied(text: str, effects: Sequence[tuple[int, int]]) -> bool:
    """Whether a text in lower case takes its claim back. ``effects`` are the places of what it says."""
    if _TAKEN_BACK.search(text):
        return True
    return any(_denies(text, negator, start, end) for negator in _NEGATOR.finditer(text) for start, end in effects)


def _denies(text: str, negator: re.Match[str], start: int, end: int) -> bool:
    """Whether a negator stands before an effect in its clause ("does not cure") or right behind ("pulls nothing")."""
    if negator.end() <= start:
        between = text[negator.end() : start]
        return between.count(" ") <= _REACH and not _CLAUSE_END.search(between)
    return end <= negator.start() <= end + 1 and negator.group() in _AFTER
