"""One row of the public list of retractions, as it is kept, and what several rows say of one paper."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Nature(StrEnum):
    """What the journal did. The list's own words."""

    RETRACTION = "retraction"
    CONCERN = "expression of concern"
    CORRECTION = "correction"
    REINSTATEMENT = "reinstatement"


@dataclass(frozen=True, slots=True)
class Record:
    """``doi`` and ``pmid`` are the paper's, ``notice_doi`` and ``notice_pmid`` those of the journal's notice."""

    number: int
    nature: Nature
    doi: str | None
    pmid: str | None
    journal: str
    published_on: date | None
    noticed_on: date | None
    notice_doi: str | None
    notice_pmid: str | None


def standing(records: Iterable[Record]) -> Record | None:
    """What holds of a paper today: its retraction, else an expression of concern, unless it was reinstated since.

    Corrections are left out: a corrected paper stands.
    """
    told = [record for record in records if record.nature is not Nature.CORRECTION]
    back = [record for record in told if record.nature is Nature.REINSTATEMENT]
    since = max((_day(record, date.max) for record in back), default=date.min)
    live = [record for record in told if record not in back and (not back or _day(record, date.min) > since)]
    return max(live, key=_weight, default=None)


def _weight(record: Record) -> tuple[bool, date, int]:
    return record.nature is Nature.RETRACTION, _day(record, date.min), record.number


def _day(record: Record, when_unknown: date) -> date:
    return record.noticed_on or when_unknown
