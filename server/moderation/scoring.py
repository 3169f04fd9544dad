"""A post is read and weighed. No database here: this is the slow part, and runs outside every transaction."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Protocol

from classifier.document import Document, Flag, Report
from classifier.errors import InputError
from classifier.own_phrases import OwnPhrases
from classifier.priority import Weighing, weigh
from classifier.priority_weights import PriorityWeights
from classifier.reading import READERS
from server.context import Card, Matches, match
from server.context.combinations import combination_notices
from server.context.crisis import without_flags_on_cries
from server.context.distress import find_distress
from server.detecting import Detector
from server.moderation.incoming import IncomingPost

BLOCK_BREAK = "\n\n"
# More together are hardly quicker, and would hold much in memory where posts are long.
AT_ONCE = 16
# What a notice says of the post's topic.
_TOPICS = {"crisis": "suicide", "combination": "combination"}


@dataclass(frozen=True, slots=True)
class ScoredPost:
    """What there is to keep of one version. Offsets in ``report`` and ``top`` are code points into ``text``."""

    text: str
    report: dict[str, Any]
    flags: tuple[dict[str, Any], ...]
    model: str
    weighing: Weighing
    needs_person: bool
    top: tuple[int, int] | None


class Phrases(Protocol):
    """A team's own words: a list, or whichever list is in force."""

    def apply(self, report: Report, /) -> Report:
        """The report with the list's flags and without those that it takes away."""


@dataclass(frozen=True, slots=True)
class Scorer:
    """Reads posts with one detector, one set of cards, one set of weights and a team's own phrase list."""

    detector: Detector
    cards: Mapping[str, Card]
    weights: PriorityWeights
    phrases: Phrases = field(default_factory=OwnPhrases)

    @property
    def model(self) -> str:
        """Which model speaks."""
        return self.detector.model.name

    def score_all(self, posts: Sequence[IncomingPost]) -> list[ScoredPost | InputError]:
        """Read and weigh these posts, a few at a time; what cannot be read as its format has the error in its place."""
        found: list[ScoredPost | InputError] = []
        for start in range(0, len(posts), AT_ONCE):
            found += self._score_few(posts[start : start + AT_ONCE])
        return found

    def score(self, post: IncomingPost) -> ScoredPost:
        """Read and weigh. Raises :class:`~classifier.errors.InputError` for what cannot be read as its format."""
        document = document_of(post)
        return self._weighed(post, document, self.detector.analyze(document))

    def _score_few(self, posts: Sequence[IncomingPost]) -> list[ScoredPost | InputError]:
        try:
            documents = [document_of(post) for post in posts]
            reports = self.detector.analyze_all(documents)
        except InputError:
            return [self._score_one(post) for post in posts]
        return [self._weighed(*read) for read in zip(posts, documents, reports, strict=True)]

    def _score_one(self, post: IncomingPost) -> ScoredPost | InputError:
        try:
            return self.score(post)
        except InputError as error:
            return error

    def _weighed(self, post: IncomingPost, document: Document, report: Report) -> ScoredPost:
        distress = find_distress(own_words(document))
        need = self.detector.need(report)
        report = self.phrases.apply(report)
        needs_person = bool(distress.cries) or need.care.confidence >= self.weights.least_care
        # What the lists know as a cry carries no mark; where only the model hears one, nothing of the post does.
        report = without_flags_on_cries(report, distress)
        report = replace(report, flags=()) if needs_person and not distress.cries else report
        starts, text = shown(post, document)
        matches = match(document, report, self.cards)
        flags = tuple(_flag(flag, starts[flag.block], matches) for flag in report.flags)
        notices = _notices(document, self.cards, bool(distress.cries))
        topics = [topic for notice, topic in _TOPICS.items() if notice in notices]
        weighing = weigh(report, need, self.weights, topics=topics)
        kept = {
            **_told(report, matches),
            "flags": list(flags),
            "quoted": [_span(starts[block.id], len(block.text)) for block in document.blocks if block.is_quoted],
            "notices": notices,
            **({"tally": report.tally.row()} if report.tally else {}),
        }
        top = weighing.top and (starts[weighing.top[0]] + weighing.top[1], starts[weighing.top[0]] + weighing.top[2])
        return ScoredPost(text, kept, flags, self.model, weighing, needs_person, top)


def document_of(post: IncomingPost) -> Document:
    """A post as it is read. Raises :class:`~classifier.errors.InputError` for what cannot be read as its format."""
    title = post.title or post.thread_title
    document = READERS[post.format](post.text, url=post.url, title=title, lang=post.lang)
    return replace(document, key="/".join(post.key))


def digest_of(post: IncomingPost) -> str:
    """What tells equal texts: SHA-256 of the words and how they are to be read."""
    return hashlib.sha256(json.dumps([post.format, post.title, post.text]).encode()).hexdigest()


def own_words(document: Document) -> Document:
    """The document without what another wrote: only the poster is asked after."""
    return replace(document, blocks=tuple(block for block in document.blocks if not block.is_quoted))


def shown(post: IncomingPost, document: Document) -> tuple[dict[str, int], str]:
    """Where each block begins in the text that people see, and that text: as it was sent, if it was plain."""
    if post.format == "text":
        return {block.id: block.offset or 0 for block in document.blocks}, post.text
    starts, at = {}, 0
    for block in document.blocks:
        starts[block.id] = at
        at += len(block.text) + len(BLOCK_BREAK)
    return starts, BLOCK_BREAK.join(block.text for block in document.blocks)


def _told(report: Report, matches: Matches) -> dict[str, Any]:
    return {
        "state": report.state,
        "state_reason": report.state_reason,
        "language": report.language,
        "sentences": report.sentences,
        "by_flag": {flag: round(highest, 4) for flag, highest in report.by_flag.items()},
        "topics": list(matches.page),
    }


def _flag(flag: Flag, base: int, matches: Matches) -> dict[str, Any]:
    evidence = [
        {"start": base + words.start, "end": base + words.end, "weight": round(words.weight, 3)}
        for words in flag.evidence
    ]
    return {
        "id": flag.id,
        "flag": flag.flag,
        "start": base + flag.start,
        "end": base + flag.end,
        "confidence": round(flag.confidence, 4),
        "severity": flag.severity,
        "source": flag.source,
        "evidence": evidence,
        "origin": flag.origin,
        "listed": asdict(flag.listed) if flag.listed else None,
        "topics": list(matches.by_flag.get(flag.id, ())),
    }


def _span(start: int, length: int) -> dict[str, int]:
    return {"start": start, "end": start + length}


def _notices(document: Document, cards: Mapping[str, Card], is_cry: bool) -> list[str]:
    """The kinds of notices that the post would carry."""
    found = [notice.type for notice in combination_notices(document, dict(cards))]
    return [*(["crisis"] if is_cry else []), *dict.fromkeys(found)]
