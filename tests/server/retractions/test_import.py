"""The public list of retractions is read as it comes, and says plainly what it cannot use."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from server.cli import main
from server.retractions.record import Nature, Record, standing
from server.retractions.store import Retractions
from tests.server.retractions.rows import PAPER, as_csv, row, write_list

DOI = "10.5555/gout(2011)7"


def run(*words: str, **more: Any) -> Result:
    return CliRunner().invoke(main, ["retractions", *words], **more)


def about(tmp_path: Path, *identifiers: str) -> list[Record]:
    return Retractions(tmp_path / "data").about(identifiers)


def test_a_row_becomes_a_record(tmp_path: Path) -> None:
    result = run("import", str(write_list(tmp_path, PAPER)))
    assert "Rows read: 1 (retraction 1, expression of concern 0, correction 0, reinstatement 0)." in result.output
    expected = Record(
        number=1,
        nature=Nature.RETRACTION,
        doi=DOI,
        pmid="31234567",
        journal="Annals of Invented Rheumatology",
        published_on=date(2011, 11, 2),
        noticed_on=date(2015, 3, 24),
        notice_doi="10.5555/notice.1",
        notice_pmid=None,
    )
    assert about(tmp_path, DOI) == about(tmp_path, "pmid:31234567") == [expected]
    assert about(tmp_path, "10.5555/other", "pmid:1") == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    run("import", str(write_list(tmp_path, row(Journal="Revista de Reumatología"), encoding=encoding)))
    assert about(tmp_path, DOI)[0].journal == "Revista de Reumatología"


def test_a_few_wrong_bytes_spoil_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    rows = as_csv(row(1, Journal="Revista de Reumatología"), row(2, Journal="Café", OriginalPaperDOI="10.5555/two"))
    path.write_bytes(rows.encode().replace("Café".encode(), b"Caf\xe9"))
    run("import", str(path))
    assert about(tmp_path, DOI)[0].journal == "Revista de Reumatología"
    assert about(tmp_path, "10.5555/two")[0].journal == "Café"


def test_importing_again_replaces_rows_of_the_same_number(tmp_path: Path) -> None:
    run("import", str(write_list(tmp_path, row(1), row(2))))
    run("import", str(write_list(tmp_path, row(1, RetractionNature="Correction"), row(3))))
    assert Retractions(tmp_path / "data").count() == {"retraction": 2, "correction": 1}
    assert run("count").output.split("\n")[0] == "      2 retraction"
    assert run("clear", "--yes").exit_code == 0
    assert Retractions(tmp_path / "data").count() == {}


@pytest.mark.parametrize(
    ("reason", "changed"),
    [
        ("its Record ID is no number", {"Record ID": "secret"}),
        ("its RetractionNature is none that is known", {"RetractionNature": "Secret"}),
        ("it names its paper by neither", {"OriginalPaperDOI": "unavailable", "OriginalPaperPubMedID": "0"}),
    ],
)
def test_bad_rows_are_counted_and_named_by_place(tmp_path: Path, reason: str, changed: dict[str, str]) -> None:
    result = run("import", str(write_list(tmp_path, row(1), {**row(2), **changed})))
    assert "could not be used: 1" in result.stderr
    assert f"row 3: {reason}" in result.stderr
    assert "ecret" not in result.stderr + result.output
    assert Retractions(tmp_path / "data").count().total() == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "lacks the columns"),
        ("a,b\n1,2\n", "lacks the columns Record ID"),
        (as_csv(PAPER).replace("Journal", "Magazine", 1), "lacks the columns Journal"),
        (as_csv(PAPER) + '2,"' + "x" * 1_100_000, "reading stopped behind row 2"),
    ],
)
def test_files_that_are_no_such_list_are_refused_as_a_whole(tmp_path: Path, content: str, words: str) -> None:
    path = tmp_path / "list.csv"
    path.write_text(content, "utf-8")
    result = run("import", str(path))
    assert result.exit_code == 2
    assert words in result.stderr
    assert Retractions(tmp_path / "data").count().total() == 0


def test_short_rows_and_odd_days_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    odd = row(2, RetractionDate="31/31/2015 0:00", OriginalPaperDate="soon")
    path.write_text(as_csv(odd) + "9,too,short\r\n\r\n", "utf-8")
    assert "row 3: it has too few fields" in run("import", str(path)).stderr
    assert about(tmp_path, DOI)[0].noticed_on is None


def records(*told: tuple[Nature, int | None]) -> list[Record]:
    return [
        Record(number, nature, DOI, None, "", None, date(year, 1, 1) if year else None, None, None)
        for number, (nature, year) in enumerate(told)
    ]


R, C, B, X = Nature.RETRACTION, Nature.CONCERN, Nature.REINSTATEMENT, Nature.CORRECTION


@pytest.mark.parametrize(
    ("told", "which"),
    [
        ([(R, 2010)], 0),
        ([(C, 2010)], 0),
        ([(X, 2010)], None),
        ([(B, 2012)], None),
        ([(C, 2009), (R, 2010)], 1),
        ([(R, 2010), (C, 2011)], 0),
        ([(R, 2010), (B, 2012)], None),
        ([(R, 2010), (B, None)], None),
        ([(R, None), (B, 2012)], None),
        ([(R, 2010), (B, 2012), (R, 2014)], 2),
        ([(R, 2010), (X, 2012)], 0),
    ],
)
def test_what_holds_of_a_paper_today(told: list[tuple[Nature, int | None]], which: int | None) -> None:
    rows = records(*told)
    assert standing(rows) == (None if which is None else rows[which])
