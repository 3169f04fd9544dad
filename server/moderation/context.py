"""What public-health bodies know beside a post: cards and notices, as on the page that checks a text.

Cards were matched when the post came in; notices are found anew, so that crisis lines fit the moderator's country and
newly imported fact-checks are told.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from classifier.document import Block, Document, Flag, ModelId, Quote, Report
from server.context import Card
from server.context.combinations import combination_notices
from server.context.crisis import crisis_notices
from server.context.distress import Distress, find_distress
from server.context.notice import Notice, in_order
from server.context.notices import find_notices
from server.factchecks.store import FactChecks
from server.moderation.post_flags import PostFlag
from server.moderation.subject import Subject
from server.retractions.store import Retractions

MOST_CARDS = 4
_BLOCK = "post"


@dataclass(frozen=True, slots=True)
class PostContext:
    """``notices`` begin with help where somebody may be in need. ``cards``: those of flags first."""

    notices: tuple[Notice, ...]
    cards: tuple[Card, ...]


def context_of(
    subject: Subject,
    *,
    cards: dict[str, Card],
    factchecks: FactChecks,
    retractions: Retractions,
    region: str | None,
) -> PostContext:
    """The context of one post. The whole post counts as one block; what it quotes of others counts as blank."""
    if subject.post.is_deleted:
        return PostContext((), ())
    text = _without_quoted(subject)
    document = Document((Block(_BLOCK, "post", text),), title=subject.post.title or subject.thread_title)
    report = _report(document, subject)
    # What the intake saw decides: it read the post's paragraphs.
    distress = Distress((_BLOCK,)) if subject.is_cry else Distress((), find_distress(document).about)
    notices = in_order(
        [
            *crisis_notices(distress, region),
            *combination_notices(document, cards),
            *find_notices(document, report, factchecks=factchecks, retractions=retractions),
        ]
    )
    return PostContext(notices, _cards(subject, cards))


def _without_quoted(subject: Subject) -> str:
    text = subject.post.text or ""
    pieces, at = [], 0
    for span in sorted(subject.report.get("quoted", ()), key=lambda span: span["start"]):
        start, end = max(at, span["start"]), min(len(text), span["end"])
        if start < end:
            pieces += [text[at:start], " " * (end - start)]
            at = end
    return "".join([*pieces, text[at:]])


def _cards(subject: Subject, cards: dict[str, Card]) -> tuple[Card, ...]:
    """By their topics; a card that was taken out since then is left out."""
    beside: list[Any] = [topic for flag in subject.report.get("flags", ()) for topic in flag.get("topics", ())]
    topics = dict.fromkeys([*beside, *subject.report.get("topics", ())])
    return tuple(cards[topic] for topic in topics if topic in cards)[:MOST_CARDS]


def _report(document: Document, subject: Subject) -> Report:
    text = document.blocks[0].text
    flags = tuple(_flag(flag, text) for flag in subject.post.flags)
    return Report(ModelId("", ""), document, "checked", None, None, 0, flags)


def _flag(flag: PostFlag, text: str) -> Flag:
    quote = Quote(text[flag.start : flag.end], "", "")
    return Flag(flag.id, flag.flag, _BLOCK, flag.start, flag.end, quote, flag.confidence, flag.severity)
