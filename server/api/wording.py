"""A report becomes the answer on the wire: offsets in UTF-16, and every flag with its words and cards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from classifier.document import Block, Document, Evidence, Flag, Report
from classifier.offsets import OffsetMap
from classifier.taxonomy import FlagKind, flag_kind
from server.context import Card, Matches, card_json
from server.context.cards import fact_json, source_json
from server.context.explainers import explainers, search_name
from server.context.notice import Notice

Json = dict[str, object]


class BlockOffsets:
    """The offset maps of a document's blocks, each made when first wanted."""

    def __init__(self, document: Document) -> None:
        self._texts = {block.id: block.text for block in document.blocks}
        self._maps: dict[str, OffsetMap] = {}

    def of(self, block_id: str) -> OffsetMap:
        """The map of one block."""
        if block_id not in self._maps:
            self._maps[block_id] = OffsetMap(self._texts[block_id])
        return self._maps[block_id]


def analysis_json(
    report: Report,
    matches: Matches | None,
    cards: dict[str, Card],
    *,
    notices: Sequence[Notice] = (),
    with_blocks: bool,
    with_main_text: bool = False,
) -> Json:
    """The whole answer. ``matches`` is None when the caller wants no cards."""
    offsets = BlockOffsets(report.document)
    topics = matches.by_flag if matches else {}
    shown = dict.fromkeys(
        [*(topic for found in topics.values() for topic in found), *(matches.page if matches else ())]
    )
    main_text = {"main_text": [block.id for block in report.document.blocks]} if with_main_text else {}
    return {
        "model": model_json(report),
        "offset_unit": "utf-16",
        "state": report.state,
        "state_reason": report.state_reason,
        "language": report.language,
        "sentences": report.sentences,
        "blocks": [block_json(block, offsets.of(block.id)) for block in report.document.blocks]
        if with_blocks
        else None,
        "flags": [flag_json(flag, offsets.of(flag.block), topics.get(flag.id, ()), cards) for flag in report.flags],
        "context": {topic: card_json(cards[topic]) for topic in shown},
        "notices": [notice_json(notice) for notice in notices],
        "counts": report.counts,
        **main_text,
    }


def model_json(report: Report) -> Json:
    """Which model spoke."""
    return {"version": report.model.version, "digest": report.model.digest}


def block_json(block: Block, offsets: OffsetMap) -> Json:
    """A block that was read."""
    links = [
        {
            "start": offsets.to_utf16(link.start),
            "end": offsets.to_utf16(link.end),
            "href": link.href,
            "resolved": link.resolved,
        }
        for link in block.links
    ]
    return {"id": block.id, "kind": block.kind, "text": block.text, "intro": block.intro, "links": links}


def flag_json(flag: Flag, offsets: OffsetMap, topics: tuple[str, ...], cards: dict[str, Card]) -> Json:
    """A flag with what it tells the reader. Into addresses goes the name of its first topic, and no other word."""
    searched = search_name(cards[topics[0]]) if topics else None
    kind = flag_kind(flag.flag)
    return {
        "id": flag.id,
        "flag": flag.flag,
        "title": kind.title,
        "block": flag.block,
        "start": offsets.to_utf16(flag.start),
        "end": offsets.to_utf16(flag.end),
        "quote": {"exact": flag.quote.exact, "prefix": flag.quote.prefix, "suffix": flag.quote.suffix},
        "confidence": round(flag.confidence, 4),
        "severity": flag.severity,
        "reason": kind.reason,
        "checks": list(kind.checks),
        "evidence": [evidence_json(words, offsets) for words in flag.evidence],
        "source": flag.source,
        "origin": flag.origin,
        "listed": asdict(flag.listed) if flag.listed else None,
        "topics": list(topics),
        "look_up": [{"text": check.text, "href": check.address(searched)} for check in explainers()[flag.flag].checks],
        "explained_at": f"/flags/{flag.flag}" + (f"?topic={topics[0]}" if topics else ""),
    }


def notice_json(notice: Notice) -> Json:
    """Something to tell that is not about one flag."""
    return {
        "type": notice.type,
        "title": notice.title,
        "text": notice.text,
        "links": [{"text": link.text, "href": link.href} for link in notice.links],
        "blocks": list(notice.blocks),
    }


def evidence_json(words: Evidence, offsets: OffsetMap) -> Json:
    """The words that weighed most."""
    return {
        "start": offsets.to_utf16(words.start),
        "end": offsets.to_utf16(words.end),
        "weight": round(words.weight, 3),
    }


def kind_json(kind: FlagKind) -> Json:
    """One of the eleven flags."""
    row = explainers()[kind.id]
    return {
        "id": kind.id,
        "title": kind.title,
        "family": kind.family,
        "severity": kind.severity,
        "reason": kind.reason,
        "checks": list(kind.checks),
        "examples": list(kind.examples),
        "why": [fact_json(paragraph) for paragraph in row.paragraphs],
        "look_up": [{"text": check.text, "href": check.address(None)} for check in row.checks],
        "sources": [source_json(source) for source in row.sources],
    }
