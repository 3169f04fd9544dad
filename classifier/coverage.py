"""How much of a page is checked, and what its reader is told of the rest."""

from __future__ import annotations

from classifier.document import Document, Sentence, State
from classifier.language import SUPPORTED, find_language, foreign_blocks, has_english

_LANGUAGES = {
    "de": "German",
    "fr": "French",
    "es": "Spanish",
    "it": "Italian",
    "nl": "Dutch",
    "pt": "Portuguese",
    "pl": "Polish",
    "ru": "Russian",
    "ar": "Arabic",
    "zh": "Chinese",
}


def languages(document: Document) -> tuple[str, dict[int, str]]:
    """The page's language, and its foreign blocks where it is a page to check.

    A page that does not tell its language is checked when any long paragraph of it is in English.
    """
    language = find_language(document)
    if language not in SUPPORTED and document.lang:
        return language, {}
    foreign = foreign_blocks(document)
    if language not in SUPPORTED:
        return ("en", foreign) if foreign and has_english(document) else (language, {})
    return language, foreign


def language_name(code: str) -> str:
    """A language as a reader calls it."""
    unnamed = f"a language other than English ({code})" if code.isalpha() else "another language"
    return _LANGUAGES.get(code, unnamed)


def is_scored(document: Document, sentence: Sentence, foreign: dict[int, str]) -> bool:
    """Not what is in another language, nor what a reply quotes of another's post."""
    return sentence.block not in foreign and not document.blocks[sentence.block].is_quoted


def state_of(checked: int, total: int, document: Document, foreign: dict[int, str]) -> tuple[State, str | None]:
    """The report's state, and the reason for the reader unless all was checked."""
    reasons = []
    if foreign:
        letters = sum(len(document.blocks[place].text) for place in foreign)
        share = max(round(100 * letters / sum(len(block.text) for block in document.blocks)), 1)
        names = " and ".join(sorted({language_name(code) for code in foreign.values()}))
        reasons.append(
            f"{len(foreign):,} of {len(document.blocks):,} paragraphs (about {share} % of the text) are in {names} "
            "and were not checked: Pinch reads English only."
        )
    if checked < total:
        reasons.append(f"This page is very long: the first {checked:,} of {total:,} sentences were checked.")
    return ("partly-checked", " ".join(reasons)) if reasons else ("checked", None)
