"""Lists and reports for the tests of a team's own phrases; no model is needed for them."""

from __future__ import annotations

from typing import Any

from classifier.document import Document, Flag, ModelId, Report
from classifier.flags import quote_of
from classifier.own_phrases import OwnPhrases
from classifier.phrase_editing import with_entry
from classifier.reading import read_text

BASE = {"flag": "self-treatment", "reason": "Our rules forbid advice to use it.", "hits": ["Put black salve on it."]}


def listing(*entries: dict[str, Any]) -> OwnPhrases:
    """A list of these entries, written and read as a file."""
    text = ""
    for entry in entries:
        text = with_entry(text, entry)
    return OwnPhrases.parse(text)


def raising(phrase: str, **other: Any) -> dict[str, Any]:
    return {"phrase": phrase, **BASE, **other}


def never(phrase: str, **other: Any) -> dict[str, Any]:
    return {"phrase": phrase, "never": True, "hits": ["Something."], **other}


def report(text: str | Document, *flags: tuple[str, str, float]) -> Report:
    """What a model would say: each flag by its name, its words in the first block that has them, its confidence."""
    document = read_text(text) if isinstance(text, str) else text
    made = []
    for number, (name, words, confidence) in enumerate(flags):
        block = next(block for block in document.blocks if words in block.text)
        start = block.text.index(words)
        quote = quote_of(block, start, start + len(words))
        made.append(Flag(f"m{number}", name, block.id, start, start + len(words), quote, confidence, "high"))
    surest = {"miracle": 0.4, "overclaim": 0.3} | {flag.flag: flag.confidence for flag in made}
    return Report(ModelId("1", "d"), document, "checked", None, "en", 9, tuple(made), surest)


def said(found: Report) -> list[tuple[str, str, str]]:
    """Flag, origin and words of each flag."""
    return [(flag.flag, flag.origin, flag.quote.exact) for flag in found.flags]
