"""Which cards belong beside a flag, and which to the whole page.

A wrong card is noise, so names that also mean something else count only in company. A flag takes its topics from near
to far: its own sentence, its block, what introduces the block, the page's title, and what the page is mostly about only
when nothing nearer is named.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from classifier.document import Block, Document, Flag, Report
from server.context.cards import RISKS, Card
from server.context.names import words_of
from server.context.phrases import Mention, PhraseIndex

MOST_BESIDE_A_FLAG = 3
MOST_OF_A_PAGE = 6
# In a long post "the same block" may be pages away, so within a block nearer mentions come first, in steps of a few
# sentences.
STEP = 300
# A title or a heading says what a page is about more surely than a word in passing.
TITLE_WEIGHT, HEADING_WEIGHT = 4, 2
# The main topic is named at least this often, and makes up this share of all that is named.
MAIN_COUNT, MAIN_SHARE = 3, 0.34


@dataclass(frozen=True, slots=True)
class Matches:
    """Topic ids: beside each flag (by its id, at most three, the riskiest first) and of the page (at most six)."""

    by_flag: dict[str, tuple[str, ...]]
    page: tuple[str, ...]


def match(document: Document, report: Report, cards: Mapping[str, Card]) -> Matches:
    """The topics of ``cards`` that belong to each flag of the report and to the document as a whole."""
    return _matcher(tuple(cards.values())).match(document, report)


@lru_cache(maxsize=4)
def _matcher(cards: tuple[Card, ...]) -> Matcher:
    return Matcher(cards)


class Matcher:
    """Finds topics in documents. Building it takes a while, matching a page about a millisecond."""

    def __init__(self, cards: Iterable[Card]) -> None:
        cards = tuple(cards)
        self.index = PhraseIndex(cards)
        self.rank = {card.id: (-RISKS.index(card.risk), card.id) for card in cards}

    def match(self, document: Document, report: Report) -> Matches:
        """See :func:`match`."""
        page = _Page(document, self.index)
        return Matches({flag.id: self._beside(flag, page) for flag in report.flags}, page.topics())

    def _beside(self, flag: Flag, page: _Page) -> tuple[str, ...]:
        """The topics nearest to a flag, of those what can hurt most first and then the nearest."""
        topics: list[str] = []
        for level in page.levels(flag):
            fresh = {mention.topic for mention in level} - set(topics)
            topics += sorted(fresh, key=self.rank.__getitem__)
        nearest = topics[:MOST_BESIDE_A_FLAG] or page.main_topic()
        return tuple(sorted(nearest, key=lambda topic: self.rank[topic][0]))


class _Page:
    """One document with its mentions, scanned once."""

    def __init__(self, document: Document, index: PhraseIndex) -> None:
        self.blocks = document.blocks
        self.place = {block.id: i for i, block in enumerate(document.blocks)}
        self.title = index.mentions(document.title or "")
        self._title_words = words_of(document.title or "")
        self.mentions = [index.mentions(block.text, near=self._introducing_words(block)) for block in self.blocks]

    def _introducing_words(self, block: Block) -> list[str]:
        """What helps to decide what a block's words mean: the page's title, and for a list item its list's line."""
        if block.intro not in self.place:
            return self._title_words
        return [*words_of(self.blocks[self.place[block.intro]].text), *self._title_words]

    def levels(self, flag: Flag) -> list[list[Mention]]:
        """Mentions from near to far: the flagged stretch, its block, its introduction, its headings, the title."""
        if flag.block not in self.place:
            return [self.title]
        at = self.place[flag.block]
        steps: dict[int, list[Mention]] = {}
        for mention in self.mentions[at]:
            steps.setdefault(_steps_away(mention, flag), []).append(mention)
        return [*(steps[step] for step in sorted(steps)), *self._introductions(at), *self._headings(at), self.title]

    def _introductions(self, at: int) -> list[list[Mention]]:
        levels = []
        seen = {at}
        intro = self.blocks[at].intro
        # A list in a list has an introduction that has one; an input that goes in circles ends at what was seen.
        while intro in self.place and self.place[intro] not in seen:
            at = self.place[intro]
            seen.add(at)
            levels.append(self.mentions[at])
            intro = self.blocks[at].intro
        return levels

    def _headings(self, at: int) -> list[list[Mention]]:
        """The mentions in the headings above a block, nearest first: each of a higher order than the one before."""
        levels = []
        order = _heading_order(self.blocks[at]) or 7
        for i in range(at - 1, -1, -1):
            heading = _heading_order(self.blocks[i])
            if heading and heading < order:
                levels.append(self.mentions[i])
                order = heading
        return levels

    def _counts(self) -> Counter[str]:
        """How much each topic is named; topics stand in the order of their first place, which settles ties."""
        counts: Counter[str] = Counter()
        for mention in self.title:
            counts[mention.topic] += TITLE_WEIGHT
        for block, mentions in zip(self.blocks, self.mentions, strict=True):
            weight = HEADING_WEIGHT if _heading_order(block) else 1
            for mention in mentions:
                counts[mention.topic] += weight
        return counts

    def topics(self) -> tuple[str, ...]:
        """The topics of the page: most named first, of equals the one named first."""
        return tuple(topic for topic, _ in self._counts().most_common(MOST_OF_A_PAGE))

    def main_topic(self) -> list[str]:
        """The one topic that the page is about, or none when nothing stands out."""
        counts = self._counts()
        leading = counts.most_common(1)
        if not leading or leading[0][1] < max(MAIN_COUNT, MAIN_SHARE * counts.total()):
            return []
        return [leading[0][0]]


def _steps_away(mention: Mention, flag: Flag) -> int:
    """0 inside the flagged stretch, else 1 and up by distance."""
    gap = max(flag.start - mention.end, mention.start - flag.end, -1)
    return 0 if gap < 0 else 1 + gap // STEP


def _heading_order(block: Block) -> int:
    """1 to 6 for a heading, 0 for anything else."""
    return int(block.kind[1]) if block.kind[0] == "h" and block.kind[1:].isdigit() else 0
