"""Names of topics as words: how a text is cut into words, and how a name may vary.

One way of cutting serves cards and pages alike, so "Lion's Mane", "lions-mane" and "lion’s mane" are the same name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

Words = tuple[str, ...]

WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
CUT = re.compile(f"({WORD.pattern})")  # splits a text so that every second piece is a word
# What may stand between two words of one name: spaces, hyphens, dashes and plus signs, quotation and trade marks. A
# full stop may follow a short word only ("St. John's wort"), so that a name never reaches over the end of a sentence.
_GAP = re.compile(r"[\s\-‐-―/&+\"“”«»®™()]{1,3}")
_GAP_AFTER_SHORT = re.compile(r"\.? ?")
_HYPHENS = re.compile(r"(?<=\w)[-‐‑](?=\w)")
_APOSTROPHES = "’ʼ`´"


def lowered(text: str) -> str:
    """Lower case with plain apostrophes and the length unchanged, so that places found in it hold for the text."""
    small = text.lower()
    if len(small) != len(text):
        # A few letters, such as the dotted capital I, grow when lowered; they are left as they are.
        small = "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)
    for apostrophe in _APOSTROPHES:
        small = small.replace(apostrophe, "'")
    return small


def is_one_name(word: str, gap: str) -> bool:
    """Whether what follows a word after this gap may belong to the same name."""
    return gap == " " or bool(_GAP.fullmatch(gap)) or (len(word) <= 2 and bool(_GAP_AFTER_SHORT.fullmatch(gap)))


def words_of(text: str) -> list[str]:
    """The words of a text, lowered."""
    return WORD.findall(lowered(text))


def variants(name: str) -> Iterator[Words]:
    """Every form of a name that counts as the name: without its hyphens or apostrophes, in the plural, as an owner.

    >>> sorted(" ".join(words) for words in variants("micro-dose") if "'" not in words[-1])
    ['micro dose', 'micro doses', 'microdose', 'microdoses']
    """
    hyphenated = {name, _HYPHENS.sub("", name)}
    spellings = {tuple(words_of(spelling)) for spelling in hyphenated}
    spellings |= {tuple(word.replace("'", "") for word in words) for words in spellings}
    for words in spellings:
        if words:
            yield words
            for last in _inflected(words[-1]):
                yield (*words[:-1], last)


def _inflected(word: str) -> Iterator[str]:
    if word.isdigit():  # omega-3s
        yield word + "s"
        return
    # Short words are mostly abbreviations, and "s" after them another word: "K" and "Ks".
    if len(word) < 3 or word.endswith("s"):
        return
    yield word + "'s"
    yield word + "s"
    if word.endswith(("ch", "sh", "x", "z")):
        yield word + "es"
    if word.endswith("y"):
        yield word[:-1] + "ies"
