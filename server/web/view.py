"""A report as the page shows it: blocks cut into stretches, and findings in the order of the text.

One finding is one stretch of text; it carries every flag that stands on exactly that stretch.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby, pairwise
from types import MappingProxyType

from classifier.document import Block, Flag, Report
from classifier.taxonomy import SEVERITIES, FlagKind, flag_kind, flag_kinds
from server.api.reading import Reading
from server.context import Card
from server.context.notice import Notice


@dataclass(frozen=True, slots=True)
class Words:
    """A piece of a quotation; ``is_evidence`` when it weighed."""

    text: str
    is_evidence: bool


@dataclass(frozen=True, slots=True)
class FlagView:
    """One flag of a finding."""

    flag: Flag
    kind: FlagKind
    words: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """A flagged stretch with all its flags, the gravest first, and its cards."""

    number: int
    block: str
    start: int
    end: int
    flags: tuple[FlagView, ...]
    cards: tuple[Card, ...]

    @property
    def family(self) -> str:
        """The family that the mark's line shows: that of the gravest flag."""
        return self.flags[0].kind.family


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of a block's text and the findings that it belongs to, the shortest first."""

    text: str
    findings: tuple[Finding, ...]
    is_first: bool


@dataclass(frozen=True, slots=True)
class BlockView:
    """A block to show. ``tag`` is the HTML element; headings stand two levels below the page's own."""

    tag: str
    kind: str
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class ResultView:
    """Everything the result page shows."""

    report: Report
    groups: tuple[tuple[str, tuple[BlockView, ...]], ...]
    findings: tuple[Finding, ...]
    counts: tuple[tuple[FlagKind, int], ...]
    page_cards: tuple[Card, ...]
    notices: tuple[Notice, ...]


def result_view(reading: Reading, cards: Mapping[str, Card]) -> ResultView:
    """The view of one reading."""
    report, matches = reading.report, reading.matches
    topics = matches.by_flag if matches else {}
    findings = findings_of(report, {key: tuple(cards[topic] for topic in found) for key, found in topics.items()})
    by_block: dict[str, list[Finding]] = {}
    for finding in findings:
        by_block.setdefault(finding.block, []).append(finding)
    blocks = [block_view(block, by_block.get(block.id, [])) for block in report.document.blocks if block.text.strip()]
    groups = tuple((tag, tuple(items)) for tag, items in groupby(blocks, key=lambda view: view.tag))
    counts = tuple((kind, report.counts[kind.id]) for kind in flag_kinds() if kind.id in report.counts)
    page_cards = tuple(cards[topic] for topic in matches.page) if matches else ()
    return ResultView(report, groups, findings, counts, page_cards, reading.notices)


def findings_of(report: Report, cards: Mapping[str, tuple[Card, ...]] = MappingProxyType({})) -> tuple[Finding, ...]:
    """The findings in the order of the text. ``cards`` are those of each flag, by its id."""
    order = {block.id: place for place, block in enumerate(report.document.blocks)}
    texts = {block.id: block.text for block in report.document.blocks}

    def place(flag: Flag) -> tuple[int, int, int]:
        return order[flag.block], flag.start, flag.end

    findings: list[Finding] = []
    for _, group in groupby(sorted(report.flags, key=place), key=place):
        flags = sorted(group, key=lambda flag: (-SEVERITIES.index(flag.severity), -flag.confidence))
        first = flags[0]
        views = tuple(FlagView(flag, flag_kind(flag.flag), _words(flag, texts[flag.block])) for flag in flags)
        beside = dict.fromkeys(card for flag in flags for card in cards.get(flag.id, ()))
        findings.append(Finding(len(findings) + 1, first.block, first.start, first.end, views, tuple(beside)))
    return tuple(findings)


def _words(flag: Flag, text: str) -> tuple[Words, ...]:
    """The flagged stretch, cut where evidence starts and ends."""
    pieces: list[Words] = []
    at = flag.start
    for evidence in sorted(flag.evidence, key=lambda evidence: evidence.start):
        start, end = max(evidence.start, at), min(evidence.end, flag.end)
        if start >= end:
            continue
        pieces += [Words(text[at:start], False), Words(text[start:end], True)]
        at = end
    pieces.append(Words(text[at : flag.end], False))
    return tuple(piece for piece in pieces if piece.text)


def block_view(block: Block, findings: list[Finding]) -> BlockView:
    """A block cut into stretches."""
    if block.kind.startswith("h"):
        tag = f"h{min(6, int(block.kind[1]) + 2)}"
    else:
        tag = block.kind if block.kind in ("li", "blockquote", "pre") else "p"
    return BlockView(tag, block.kind, _stretches(block.text, findings))


def _stretches(text: str, findings: list[Finding]) -> tuple[Stretch, ...]:
    """The text cut at every start and end of a finding. Findings may lie inside one another: a claim in a quotation."""
    cuts = sorted({0, len(text), *(cut for finding in findings for cut in (finding.start, finding.end))})
    stretches: list[Stretch] = []
    seen: set[int] = set()
    for start, end in pairwise(cuts):
        over = tuple(
            sorted(
                (f for f in findings if f.start <= start and end <= f.end), key=lambda f: (f.end - f.start, f.number)
            )
        )
        # The first stretch of a finding is where a link from the list of findings leads.
        is_first = bool(over) and over[0].number not in seen
        seen.update(finding.number for finding in over[:1])
        stretches.append(Stretch(text[start:end], over, is_first))
    return tuple(stretches)
