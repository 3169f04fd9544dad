"""The numbers and spans of time that a claim names, in figures or in words."""

from __future__ import annotations

import re

_UNITS = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
}
_TENS = {
    word: 10 * value for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
_SMALL = _UNITS | _TENS | {"dozen": 12, "half": 50}
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_FIGURE = r"(?<![a-z0-9])\d[\d,]*(?:\.\d+)?(?![a-z\d])"
_WORDS = "|".join(sorted(_SMALL, key=len, reverse=True))
_NUMBER = re.compile(rf"(?:({_FIGURE})|\b({_WORDS})\b(?:[ -]({'|'.join(_UNITS)})\b)?)(?:[ -]({'|'.join(_SCALES)})\b)?")
# "Every day" and "two a day" tell how often, not how long.
_OFTEN = re.compile(r"\b(?:a|per|each|every|single) (?:minute|hour|day|night|week|month|year)s?\b")
_TIMES = re.compile(r"\b(minute|hour|day|week|fortnight|month|year|night|overnight)s?\b")
_SAME_TIME = {"overnight": "night"}
_LIFELONG = 1_900
_MOST_FIGURES = 15


def numbers_of(text: str) -> frozenset[float]:
    """The numbers of a text in lower case. One is left out: it is mostly no count; so are years.

    >>> sorted(numbers_of("ten thousand times, 97% of twenty-one"))
    [21.0, 97.0, 10000.0]
    """
    found = set()
    for figure, word, unit, scale in _NUMBER.findall(text):
        if len(figure) > _MOST_FIGURES:
            continue
        value = float(figure.replace(",", "")) if figure else float(_SMALL[word] + _UNITS.get(unit, 0))
        value *= _SCALES.get(scale, 1)
        is_year = bool(figure) and not scale and "," not in figure and _LIFELONG <= value < _LIFELONG + 200
        if value != 1 and not is_year:
            found.add(value)
    return frozenset(found)


def times_of(text: str) -> frozenset[str]:
    """The units of time that say how long something takes."""
    return frozenset(_SAME_TIME.get(unit, unit) for unit in _TIMES.findall(_OFTEN.sub(" ", text)))
