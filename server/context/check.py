"""What a card must satisfy before readers see it, beyond the keys that :mod:`server.context.cards` asks for.

Each rule is a small generator of reasons, so that a card is told everything that is wrong with it at once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from server.context.cards import CARDS, Card, CardError, LegalFact, Source, read_card
from server.context.names import Words
from server.context.phrases import phrases_of
from server.context.publishers import PRIMARY, publisher_kind

LONGEST_FACT = 240
LONGEST_SENTENCE = 30  # words; what a reader of twelve to fourteen can hold
MOST_SENTENCES = 2
LONGEST_TITLE = 80
REVIEW_EVERY_DAYS = 366

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_TRACKING = re.compile(r"utm_|fbclid|gclid|msclkid|mc_eid|msdyn|s_cid|cmpid")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
# A card tells what is known. What to do is for the reader and their doctor: it gives no orders except to talk to one.
_ORDER = re.compile(
    r"(?:^|[.!?:;]\s+)(?:please\s+)?(?:take|stop|start|try|avoid|use|switch|swap|ask|never|always|don't|do not|skip"
    r"|quit|reduce|increase|consider|choose|buy|eat|drink)\b"
    r"|\byou (?:should|must|need to|ought|can|may)\b|\bwe (?:recommend|advise)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with one card file."""

    file: str
    reason: str

    def __str__(self) -> str:
        return f"{self.file}: {self.reason}"


def check_folder(folder: Path = CARDS, *, today: date | None = None) -> list[Problem]:
    """Everything that is wrong with the cards of a folder, in the order of their files."""
    cards: list[Card] = []
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.toml")):
        try:
            cards.append(read_card(path))
        except CardError as error:
            problems.append(Problem(path.name, error.message.removeprefix(f"{path.name}: ")))
    for card in cards:
        problems += [Problem(f"{card.id}.toml", reason) for reason in check_card(card, today=today)]
    return sorted([*problems, *shared_aliases(cards)], key=lambda problem: problem.file)


def check_card(card: Card, *, today: date | None = None) -> list[str]:
    """Everything that is wrong with one card, as sentences for the person who edits it."""
    today = today or date.today()
    return [
        *_wrong_head(card),
        *_wrong_dates(card, today),
        *_wrong_facts(card),
        *_wrong_sources(card),
        *_wrong_names(card),
    ]


def _wrong_head(card: Card) -> Iterator[str]:
    if not _SLUG.fullmatch(card.id):
        yield f"the id '{card.id}' is not made of small letters, digits and hyphens"
    if not card.title or len(card.title) > LONGEST_TITLE:
        yield f"the title is empty or longer than {LONGEST_TITLE} characters"
    if not card.known:
        yield "nothing is known; a card begins with at least one fact under 'known'"
    if card.reviewed_by is not None and not card.reviewed_by:
        yield "'reviewed_by' is empty; leave the line out until somebody has reviewed the card"


def _wrong_dates(card: Card, today: date) -> Iterator[str]:
    if card.checked_on > today:
        yield f"checked_on ({card.checked_on}) lies in the future"
    if card.review_by < today:
        yield f"its review date ({card.review_by}) is past; read its sources again and move checked_on and review_by"
    if not 0 < (card.review_by - card.checked_on).days <= REVIEW_EVERY_DAYS:
        yield "review_by is not within a year after checked_on"
    for fact in card.legal:
        if not fact.place:
            yield "a legal entry has no place"
        if fact.checked_on > today:
            yield f"the legal entry for {fact.place} was checked in the future ({fact.checked_on})"


def _wrong_facts(card: Card) -> Iterator[str]:
    numbers = {source.n for source in card.sources}
    for section, fact in card.facts():
        where = f"{section} '{_start(fact.text)}'"
        if not fact.sources:
            yield f"{where} has no source"
        for n in sorted(set(fact.sources) - numbers):
            yield f"{where} cites source {n}, which the card does not have"
        yield from (f"{where} {reason}" for reason in _wrong_text(fact.text))
        if isinstance(fact, LegalFact) and fact.checked_on < card.checked_on:
            yield f"{where} was checked before the card; check it again"


def _wrong_text(text: str) -> Iterator[str]:
    if not text:
        yield "is empty"
        return
    if len(text) > LONGEST_FACT:
        yield f"has {len(text)} characters; at most {LONGEST_FACT} are allowed"
    sentences = _SENTENCE_END.split(text)
    if len(sentences) > MOST_SENTENCES:
        yield f"has {len(sentences)} sentences; at most {MOST_SENTENCES} are allowed"
    if any(len(sentence.split()) > LONGEST_SENTENCE for sentence in sentences):
        yield f"has a sentence of more than {LONGEST_SENTENCE} words"
    if not text.endswith((".", "!", "?")):
        yield "does not end with a full stop"
    if order := _ORDER.search(text):
        yield f"tells the reader what to do ('{order[0].strip(' .:;')}'); say what is known instead"


def _wrong_sources(card: Card) -> Iterator[str]:
    cited = {n for _, fact in card.facts() for n in fact.sources}
    for n, times in Counter(source.n for source in card.sources).items():
        if times > 1:
            yield f"source {n} is given {times} times"
    for source in card.sources:
        if source.n not in cited:
            yield f"source {source.n} is not cited by any fact"
        if not source.publisher or not source.title:
            yield f"source {source.n} has no publisher or no title"
        yield from (f"source {source.n}: {reason}" for reason in _wrong_address(source))
    if not any(publisher_kind(source.url) in PRIMARY for source in card.sources):
        yield "no primary source: at least one must be of an official body or a journal (see publishers.toml)"


def _wrong_address(source: Source) -> Iterator[str]:
    parts = urlsplit(source.url)
    if parts.scheme != "https" or not parts.hostname or parts.port or parts.username:
        yield "the address must begin with https:// and a host"
    elif publisher_kind(source.url) is None:
        yield f"'{parts.hostname}' is not a publisher's own host; find the original, or add the host to publishers.toml"
    if parts.fragment or any(_TRACKING.match(key) for key, _ in parse_qsl(parts.query, keep_blank_values=True)):
        yield "the address carries a tracking parameter or a fragment; cut it off"


def _wrong_names(card: Card) -> Iterator[str]:
    if not card.aliases:
        yield "it has no alias, so it would never be shown"
    for ambiguous in card.ambiguous:
        if not ambiguous.neighbours:
            yield f"the ambiguous name '{ambiguous.name}' has no neighbours; without them it belongs into aliases"
    plain = phrases_of(card.aliases)
    for ambiguous in card.ambiguous:
        if phrases_of([ambiguous.name]) & plain:
            yield f"'{ambiguous.name}' is both a plain and an ambiguous alias"
    if not all(phrases_of([name]) for name in (*card.aliases, *(ambiguous.name for ambiguous in card.ambiguous))):
        yield "an alias holds no letter or digit"


def shared_aliases(cards: list[Card]) -> Iterator[Problem]:
    """Plain aliases that two cards claim; a name can only mean one topic unless neighbours decide."""
    owners: dict[Words, str] = {}
    for card in cards:
        for words in sorted(phrases_of(card.aliases)):
            owner = owners.setdefault(words, card.id)
            if owner != card.id:
                yield Problem(f"{card.id}.toml", f"the alias '{' '.join(words)}' belongs to '{owner}' already")


def _start(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:37]}..."
