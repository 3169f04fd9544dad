"""One published fact-check, as it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Review:
    """A claim that a publisher looked at. ``rating`` is in the publisher's own words; ``site`` is its host."""

    url: str
    claim: str
    publisher: str
    site: str
    rating: str
    title: str = ""
    claimant: str = ""
    reviewed_on: date | None = None
