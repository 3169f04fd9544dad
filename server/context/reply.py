"""A reply on a topic that a moderator can copy: what is known, what is not, and where to read it."""

from __future__ import annotations

from collections.abc import Iterator

from server.context.cards import Card, Fact, Source

FACTS = 2
LAST_WORDS = (
    "This is general information and no advice for you. A doctor or pharmacist can tell what holds in your case."
)


def reply_to(card: Card, *, markdown: bool = False) -> str:
    """The reply as plain text or Markdown. It says nothing about the person who posted."""
    return "\n".join(_lines(card, markdown=markdown))


def _lines(card: Card, *, markdown: bool) -> Iterator[str]:
    yield f"For those who read along, some background on {card.title}:"
    yield ""
    facts = [*card.known[:FACTS], *card.risks[:FACTS], *card.interactions[:1], *card.unknown[:1]]
    numbers = {n: place for place, n in enumerate(dict.fromkeys(n for fact in facts for n in fact.sources), start=1)}
    yield from (f"- {fact.text} {_cites(fact, numbers)}" for fact in facts)
    yield ""
    sources = {source.n: source for source in card.sources}
    yield from (f"[{place}] {_source(sources[n], markdown=markdown)}" + "  " * markdown for n, place in numbers.items())
    yield ""
    yield LAST_WORDS


def _cites(fact: Fact, numbers: dict[int, int]) -> str:
    return "".join(f"[{numbers[n]}]" for n in fact.sources)


def _source(source: Source, *, markdown: bool) -> str:
    year = f", {source.year}" if source.year else ""
    words = f"{source.publisher}: {source.title}{year}"
    return f"[{words}]({source.url})" if markdown else f"{words} {source.url}"
