"""Notices in the answer and on the page: fact-checks about flagged claims, retracted papers that are cited."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from server.context.notice import Notice, in_order
from server.factchecks.notices import MOST_ON_A_PAGE, TITLE
from server.factchecks.store import FactChecks
from server.retractions.notices import CONCERN, MOST_IDENTIFIERS, RETRACTED
from server.retractions.rows import read_rows
from server.retractions.store import Retractions
from tests.server.conftest import Client
from tests.server.factchecks.conftest import review
from tests.server.factchecks.pairs import fill
from tests.server.retractions.rows import as_csv, row

Analyze = Callable[..., Any]
CLAIM = "Nettle soup reverses gout."


@pytest.fixture
def factchecks(tmp_path: Path) -> FactChecks:
    """The file that the app reads, with one fact-check."""
    mine = FactChecks(tmp_path / "data")
    fill(mine, [review("Nettle soup cures gout.")])
    return mine


def bring_in(tmp_path: Path, *rows: dict[str, str]) -> None:
    """Rows of the list of retractions, into the file that the app reads."""
    import_text = as_csv(*rows)
    with Retractions(tmp_path / "data").importing() as importer:
        for _, record in read_rows(Path.open(_written(tmp_path, import_text), encoding="utf-8", newline="")):
            assert not isinstance(record, str)
            importer.add(record)


def _written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "list.csv"
    path.write_text(text, "utf-8", newline="")
    return path


def test_nothing_brought_in_means_no_notices(analyze: Analyze) -> None:
    assert analyze(text=CLAIM + " doi:10.5555/x").json["notices"] == []


def test_a_fact_check_about_a_flagged_claim(analyze: Analyze, factchecks: FactChecks) -> None:
    notices = analyze(text=f"Hello.\n\n{CLAIM}\n\n{CLAIM}").json["notices"]
    assert [(notice["type"], notice["title"], notice["blocks"]) for notice in notices] == [
        ("fact-check", TITLE, ["b1", "b2"])
    ]
    assert "Clear Spoon looked at the claim “Nettle soup cures gout.” and rated it “Not so”." in notices[0]["text"]
    assert notices[0]["links"] == [{"text": "What Clear Spoon found", "href": "https://clear-spoon.example/1"}]
    assert not any(word in TITLE.lower() for word in ("false", "wrong", "lie", "misinformation"))


@pytest.mark.parametrize(
    "text",
    [
        "Nettle soup cures gout.",  # no flag
        "Nettle soup cured my gout.",  # a tale, not a claim
        "Nettle soup reverses asthma.",
        "Nettle soup never reverses gout.",
    ],
)
def test_no_fact_check_beside_anything_else(analyze: Analyze, factchecks: FactChecks, text: str) -> None:
    assert analyze(text=text).json["notices"] == []


def test_at_most_three_fact_checks_a_page_and_each_once(analyze: Analyze, factchecks: FactChecks) -> None:
    ills = ["gout", "asthma", "migraine", "psoriasis", "malaria"]
    fill(factchecks, [review(f"Nettle soup cures {ill}.", number) for number, ill in enumerate(ills, 10)])
    text = "\n\n".join(f"Nettle soup reverses {ill}." for ill in ills)
    links = [notice["links"][0]["href"] for notice in analyze(text=text).json["notices"]]
    assert len(links) == len(set(links)) == MOST_ON_A_PAGE


def test_two_claims_of_one_fact_check_make_one_notice(analyze: Analyze, factchecks: FactChecks) -> None:
    fill(factchecks, [review("Nettle soup cures asthma.")])
    [notice] = analyze(text="Nettle soup reverses asthma.\n\nNettle soup reverses gout.").json["notices"]
    assert notice["blocks"] == ["b0", "b1"]


def test_what_is_imported_while_the_server_runs_is_used(analyze: Analyze, tmp_path: Path) -> None:
    assert analyze(text=CLAIM).json["notices"] == []
    fill(FactChecks(tmp_path / "data"), [review("Nettle soup cures gout.")])
    assert len(analyze(text=CLAIM).json["notices"]) == 1


def test_a_retracted_paper_is_told_wherever_it_is_cited(analyze: Analyze, tmp_path: Path) -> None:
    bring_in(tmp_path, row())
    blocks = [
        {"id": "x", "kind": "p", "text": "A study (PMID: 31234567) says so."},
        {"id": "y", "kind": "p", "text": "Soup is soup."},
        {
            "id": "z",
            "kind": "li",
            "text": "The trial",
            "links": [{"start": 0, "end": 9, "href": "https://DX.doi.org/10.5555/Gout%282011%297"}],
        },
    ]
    [notice] = analyze(blocks=blocks).json["notices"]
    assert (notice["type"], notice["title"], notice["blocks"]) == ("retraction", RETRACTED, ["x", "z"])
    assert "published on 2 November 2011, was retracted on 24 March 2015" in notice["text"]
    assert "Nettle soup" not in notice["text"]
    assert [link["href"] for link in notice["links"]] == [
        "https://doi.org/10.5555/notice.1",
        "https://doi.org/10.5555/gout(2011)7",
    ]


@pytest.mark.parametrize(
    ("nature", "title"),
    [("Expression of concern", CONCERN), ("Correction", None), ("Reinstatement", None)],
)
def test_natures_are_told_apart(analyze: Analyze, tmp_path: Path, nature: str, title: str | None) -> None:
    bring_in(tmp_path, row(RetractionNature=nature))
    notices = analyze(text="See doi:10.5555/gout(2011)7.").json["notices"]
    assert [notice["title"] for notice in notices] == ([title] if title else [])


def test_a_reinstated_paper_is_not_told(analyze: Analyze, tmp_path: Path) -> None:
    bring_in(tmp_path, row(1), row(2, RetractionNature="Reinstatement", RetractionDate="1/2/2016 0:00"))
    assert analyze(text="See doi:10.5555/gout(2011)7.").json["notices"] == []


def test_retractions_are_told_on_pages_in_other_languages_too(analyze: Analyze, tmp_path: Path) -> None:
    bring_in(tmp_path, row())
    answer = analyze(text="Siehe doi:10.5555/gout(2011)7.", lang="de").json
    assert answer["state"] == "not-checked"
    assert len(answer["notices"]) == 1


def test_a_page_with_endless_references_is_answered(analyze: Analyze, tmp_path: Path) -> None:
    bring_in(tmp_path, row())
    text = "10.5555/gout(2011)7 " + " ".join(f"10.5555/{number}" for number in range(MOST_IDENTIFIERS))
    assert len(analyze(text=text).json["notices"]) == 1


@pytest.mark.parametrize("name", ["factchecks.sqlite3", "retractions.sqlite3"])
@pytest.mark.parametrize("damage", [b"no database", b"SQLite format 3\x00" + b"\xff" * 5000])
def test_a_damaged_file_costs_its_notices_only(
    analyze: Analyze, tmp_path: Path, name: str, damage: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    fill(FactChecks(tmp_path / "data"), [review("Nettle soup cures gout.")])
    bring_in(tmp_path, row())
    for ending in ("-wal", "-shm"):
        (tmp_path / "data" / (name + ending)).unlink(missing_ok=True)
    (tmp_path / "data" / name).write_bytes(damage)
    answer = analyze(text=f"{CLAIM}\n\nSee doi:10.5555/gout(2011)7.")
    assert answer.status_code == 200
    assert len(answer.json["notices"]) == 1
    logged = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [line["file"] for line in logged if line["event"] == "published-data"] == [name]
    assert not any("gout" in str(line) for line in logged)


def test_no_text_of_a_page_is_kept_or_logged(
    analyze: Analyze, factchecks: FactChecks, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    analyze(text="Zebrafish nettle soup reverses gout.")
    assert not any(b"ebrafish" in path.read_bytes() for path in (tmp_path / "data").iterdir())
    assert "ebrafish" not in capsys.readouterr().err


def test_notices_come_in_order_of_urgency() -> None:
    kinds = ["fact-check", "retraction", "crisis", "combination", "retraction"]
    ordered = in_order(Notice(kind, str(number), "") for number, kind in enumerate(kinds))  # type: ignore[arg-type]
    assert [(notice.type, notice.title) for notice in ordered] == [
        ("crisis", "2"),
        ("combination", "3"),
        ("retraction", "1"),
        ("retraction", "4"),
        ("fact-check", "0"),
    ]


def test_all_kinds_are_joined_in_that_order(analyze: Analyze, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bring_in(tmp_path, row())
    urgent = Notice("crisis", "Someone can listen now", "")
    monkeypatch.setattr("server.context.notices.factcheck_notices", lambda *_: (urgent,))
    kinds = [notice["type"] for notice in analyze(text="See doi:10.5555/gout(2011)7.").json["notices"]]
    assert kinds == ["crisis", "retraction"]


def test_the_page_shows_notices_above_the_text(
    signed_in: Client, csrf: str, factchecks: FactChecks, tmp_path: Path
) -> None:
    fill(factchecks, [review("Nettle soup cures <b>gout</b> & more.", 2)])
    bring_in(tmp_path, row(Journal="<i>Annals</i>"))
    answer = signed_in.post("/check", data={"csrf_token": csrf, "text": f"{CLAIM} See doi:10.5555/gout(2011)7."})
    page = html.fromstring(answer.get_data(as_text=True))
    notices = page.xpath("//section[@class='notices']")[0]
    assert notices.xpath(".//h3/text()") == [RETRACTED, TITLE]
    assert {link.get("rel") for link in notices.xpath(".//a")} == {"noreferrer external"}
    assert all(link.get("href").startswith("https://") for link in notices.xpath(".//a"))
    assert not notices.xpath(".//p/b | .//p/i")
    assert page.xpath("//section[@class='notices']/following::section[@class='paper']")


def test_the_page_says_nothing_where_there_is_nothing_to_say(signed_in: Client, csrf: str) -> None:
    answer = signed_in.post("/check", data={"csrf_token": csrf, "text": CLAIM})
    assert 'class="notices"' not in answer.get_data(as_text=True)


def test_a_person_in_need_is_met_with_help_and_no_mark(analyze: Analyze) -> None:
    text = "I want to die. Someone told me that this tea is a miracle cure for sadness."
    body = analyze(text=text, options={"region": "GB"}).get_json()
    assert body["flags"] == []
    assert body["notices"][0]["type"] == "crisis"
    assert any("116 123" in link["text"] for link in body["notices"][0]["links"])


def test_a_country_of_the_wrong_shape_is_refused(analyze: Analyze) -> None:
    assert analyze(text="Tea.", options={"region": "Britain"}).status_code == 422
