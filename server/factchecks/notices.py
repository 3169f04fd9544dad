"""Notices of published fact-checks about what a page claims."""

from __future__ import annotations

from classifier.document import Document, Flag, Report
from server.context.notice import Notice, NoticeLink, day_words
from server.factchecks.review import Review
from server.factchecks.store import FactChecks, Found, Search

# Flags that make a claim which can be checked. The others are about sources, tales and selling.
CLAIMS = frozenset({"overclaim", "miracle", "scare", "suppression", "false-safety", "vague-authority"})
MOST_ON_A_PAGE = 3
# The surest claims are looked up; a page full of claims must not cost a reader's time.
MOST_CLAIMS = 40

TITLE = "A fact-checker has looked at a claim like this"


def factcheck_notices(document: Document, report: Report, factchecks: FactChecks) -> tuple[Notice, ...]:
    """One notice for each fact-check about a flagged claim, the surest three.

    Raises :class:`server.published.PublishedError`.
    """
    stretches = _claims(document, report)
    if not stretches:
        return ()
    with factchecks.searching() as search:
        order = {block.id: place for place, block in enumerate(document.blocks)}
        return _notices(stretches, search, order) if search else ()


def _claims(document: Document, report: Report) -> dict[str, list[str]]:
    """The flagged stretches that make a claim, each with the blocks it stands in."""
    texts = {block.id: block.text for block in document.blocks}
    surest = sorted((flag for flag in report.flags if flag.flag in CLAIMS), key=_by_confidence)
    claims: dict[str, list[str]] = {}
    for flag in surest:
        stretch = texts[flag.block][flag.start : flag.end]
        if stretch in claims or len(claims) < MOST_CLAIMS:
            blocks = claims.setdefault(stretch, [])
            if flag.block not in blocks:
                blocks.append(flag.block)
    return claims


def _by_confidence(flag: Flag) -> float:
    return -flag.confidence


def _notices(claims: dict[str, list[str]], search: Search, order: dict[str, int]) -> tuple[Notice, ...]:
    best: dict[str, Found] = {}
    blocks: dict[str, list[str]] = {}
    for claim, standing_in in claims.items():
        for found in search.find(claim)[:1]:
            url = found.review.url
            best[url] = max(best.get(url, found), found, key=lambda one: one.score)
            blocks.setdefault(url, []).extend(block for block in standing_in if block not in blocks.get(url, ()))
    shown = sorted(best, key=lambda url: -best[url].score)[:MOST_ON_A_PAGE]
    return tuple(_notice(best[url].review, tuple(sorted(blocks[url], key=order.__getitem__))) for url in shown)


def _notice(review: Review, blocks: tuple[str, ...]) -> Notice:
    when = f" on {day_words(review.reviewed_on)}" if review.reviewed_on else ""
    text = (
        f"{review.publisher} looked at the claim \u201c{review.claim}\u201d{when} "
        f"and rated it \u201c{review.rating}\u201d. This page may say something else: compare the two."
    )
    return Notice("fact-check", TITLE, text, (NoticeLink(f"What {review.publisher} found", review.url),), blocks)
