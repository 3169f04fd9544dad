"""A card as people read it: plain text for a terminal, a small page for a browser."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from server.context.cards import Card, Fact, LegalFact, Source

HEADINGS = {
    "known": "What is known",
    "unknown": "What is not known",
    "risks": "Risks",
    "interactions": "Together with other things",
    "legal": "The law",
}
READ = {"copy": "read in a copy", "report": "read in a report"}

_STYLE = """
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 40rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.4rem } h2 { font-size: 1.1rem; margin: 1.2rem 0 .3rem }
.review { border-left: .3rem solid; padding-left: .6rem }
@media (prefers-color-scheme: dark) { body { background: #111; color: #eee } a { color: #9cf } }
"""


def as_text(card: Card) -> str:
    """The card for a terminal, with everything that a reviewer needs."""
    return "\n".join(_text_lines(card))


def _text_lines(card: Card) -> Iterator[str]:
    yield f"{card.title} ({card.id})"
    yield f"{_review(card)} Checked on {card.checked_on}, next review by {card.review_by}. Risk: {card.risk}."
    for section, heading in HEADINGS.items():
        facts: tuple[Fact, ...] = getattr(card, section)
        if facts:
            yield f"\n{heading}"
            yield from (f"- {_worded(fact)} {_numbers(fact)}" for fact in facts)
    yield "\nSources"
    yield from (f"[{source.n}] {_source_words(source)}\n    {source.url}" for source in card.sources)
    yield f"\nShown for: {', '.join(card.aliases)}"
    for ambiguous in card.ambiguous:
        yield f"Shown for '{ambiguous.name}' near: {', '.join(ambiguous.neighbours)}"


def as_html(card: Card) -> str:
    """The card as one page without scripts or outside files."""
    sections = "".join(_section(heading, getattr(card, name)) for name, heading in HEADINGS.items())
    sources = "".join(
        f'<li value="{source.n}" id="source-{source.n}"><a href="{escape(source.url)}" rel="noreferrer">'
        f"{escape(_source_words(source))}</a></li>"
        for source in card.sources
    )
    title = escape(card.title)
    return (
        f'<!doctype html>\n<html lang="en">\n<head><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{_STYLE}</style></head>\n<body><main>\n<h1>{title}</h1>\n"
        f'<p class="review">{escape(_review(card))} Checked on {card.checked_on}.</p>\n'
        f"{sections}<h2>Sources</h2>\n<ol>{sources}</ol>\n</main></body>\n</html>"
    )


def _section(heading: str, facts: tuple[Fact, ...]) -> str:
    if not facts:
        return ""
    items = "".join(f"<li>{escape(_worded(fact))} {_links(fact)}</li>" for fact in facts)
    return f"<h2>{heading}</h2>\n<ul>{items}</ul>\n"


def _links(fact: Fact) -> str:
    return " ".join(f'<a href="#source-{n}">[{n}]</a>' for n in fact.sources)


def _worded(fact: Fact) -> str:
    """The fact as shown; a legal one says where it holds and when it was last checked."""
    if isinstance(fact, LegalFact):
        return f"{fact.place}: {fact.text} (Checked on {fact.checked_on}.)"
    return fact.text


def _numbers(fact: Fact) -> str:
    return " ".join(f"[{n}]" for n in fact.sources)


def _source_words(source: Source) -> str:
    year = f", {source.year}" if source.year else ""
    note = f" ({READ[source.read]})" if source.read in READ else ""
    return f"{source.publisher}: {source.title}{year}{note}"


def _review(card: Card) -> str:
    return f"Reviewed by {card.reviewed_by}." if card.reviewed_by else "Not medically reviewed."
