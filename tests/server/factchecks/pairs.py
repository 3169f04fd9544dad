"""Claims of pages with the invented fact-checks that are about them, and near misses: read and measured."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from server.factchecks.review import Review
from server.factchecks.store import FactChecks

DATA = Path(__file__).parents[2] / "data" / "factchecks"
PARTS = ("tune", "held-out")


@dataclass(frozen=True, slots=True)
class Claim:
    """What a page says. ``review`` is the address of the fact-check about it; None for a near miss, with its kind."""

    text: str
    review: str | None
    kind: str = "same"


@dataclass(frozen=True, slots=True)
class Measured:
    """How many claims got their own fact-check, how many got any, how many have one; and the wrong ones by kind."""

    right: int
    shown: int
    wanted: int
    wrong: tuple[tuple[str, str], ...]

    @property
    def precision(self) -> float:
        """Of the claims that got a fact-check, the share that got their own first."""
        return self.right / self.shown

    @property
    def recall(self) -> float:
        """Of the claims that have a fact-check, the share that got it."""
        return self.right / self.wanted


def _rows(part: str) -> Iterator[dict[str, object]]:
    with (DATA / f"{part}.jsonl").open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def read_reviews(part: str) -> list[Review]:
    """The invented fact-checks of one part."""
    return [
        Review(
            url=_address(row),
            claim=str(row["claim"]),
            publisher=str(row["publisher"]),
            site=_address(row).split("/")[2],
            rating=str(row["rating"]),
            reviewed_on=date(2025, 6, 3),
        )
        for row in _rows(part)
    ]


def _address(row: dict[str, object]) -> str:
    return f"https://{str(row['publisher']).lower().replace(' ', '-')}.example/{row['id']}"


def read_claims(part: str) -> list[Claim]:
    """The claims of one part, near misses included."""
    claims = []
    for row in _rows(part):
        claims += [Claim(text, _address(row)) for text in row["same"]]  # type: ignore[attr-defined]
        claims += [Claim(text, None, kind) for kind, text in row["near"]]  # type: ignore[attr-defined]
    return claims


def fill(factchecks: FactChecks, reviews: list[Review]) -> None:
    """Bring fact-checks in."""
    with factchecks.importing() as importer:
        for review in reviews:
            importer.add(review)


def measure(factchecks: FactChecks, part: str) -> Measured:
    """Look up every claim of one part among the fact-checks of all parts."""
    right = shown = wanted = 0
    wrong = []
    with factchecks.searching() as search:
        assert search
        for claim in read_claims(part):
            found = search.find(claim.text)[:1]
            is_right = bool(found) and found[0].review.url == claim.review
            right, shown, wanted = right + is_right, shown + bool(found), wanted + (claim.review is not None)
            if found and not is_right:
                wrong.append((claim.kind, claim.text))
    return Measured(right, shown, wanted, tuple(wrong))
