"""Words without the endings of number and tense."""

from __future__ import annotations

import re

_ENDINGS = (("ies", "y"), ("sses", "ss"), ("xes", "x"), ("ches", "ch"), ("shes", "sh"))
_VOWEL = re.compile(r"[aeiouy]")
_SHORTEST = 3


def stem(word: str) -> str:
    """A word in lower case without its ending, so that "dissolves" and "dissolving" are one.

    >>> stem("dissolves"), stem("dissolving"), stem("wrapped"), stem("glass")
    ('dissolv', 'dissolv', 'wrap', 'glass')
    """
    word = word.removesuffix("'s").replace("'", "")
    if len(word) <= _SHORTEST or word[0].isdigit():
        return word
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word[: -len(ending)] + instead
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    return _without_tense(word)


def _without_tense(word: str) -> str:
    for ending in ("ing", "ed"):
        rest = word.removesuffix(ending)
        if rest != word and len(rest) >= _SHORTEST and _VOWEL.search(rest):
            is_doubled = rest[-1] == rest[-2] and rest[-1] not in "lsz"
            word = rest[:-1] if is_doubled else rest
            break
    return word[:-1] if word.endswith("e") and len(word) > _SHORTEST else word
