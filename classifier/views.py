"""A sentence as a reader sees it: in its block, under its headings, between its neighbours, on its page."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from classifier.disguise import Revealed, reveal
from classifier.document import Block, Document, Sentence
from classifier.lexicon import lexicon
from classifier.phrases import PhraseMatch, plain
from classifier.quoted import PageParts, Quoted, find_quoted
from classifier.quotes import Quotation
from classifier.reference_list import is_reference_heading
from classifier.references import References
from classifier.sourcing import Carry, SourceMark, find_sources, marks_near

_HEADING = re.compile(r"h[1-6]$")


@dataclass(frozen=True, slots=True)
class PageView:
    """What all sentences of a page share."""

    url: str
    title: str
    records: int  # links and citations on the page that can carry a claim
    sells: bool


@dataclass(frozen=True, slots=True)
class BlockView:
    """What all sentences of a block share.

    ``carry`` is the strongest source anywhere in the block; ``intro`` is the text of the introducing line, ``trail``
    the headings above from the outermost in, ``above`` names
    the scope lists (of :data:`ABOVE_LISTS`) that the introducing line or the nearest heading holds words of.
    """

    block: Block
    quoted: tuple[Quoted, ...]
    sources: tuple[SourceMark, ...]
    intro: str
    trail: tuple[str, ...]
    is_reference: bool
    carry: Carry
    above: frozenset[str]


@dataclass(frozen=True, slots=True)
class SentenceView:
    """One sentence with all that may change its meaning; ``number`` is its place on the page.

    ``plain`` is what is scored: its words in lower case, disguises taken off. ``matches`` are places in it;
    :meth:`span_in_block` leads back to what the page shows. ``quoted`` are the quotations that touch the sentence,
    ``sources`` those in reach of it.
    """

    sentence: Sentence
    plain: str
    matches: tuple[PhraseMatch, ...]
    around: BlockView
    page: PageView
    number: int
    quoted: tuple[Quoted, ...]
    sources: tuple[SourceMark, ...]
    revealed: Revealed | None = None

    @property
    def quotations(self) -> tuple[Quotation, ...]:
        """The quotations that touch the sentence."""
        return tuple(quoted.quotation for quoted in self.quoted)

    @property
    def text(self) -> str:
        """The sentence's own characters, as the page shows them."""
        return self.sentence.text

    def span_in_block(self, start: int, end: int) -> tuple[int, int]:
        """A stretch of ``plain`` as a stretch of the block's text."""
        base = self.sentence.start
        if self.revealed is not None:
            start, end = self.revealed.span(start, end)
        return base + start, base + end

    def has(self, name: str) -> bool:
        """Whether a phrase of this list stands in the sentence."""
        return any(match.name == name for match in self.matches)


# What a heading or introducing line can do to all that stands under it.
ABOVE_LISTS = (
    "debunk",
    "warn",
    "distance",
    "hedge",
    "negator",
    "myth_heading",
    "benefit_heading",
    "say",
    "first_person",
)

_SELLING = re.compile(r"shop|store|product|buy|cart|offer|pricing|checkout")


def view_document(document: Document, sentences: Sequence[Sentence]) -> list[SentenceView]:
    """Views of the given sentences of a document, in their order."""
    blocks = _view_blocks(document, sentences)
    page = PageView(
        url=document.url or "",
        title=document.title or "",
        records=sum(mark.carry >= Carry.REPORT for view in blocks for mark in view.sources),
        sells=bool(_SELLING.search((document.url or "").lower())),
    )
    index = lexicon()
    disguised = [reveal(block.text) is not None for block in document.blocks]
    views = []
    for number, sentence in enumerate(sentences):
        revealed = reveal(sentence.text) if disguised[sentence.block] else None
        text = plain(sentence.text if revealed is None else revealed.text)
        around = blocks[sentence.block]
        quoted = _touching(around.quoted, sentence)
        sources = marks_near(around.sources, sentence.start, sentence.end)
        matches = tuple(index.find(text))
        views.append(SentenceView(sentence, text, matches, around, page, number, quoted, sources, revealed))
    return views


def _touching(quoted: tuple[Quoted, ...], sentence: Sentence) -> tuple[Quoted, ...]:
    """Quotations lie one behind the other, so those that touch a sentence stand together."""
    first = bisect_right(quoted, sentence.start, key=lambda item: item.quotation.end)
    last = bisect_left(quoted, sentence.end, key=lambda item: item.quotation.start)
    return quoted[first:last]


def _view_blocks(document: Document, sentences: Sequence[Sentence]) -> list[BlockView]:
    references = References(document)
    sources = [_sources(block, document.url, references) for block in document.blocks]
    spans: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for sentence in sentences:
        spans[sentence.block].append((sentence.start, sentence.end))
    quoted = find_quoted(PageParts(document.blocks, spans, sources))
    texts = {block.id: block.text for block in document.blocks}
    trail: list[tuple[int, str]] = []
    in_references = False
    views = []
    for place, block in enumerate(document.blocks):
        is_heading = bool(_HEADING.match(block.kind))
        if is_heading:
            level = int(block.kind[1])
            trail = [(above, text) for above, text in trail if above < level]
        if is_heading or is_reference_heading(block.text):
            in_references = is_reference_heading(block.text)
        above = _Above(texts.get(block.intro or "", ""), tuple(text for _, text in trail))
        is_reference = in_references or place in references.listed
        views.append(_view_block(block, above, sources[place], quoted[place], is_reference=is_reference))
        if is_heading:
            trail.append((level, block.text))
    return views


def _sources(block: Block, url: str | None, references: References) -> tuple[SourceMark, ...]:
    found = find_sources(block, page_url=url, judge=references.judge)
    return tuple(sorted((*found, *references.find_markers(block)), key=lambda mark: mark.start))


@dataclass(frozen=True, slots=True)
class _Above:
    """What stands above a block: the line that introduces it and the headings."""

    intro: str
    trail: tuple[str, ...]


def _view_block(
    block: Block, over: _Above, sources: tuple[SourceMark, ...], quoted: tuple[Quoted, ...], *, is_reference: bool
) -> BlockView:
    above_it = " . ".join((*over.trail[-1:], over.intro))
    shown = reveal(above_it)
    nearest = plain(above_it if shown is None else shown.text)
    above = {match.name for match in lexicon().find(nearest)} if nearest else set()
    return BlockView(
        block=block,
        quoted=quoted,
        sources=sources,
        intro=over.intro,
        trail=over.trail,
        is_reference=is_reference,
        carry=max((mark.carry for mark in sources), default=Carry.NOTHING),
        above=frozenset(above.intersection(ABOVE_LISTS)),
    )


def page_bounds(views: Sequence[SentenceView]) -> list[int]:
    """Where each page begins among views whose pages stand together, and the number of views at the end."""
    changes = [row for row, (one, next_) in enumerate(pairwise(views), start=1) if one.page is not next_.page]
    return [0, *changes, len(views)] if views else [0]
