"""Invented rows in the shape of the public list of retractions."""

from __future__ import annotations

import csv
import io
from pathlib import Path

HEADER = (
    "Record ID,Title,Subject,Institution,Journal,Publisher,Country,Author,URLS,ArticleType,RetractionDate,"
    "RetractionDOI,RetractionPubMedID,OriginalPaperDate,OriginalPaperDOI,OriginalPaperPubMedID,RetractionNature,Reason,"
    "Paywalled,Notes"
).split(",")

PAPER: dict[str, str] = {
    "Record ID": "1",
    "Title": "Nettle soup and gout: a trial that never was",
    "Journal": "Annals of Invented Rheumatology",
    "Publisher": "Moonlight Press",
    "Author": "A. Nobody;B. Nobody",
    "RetractionDate": "3/24/2015 0:00",
    "RetractionDOI": "10.5555/notice.1",
    "RetractionPubMedID": "0",
    "OriginalPaperDate": "11/2/2011 0:00",
    "OriginalPaperDOI": "10.5555/Gout(2011)7",
    "OriginalPaperPubMedID": "31234567",
    "RetractionNature": "Retraction",
    "Reason": "+Fake Trial;+Unreliable Results;",
    "Paywalled": "No",
}


def row(number: int = 1, **changed: str) -> dict[str, str]:
    """The invented paper's row, or another one like it."""
    return {**PAPER, "Record ID": str(number), **changed}


def as_csv(*rows: dict[str, str]) -> str:
    """The list as text."""
    text = io.StringIO()
    writer = csv.DictWriter(text, HEADER, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def write_list(folder: Path, *rows: dict[str, str], encoding: str = "utf-8") -> Path:
    """The list as a file."""
    path = folder / "retractions.csv"
    path.write_bytes(as_csv(*rows).encode(encoding))
    return path
