"""Notices of retracted papers that a page cites."""

from __future__ import annotations

from urllib.parse import quote

from classifier.document import Document
from server.context.notice import Notice, NoticeLink, day_words
from server.retractions.identifiers import identifiers_of
from server.retractions.record import Nature, Record, standing
from server.retractions.store import Retractions

MOST_ON_A_PAGE = 10
# A page of references holds hundreds; what would hold more is no page.
MOST_IDENTIFIERS = 20_000

RETRACTED = "This page cites a paper that was retracted"
CONCERN = "This page cites a paper that its journal has doubts about"


def retraction_notices(document: Document, retractions: Retractions) -> tuple[Notice, ...]:
    """One notice for each retracted paper that is cited, in the order of the text.

    Raises :class:`server.published.PublishedError`.
    """
    cited: dict[str, list[str]] = {}
    for block in document.blocks:
        for identifier in identifiers_of(block):
            if identifier in cited or len(cited) < MOST_IDENTIFIERS:
                blocks = cited.setdefault(identifier, [])
                if block.id not in blocks[-1:]:
                    blocks.append(block.id)
    if not cited:
        return ()
    order = {block.id: place for place, block in enumerate(document.blocks)}
    notices = [
        _notice(record, tuple(sorted(_blocks(papers, cited), key=order.__getitem__)))
        for papers in _by_paper(retractions.about(cited))
        if (record := standing(papers))
    ]
    return tuple(sorted(notices, key=lambda notice: order[notice.blocks[0]])[:MOST_ON_A_PAGE])


def _by_paper(records: list[Record]) -> list[list[Record]]:
    """Rows that share a DOI or, where one has none, a PubMed number."""
    papers: dict[str, list[Record]] = {}
    known = {record.pmid: record.doi for record in records if record.pmid and record.doi}
    for record in records:
        doi = record.doi or known.get(record.pmid or "")
        papers.setdefault(doi or f"pmid:{record.pmid}", []).append(record)
    return list(papers.values())


def _blocks(papers: list[Record], cited: dict[str, list[str]]) -> set[str]:
    names = {name for record in papers for name in (record.doi, f"pmid:{record.pmid}") if name}
    return {block for name in names for block in cited.get(name, ())}


def _notice(record: Record, blocks: tuple[str, ...]) -> Notice:
    is_retracted = record.nature is Nature.RETRACTION
    paper = f"A paper in {record.journal}" if record.journal else "A paper"
    published = f", published on {day_words(record.published_on)}," if record.published_on else ""
    when = f" on {day_words(record.noticed_on)}" if record.noticed_on else ""
    told = f"was retracted{when}" if is_retracted else f"got an expression of concern{when}"
    meaning = (
        "A retracted paper can no longer carry a claim."
        if is_retracted
        else "It means that readers should wait for an inquiry before they rely on it."
    )
    text = f"{paper}{published} {told}. {meaning} See how the page uses it."
    return Notice("retraction", RETRACTED if is_retracted else CONCERN, text, _links(record), blocks)


def _links(record: Record) -> tuple[NoticeLink, ...]:
    """To the journal's notice, and to the paper when that is another address."""
    notice = _address(record.notice_doi, record.notice_pmid)
    paper = _address(record.doi, record.pmid)
    links = [NoticeLink("The journal’s notice", notice)] if notice else []
    if paper and paper != notice:
        links.append(NoticeLink("The paper", paper))
    return tuple(links)


def _address(doi: str | None, pmid: str | None) -> str | None:
    if doi:
        return f"https://doi.org/{quote(doi, safe='/:();.,-_~')}"
    return f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/" if pmid else None
