"""DOIs and PubMed numbers as pages write them."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.document import Block, Link
from server.retractions.identifiers import identifiers_of, normal_doi, normal_pmid

DOI = "10.5555/gout(2011)7"


def found_in(text: str = "", href: str = "") -> set[str]:
    links = (Link(0, len(text), href),) if href else ()
    return set(identifiers_of(Block("b0", "p", text, links=links)))


@pytest.mark.parametrize(
    "text",
    [
        "doi:10.5555/gout(2011)7",
        "DOI: 10.5555/GOUT(2011)7.",
        "(see 10.5555/Gout(2011)7)",
        "[https://doi.org/10.5555/gout(2011)7];",
        "http://dx.doi.org/10.5555/Gout(2011)7, and more",
        "“10.5555/gout(2011)7”",
        "https://doi.org/10.5555%2Fgout%282011%297",
        "https://moonlight.example/doi/full/10.5555/gout(2011)7",
        "10.5555/gout(2011)7?",
    ],
)
def test_dois_in_a_text(text: str) -> None:
    assert DOI in found_in(text)


@pytest.mark.parametrize(
    "href",
    [
        "https://doi.org/10.5555/gout(2011)7",
        "https://dx.doi.org/10.5555/Gout%282011%297",
        "https://doi.org/10.5555%2Fgout(2011)7",
        "https://doi.org/10.5555%252Fgout(2011)7",
        "https://moonlight.example/doi/10.5555/gout(2011)7/full?utm_source=x#sec-2",
        "https://moonlight.example/doi/pdf/10.5555/gout(2011)7.pdf",
        "https://moonlight.example/article?id=10.5555/gout(2011)7&type=printable",
        "https://library.example/login?url=https%3A%2F%2Fdoi.org%2F10.5555%2Fgout(2011)7",
        "doi:10.5555/gout(2011)7",
    ],
)
def test_dois_in_an_address(href: str) -> None:
    assert DOI in found_in("a study", href)


def test_a_doi_that_ends_in_a_form_or_a_bracket_is_also_read_as_it_stands() -> None:
    assert "10.5555/on/full" in found_in(href="https://doi.org/10.5555/on/full")
    assert "10.5555/x(90)1-x)" in found_in("10.5555/x(90)1-X)")


@pytest.mark.parametrize(
    ("text", "href"),
    [
        ("PMID: 31234567", ""),
        ("(pmid 031234567)", ""),
        ("", "https://pubmed.ncbi.nlm.nih.gov/31234567/"),
        ("", "https://www.ncbi.nlm.nih.gov/pubmed/31234567?dopt=Abstract"),
        ("", "https://pubmed.ncbi.nlm.nih.gov/?term=31234567"),
    ],
)
def test_pubmed_numbers(text: str, href: str) -> None:
    assert found_in(text, href) == {"pmid:31234567"}


@pytest.mark.parametrize(
    "text", ["10.5 mg/day", "version 10.1234", "it cost 10.99/kilo", "PMID: 0", "PMID 123456789", "call 31234567"]
)
def test_what_is_neither(text: str) -> None:
    assert found_in(text) == set()


@pytest.mark.parametrize("value", ["", "Unavailable", "unavailable", "0", "10.", "see 9.5555/x", "nothing10.5555/x"])
def test_cells_without_a_doi(value: str) -> None:
    assert normal_doi(value) is None


@pytest.mark.parametrize("value", ["10.5555/ABC.7", " doi:10.5555/abc.7 ", "https://dx.doi.org/10.5555%2FABC.7"])
def test_cells_with_a_doi(value: str) -> None:
    assert normal_doi(value) == "10.5555/abc.7"


def test_cells_with_a_pubmed_number() -> None:
    assert [normal_pmid(value) for value in ("31234567", "0031.0", "0", "", "none", "٣١")] == [
        "31234567",
        "31",
        None,
        None,
        None,
        None,
    ]


@given(st.text(), st.text())
def test_any_block_can_be_read(text: str, href: str) -> None:
    assert all(one.startswith(("10.", "pmid:")) for one in found_in(text, href))


def test_time_is_linear() -> None:
    start = time.perf_counter()
    found_in("10.5555/" + ")" * 200_000 + "10.5555/a" * 20_000, "https://x.example/" + "10.5555/%25" * 20_000)
    assert time.perf_counter() - start < 5
