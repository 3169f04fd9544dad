"""A decided post as rows of labels: one a sentence, with what was said of it (docs/learning.md).

A verdict on a flag says that it fits, or does not, the sentences that it covers; so does a correction, which goes
before the verdict. What the team's own list flagged is its rule, and no lesson. ``unsure`` says nothing, and of all
else nothing is known: that a moderator let a sentence stand does not mean that all eleven flags were weighed. Words
that the post quotes from another's are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from classifier.coverage import is_scored, languages
from classifier.document import Block, Document, Sentence
from classifier.flags import fingerprint, page_key
from classifier.phrases import plain
from classifier.sentences import split_document
from classifier.words import WORD
from server.learning.labelled import Said, label_row
from server.learning.pseudonyms import Pseudonyms
from server.learning.standing import DecidedPost
from server.moderation.decisions import Decision
from server.moderation.intake import as_it_came
from server.moderation.scoring import document_of, shown

_Row = dict[str, Any]
_SAYS = {"upheld": "present", "dismissed": "absent", "missing": "present", "wrong": "absent"}


@dataclass(frozen=True, slots=True)
class _Place:
    """A sentence of the post with its stretch in the text that people see, and its key in fingerprints."""

    sentence: Sentence
    start: int
    end: int
    words: str


def post_rows(decided: DecidedPost, names: Pseudonyms) -> Iterator[_Row]:
    """All sentences of the post in order; none where the decisions say nothing of any."""
    post = as_it_came(decided.post)
    document = document_of(post)
    starts, _ = shown(post, document)
    places = [_place(document, sentence, starts) for sentence in _own_sentences(document)]
    said = [list(_said(decided, names, document, place)) for place in places]
    if not any(said):
        return
    key = post.thread_id or f"post {post.post_id}"
    about = {
        "page": f"post-{decided.post.number}",
        "thread": names.thread(post.source, key),
        "register": "forum",
        "topic": "decisions",
        "version": post.version,
    }
    blocks = {sentence.sentence.block: "" for sentence in places}
    for place in places:
        blocks[place.sentence.block] = f"{blocks[place.sentence.block]} {place.sentence.text}".strip()
    for number, (place, of_place) in enumerate(zip(places, said, strict=True)):
        block = document.blocks[place.sentence.block]
        where = {"i": number, "block": place.sentence.block, "kind": block.kind, "links": _links(block)}
        context = blocks[place.sentence.block]
        yield label_row({**about, **where, "context": context, "text": place.sentence.text}, of_place)


def _own_sentences(document: Document) -> list[Sentence]:
    """The sentences that the model reads: none that is quoted from another's post."""
    _, foreign = languages(document)
    return [sentence for sentence in split_document(document) if is_scored(document, sentence, foreign)]


def _place(document: Document, sentence: Sentence, starts: dict[str, int]) -> _Place:
    base = starts[document.blocks[sentence.block].id]
    words = " ".join(WORD.findall(plain(sentence.text)))
    return _Place(sentence, base + sentence.start, base + sentence.end, words)


def _links(block: Block) -> list[_Row]:
    return [
        {"text": block.text[link.start : link.end], "href": link.href, "resolved": link.resolved}
        for link in block.links
    ]


def _said(decided: DecidedPost, names: Pseudonyms, document: Document, place: _Place) -> Iterator[Said]:
    for decision in decided.decisions:
        by_flag: dict[str, Said] = {}
        for one in _verdicts(decided, decision, document, place):
            by_flag[one.flag] = one
        for correction in decision.corrections:
            if _touches(place, correction.start, correction.end):
                says = _SAYS[correction.verdict]
                by_flag[correction.flag] = _opinion(decision, correction.flag, says, how="correction")
        yield from (replace(one, person=names.moderator(decision.who)) for one in by_flag.values())


def _verdicts(decided: DecidedPost, decision: Decision, document: Document, place: _Place) -> Iterator[Said]:
    """Of the flags that were decided. One that the model no longer raises is found again by its fingerprint."""
    raised = {flag["id"]: flag for flag in decided.post.report.get("flags", ())}
    key = page_key(document)
    for verdict in decision.flags:
        if verdict.verdict not in _SAYS or verdict.origin == "list":
            continue
        shown_at = raised.get(verdict.id)
        if shown_at is not None and not _touches(place, shown_at["start"], shown_at["end"]):
            continue
        if shown_at is None and verdict.id != fingerprint(key, verdict.flag, place.words, 1):
            continue
        model = verdict.model or (decided.post.model if shown_at else None)
        told = _opinion(decision, verdict.flag, _SAYS[verdict.verdict], how="verdict")
        yield replace(told, confidence=verdict.confidence, model=model)


def _opinion(decision: Decision, flag: str, says: str, *, how: str) -> Said:
    return Said(flag, says, "", how, f"decision-{decision.id}", decision.at.date().isoformat(), decision.seen.version)


def _touches(place: _Place, start: int, end: int) -> bool:
    return start < place.end and place.start < end
