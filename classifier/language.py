"""Which language a page is in, so that Pinch says "not checked" instead of guessing."""

from __future__ import annotations

from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from classifier.document import Document

SUPPORTED = frozenset({"en"})
# Under this many letters the language cannot be told well, and the text is taken as English.
ENOUGH_LETTERS = 120
# How much of a page is looked at, and how sure the finding must be to call a page foreign.
LOOK_AT = 4_000
LOOK_AT_BLOCKS = 200
SURE = 0.9

# English prose is a quarter to a third function words; at this share the text is English without asking the model,
# which loads slowly.
ENGLISH_SHARE = 0.18
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
    words = text.lower().split()
    if sum(map(str.isalpha, text)) < ENOUGH_LETTERS:
        return "en"
    if sum(word in _ENGLISH_WORDS for word in words) >= ENGLISH_SHARE * len(words):
        return "en"
    code, probability = _identifier().classify(text)
    return str(code) if probability >= SURE else "en"


@cache
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
