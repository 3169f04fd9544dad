"""The DOIs and PubMed numbers that a text or an address names, each in one form.

A DOI may end in almost any character (ISO 26324), so what follows one in a text can only be guessed at. Every reading
that makes sense is given; only one of them can be on a list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from classifier.document import Block

LONGEST = 300
_DOI = re.compile(r"\b10\.\d{4,9}(?:/|%2[fF])[^\s\"<>{}|\\^`\u201c\u201d\u2018\u2019\u00ab\u00bb]{1,300}")
_WHOLE_DOI = re.compile(r"10\.\d{4,9}/\S+")
# What stands behind a DOI in an address: another parameter, a fragment, the form in which the paper is shown.
_ADDRESS_END = re.compile(r"[?#&;]")
_FORMS = re.compile(
    r"(?:/(?:full|fulltext|abstract|abs|pdf|epdf|pdfdirect|html|meta|summary|references|citations|full\.html?)"
    r"|\.pdf|\.full|\.html?)/?$"
)
_TRAILING = ".,;:!?'*_~/"
_BRACKETS = {")": "(", "]": "[", "}": "{", ">": "<"}
_PMID = re.compile(r"\bpmid[:\s#]{0,3}(\d{1,12})\b", re.IGNORECASE)
_PUBMED = re.compile(
    r"^https?://(?:pubmed\.ncbi\.nlm\.nih\.gov|(?:www\.)?ncbi\.nlm\.nih\.gov/(?:m/)?pubmed|(?:www\.)?pubmed\.gov)"
    r"/(?:\?term=)?(\d{1,8})(?![\d.])",
    re.IGNORECASE,
)
# As written once is enough for most; some addresses are encoded twice.
_DECODINGS = 2


def normal_doi(value: str) -> str | None:
    """A DOI alone, as registries write it: without prefix or address, in lower case. None for anything else.

    >>> normal_doi(" https://dx.doi.org/10.5555%2FABC.7 ")
    '10.5555/abc.7'
    """
    text = _decoded(value.strip())
    start = text.find("10.")
    if start < 0 or len(text) > LONGEST + start or (start and text[start - 1] not in "/: ="):
        return None
    text = text[start:].rstrip(".,; ")
    return text.lower() if _WHOLE_DOI.fullmatch(text) else None


def normal_pmid(value: str) -> str | None:
    """A PubMed number without leading zeros; None for anything else, and for the 0 that stands for none."""
    text = value.strip().removesuffix(".0").lstrip("0")
    return text if text.isascii() and text.isdigit() and len(text) <= 8 else None


def identifiers_of(block: Block) -> Iterator[str]:
    """Every DOI (``10.…``) and PubMed number (``pmid:…``) that a block may cite, in its text and its links."""
    yield from _in_text(block.text)
    for address in (*(link.href for link in block.links), block.cite or ""):
        yield from _in_address(address)


def _in_text(text: str) -> Iterator[str]:
    if "10." in text:
        for match in _DOI.finditer(text):
            yield from readings(_decoded(match.group()))
    for number in _PMID.findall(text):
        if pmid := normal_pmid(number):
            yield f"pmid:{pmid}"


def _in_address(address: str) -> Iterator[str]:
    if found := _PUBMED.match(address):
        if pmid := normal_pmid(found[1]):
            yield f"pmid:{pmid}"
    elif "10." in address:
        for match in _DOI.finditer(_decoded(address)):
            yield from readings(match.group())


def _decoded(text: str) -> str:
    for _ in range(_DECODINGS):
        if "%" not in text:
            break
        text = unquote(text)
    return text


def readings(found: str) -> tuple[str, ...]:
    """The DOIs that a stretch beginning with one may mean, the longest first."""
    doi = found.lower()[:LONGEST]
    shown = [doi, *(doi[: end.start()] for end in [_ADDRESS_END.search(doi)] if end)]
    shorter = [_trimmed(one) for one in shown]
    shorter += [_trimmed(_FORMS.sub("", one)) for one in shorter]
    return tuple(dict.fromkeys(one for one in (*shown, *shorter) if _WHOLE_DOI.fullmatch(one)))


def _trimmed(doi: str) -> str:
    """Without punctuation of the sentence and closing brackets that were never opened."""
    while doi:
        last = doi[-1]
        is_unopened = last in _BRACKETS and doi.count(last) > doi.count(_BRACKETS[last])
        if last not in _TRAILING and not is_unopened:
            break
        doi = doi[:-1]
    return doi
