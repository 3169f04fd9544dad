"""ClaimReview data in the shapes that are published: schema.org's own, and the answer of a search for fact-checks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from server.factchecks.review import Review
from server.published.cleaning import day_of, https_address, is_english, plain_text

CLAIM_LENGTH, TITLE_LENGTH, NAME_LENGTH, RATING_LENGTH = 500, 300, 120, 120
_DEEPEST = 8
# Where lists of entries stand inside others.
NESTS = ("@graph", "dataFeedElement", "itemListElement", "claims")


@dataclass(frozen=True, slots=True)
class Refused:
    """Why an entry is left out. ``is_foreign`` when it is in another language, which is no fault."""

    reason: str
    is_foreign: bool = False


def reviews_in(value: object, depth: int = 0) -> Iterator[Review | Refused]:
    """Every fact-check in one piece of data, however it is nested."""
    if depth > _DEEPEST:
        yield Refused("it nests too deeply")
    elif isinstance(value, list):
        for item in value:
            yield from reviews_in(item, depth + 1)
    elif not isinstance(value, dict):
        yield Refused("it is no JSON object")
    elif _is_a(value, "ClaimReview"):
        yield _schema_review(value)
    elif isinstance(value.get("claimReview"), list):
        yield from (_found_review(value, review) for review in value["claimReview"])
    else:
        yield from _nested(value, depth)


def _nested(value: dict[str, Any], depth: int) -> Iterator[Review | Refused]:
    inner = [value[key] for key in (*NESTS, "item") if isinstance(value.get(key), list | dict)]
    if not inner and not any(key in value for key in (*NESTS, "item")):
        yield Refused("it is no ClaimReview")
    for nest in inner:
        yield from reviews_in(nest, depth + 1)


def _is_a(value: Mapping[str, Any], name: str) -> bool:
    kinds = value.get("@type")
    return any(isinstance(kind, str) and kind.rsplit("/", 1)[-1] == name for kind in _list(kinds))


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _object(value: object) -> Mapping[str, Any]:
    """An object, or the first of several; empty for anything else."""
    first = next(iter(_list(value)), None)
    return first if isinstance(first, dict) else {}


def _name(value: object) -> str:
    first = next(iter(_list(value)), None)
    return plain_text(first if isinstance(first, str) else _object(value).get("name"), NAME_LENGTH)


def _schema_review(data: Mapping[str, Any]) -> Review | Refused:
    item, rating = _object(data.get("itemReviewed")), _object(data.get("reviewRating"))
    return _review(
        url=data.get("url") or data.get("mainEntityOfPage"),
        claim=data.get("claimReviewed"),
        publisher=_name(data.get("publisher")) or _name(data.get("author")),
        rating=rating.get("alternateName") or rating.get("name"),
        title=data.get("headline") or data.get("name"),
        claimant=_name(item.get("author")),
        day=data.get("datePublished"),
        language=data.get("inLanguage"),
    )


def _found_review(claim: Mapping[str, Any], review: object) -> Review | Refused:
    data, publisher = _object(review), _object(_object(review).get("publisher"))
    return _review(
        url=data.get("url"),
        claim=claim.get("text"),
        publisher=_name(publisher) or plain_text(publisher.get("site"), NAME_LENGTH),
        rating=data.get("textualRating"),
        title=data.get("title"),
        claimant=plain_text(claim.get("claimant"), NAME_LENGTH),
        day=data.get("reviewDate"),
        language=data.get("languageCode"),
    )


def _review(
    *,
    url: object,
    claim: object,
    publisher: str,
    rating: object,
    title: object,
    claimant: str,
    day: object,
    language: object,
) -> Review | Refused:
    """A fact-check of which all that a notice needs is there and safe."""
    words, link, rated = plain_text(claim, CLAIM_LENGTH), https_address(url), plain_text(rating, RATING_LENGTH)
    if not words:
        return Refused("it names no claim")
    told = _object(language).get("alternateName") if isinstance(language, dict) else next(iter(_list(language)), None)
    if not is_english(words, told):
        return Refused("it is not in English", is_foreign=True)
    if link is None:
        return Refused("its address is no https link")
    if not publisher:
        return Refused("it names no publisher")
    if not rated:
        return Refused("its rating has no words")
    site = link.split("/")[2].removesuffix(":443").lower()
    return Review(link, words, publisher, site, rated, plain_text(title, TITLE_LENGTH), claimant, day_of(day))
