"""Which language a page and its paragraphs are in, so that Pinch says "not checked" instead of guessing."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from classifier.disguise import reveal
from classifier.document import Block, Document

SUPPORTED = frozenset({"en"})
# Under this many letters the language cannot be told well, and the text is taken as English. Other scripts tell more:
# a Chinese character stands for a word, and Cyrillic letters stand in no English one.
ENOUGH_LETTERS = 120
ENOUGH_OTHER_LETTERS = 30
# How much of a page is looked at, and how sure the finding must be to call a page foreign.
LOOK_AT = 4_000
LOOK_AT_BLOCKS = 200
SURE = 0.9
# How much of a paragraph is looked at.
LOOK_AT_OF_BLOCK = 1_000

# English prose is a quarter to a third function words; at this share the text is English without asking the model,
# which loads slowly. A paragraph is not suspected as foreign above the lower share: lists hold few such words.
ENGLISH_SHARE = 0.18
SUSPECT_SHARE = 0.1
_ENGLISH_WORDS = frozenset(
    """
    the of and to in a is that for it with as was on are be this by or from at not have you your which can they we
    an but
    """.split()
)


def find_language(document: Document) -> str:
    """The ISO 639-1 code of the page's language: as told in ``document.lang``, else as found from its text, else
    ``en``.
    """
    if document.lang:
        return document.lang.replace("_", "-").split("-")[0].lower()
    text = " ".join(block.text for block in document.blocks[:LOOK_AT_BLOCKS])[:LOOK_AT]
    shown = reveal(text)
    text = text if shown is None else shown.text
    if not _is_long_enough(text) or _english_share(text) >= ENGLISH_SHARE:
        return "en"
    return _classified(text)


def foreign_blocks(document: Document) -> dict[int, str]:
    """The blocks of a page that are in an unsupported language, by their place, with its ISO 639-1 code.

    Only blocks long enough are judged, and the model is asked only where common English words are few. A short block
    goes with its neighbours when the judged ones before and after it are foreign. Takes linear time.
    """
    codes = [_language_of(block) for block in document.blocks]
    foreign = {place: code for place, code in enumerate(codes) if code and code not in SUPPORTED}
    if foreign:
        foreign |= _drawn_along(codes)
    return foreign


def has_english(document: Document) -> bool:
    """Whether any long block is plainly in English."""
    texts = (block.text[:LOOK_AT_OF_BLOCK] for block in document.blocks)
    return any(len(text) >= ENOUGH_LETTERS and _english_share(text) >= ENGLISH_SHARE for text in texts)


def _drawn_along(codes: Sequence[str | None]) -> dict[int, str]:
    """Short blocks between two foreign ones, or between one and the page's end."""
    drawn: dict[int, str] = {}
    waiting: list[int] = []
    last: str | None = None
    for place, code in enumerate(codes):
        if code is None:
            waiting.append(place)
            continue
        if code not in SUPPORTED and (last is None or last not in SUPPORTED):
            drawn |= dict.fromkeys(waiting, code)
        waiting, last = [], code
    if last and last not in SUPPORTED:
        drawn |= dict.fromkeys(waiting, last)
    return drawn


def _language_of(block: Block) -> str | None:
    """The language of a block, or None where it is too short to tell."""
    text = block.text[:LOOK_AT_OF_BLOCK]
    if len(text) < ENOUGH_OTHER_LETTERS or (text.isascii() and len(text) < ENOUGH_LETTERS):
        return None
    if _english_share(text) >= SUSPECT_SHARE:
        return "en" if len(text) >= ENOUGH_LETTERS else None
    shown = reveal(text)
    text = text if shown is None else shown.text
    if not _is_long_enough(text):
        return None
    return "en" if _english_share(text) >= SUSPECT_SHARE else _classified(text)


def _is_long_enough(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    if len(letters) >= ENOUGH_LETTERS:
        return True
    return not text.isascii() and sum(map(_is_of_other_script, letters)) >= max(ENOUGH_OTHER_LETTERS, len(letters) / 2)


def _is_of_other_script(letter: str) -> bool:
    return letter > "\u024f" and not unicodedata.name(letter, "LATIN").startswith(("LATIN", "MATHEMATICAL"))


def _english_share(text: str) -> float:
    words = text.lower().split()
    return sum(word in _ENGLISH_WORDS for word in words) / max(len(words), 1)


def _classified(text: str) -> str:
    code, probability = _identifier().classify(text)
    return str(code) if probability >= SURE else "en"


@cache
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def prepare() -> None:
    """Load what tells languages apart: half a second that is else spent on the first text that needs it."""
    _identifier()
