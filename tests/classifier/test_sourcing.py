"""What each shape of link and citation can carry."""

from __future__ import annotations

import pytest

from classifier.document import Block, Link
from classifier.sourcing import Carry, SourceMark, best_carry, distance_to_source, find_sources, judge_link

PAGE = "https://www.spice-blog.com/posts/stack"
RECORD, REPORT, ELSEWHERE, NOTHING = Carry.RECORD, Carry.REPORT, Carry.PAGE, Carry.NOTHING


@pytest.mark.parametrize(
    ("href", "carry"),
    [
        ("https://doi.org/10.1000/x", RECORD),
        ("HTTPS://DOI.ORG/10.1000/x", RECORD),
        (" https://doi.org/10.1000/x ", RECORD),
        ("//doi.org/10.1000/x", RECORD),
        ("https://user@doi.org/10.1000/x", RECORD),
        ("https://pubmed.ncbi.nlm.nih.gov/123/", RECORD),
        ("https://www.nhs.uk/conditions/x", RECORD),
        ("https://news.harvard.edu/story/x", RECORD),
        ("https://www.somecouncil.gov.uk/x", RECORD),
        ("https://www.theguardian.com/society/2024/x", REPORT),
        ("https://www.youtube.com/watch?v=abc", REPORT),
        ("https://x.com/someone/status/123", REPORT),
        ("https://www.tiktok.com/@a/video/123", REPORT),
        ("https://www.reddit.com/r/a/comments/1/x", REPORT),
        ("https://someone.substack.com/p/abc", REPORT),
        ("https://en.wikipedia.org/wiki/Psilocybin", ELSEWHERE),
        ("https://elsewhere.org/article", ELSEWHERE),
        ("https://elsewhere.org/?p=1", ELSEWHERE),
        ("https://notdoi.org/x", ELSEWHERE),
        ("https://cancer.gov.evil.com/x", ELSEWHERE),
        ("https://doi.org/", NOTHING),
        ("https://www.nhs.uk", NOTHING),
        ("https://www.theguardian.com/", NOTHING),
        ("https://elsewhere.org/shop/x", NOTHING),
        ("https://elsewhere.org/tag/x", NOTHING),
        ("https://www.amazon.com/dp/123", NOTHING),
        ("https://www.instagram.com/doctor", NOTHING),
        ("https://www.youtube.com/@channel", NOTHING),
        ("https://www.facebook.com/some.page", NOTHING),
        ("mailto:a@b.c", NOTHING),
        ("tel:1", NOTHING),
        ("javascript:void(0)", NOTHING),
        ("ftp://doi.org/x", NOTHING),
        ("http://[broken", NOTHING),
        ("", NOTHING),
        ("#", NOTHING),
    ],
)
def test_links_to_elsewhere(href: str, carry: Carry) -> None:
    assert judge_link(Link(0, 7, href), "a study", page_url=PAGE) is carry


@pytest.mark.parametrize(
    ("href", "carry"),
    [
        ("/shop/lions-mane", NOTHING),
        ("/", NOTHING),
        ("https://www.spice-blog.com", NOTHING),
        ("https://spice-blog.com/about", NOTHING),
        ("https://spice-blog.com/another-post", NOTHING),
        ("https://shop.spice-blog.com/p/1", NOTHING),
        ("/another-post", NOTHING),
        ("?p=12", NOTHING),
        ("/references", RECORD),
        ("/sources.html", RECORD),
    ],
)
def test_links_within_the_site(href: str, carry: Carry) -> None:
    assert judge_link(Link(0, 7, href), "a study", page_url=PAGE) is carry


def test_an_authority_may_cite_itself_and_sites_under_one_suffix_differ() -> None:
    fda = judge_link(Link(0, 1, "https://www.fda.gov/drugs/x"), "x", page_url="https://www.fda.gov/a")
    assert fda is RECORD
    other = judge_link(Link(0, 1, "https://two.co.uk/x"), "x", page_url="https://one.co.uk/a")
    assert other is ELSEWHERE


@pytest.mark.parametrize(
    ("href", "words", "resolved", "carry"),
    [
        ("#ref-3", "[3]", True, RECORD),
        ("#fn1", "1", True, RECORD),
        ("#cite_note-4", "[4]", True, RECORD),
        ("#r12", "1, 2", True, RECORD),
        ("#anything", "†", True, RECORD),
        ("#bib7", "Smith 2019", True, RECORD),
        ("#ref-3", "[3]", False, NOTHING),
        ("https://doi.org/10.1/x", "a study", False, NOTHING),
    ],
)
def test_markers(href: str, words: str, resolved: bool, carry: Carry) -> None:
    assert judge_link(Link(0, len(words), href, resolved), words, page_url=PAGE) is carry


@pytest.mark.parametrize(
    ("text", "cited", "carry"),
    [
        ("It was found (Carhart-Harris et al., 2021) there.", "(Carhart-Harris et al., 2021)", RECORD),
        ("Smith et al. 2019 found it.", "Smith et al. 2019", RECORD),
        ("Smith (2019) found it.", "Smith (2019)", RECORD),
        ("It stood in the New England Journal of Medicine.", "in the New England Journal of Medicine", RECORD),
        ("It stood in the Lancet.", "in the Lancet", RECORD),
        ("A study in JAMA Psychiatry found it.", "in JAMA Psychiatry", RECORD),
        ("A 2023 Cochrane review found it.", "2023 Cochrane", RECORD),
        ("See PMID: 123456 here.", "PMID: 123456", RECORD),
        ("The trial is NCT01234567 now.", "NCT01234567", RECORD),
        ("He told the Guardian in March 2024 so.", "told the Guardian in March 2024", REPORT),
        ("She said on BBC Radio 4 in May 2023 so.", "on BBC Radio 4 in May 2023", REPORT),
        ("It was said at a Senate hearing on 4 May 2023.", "on 4 May 2023", REPORT),
        ("She writes in her 2019 book, page 12, so.", "in her 2019 book, page 12", REPORT),
        ("The study published in 2021 says so.", "study published in 2021", REPORT),
        ("So wrote the physician Ada Mensah in Thorax in 2021.", "in Thorax in 2021", RECORD),
        ("Lelak and colleagues reported in MMWR in 2022.", "in MMWR in 2022", RECORD),
        ("She writes in Heart, vol. 109, 2023.", "in Heart, vol. 109, 2023", RECORD),
        ("He told the Quayside Harbour on Tuesday so.", "told the Quayside Harbour on Tuesday", REPORT),
        ("The judge said in her ruling on Friday.", "ruling on Friday", REPORT),
        ("He tells the mayor (p. 61) so.", "(p. 61", REPORT),
        ("She writes on p. 166.", "on p. 166", REPORT),
    ],
)
def test_citations_in_the_text(text: str, cited: str, carry: Carry) -> None:
    start = text.index(cited)
    assert best_carry(find_sources(Block("b", "p", text)), start, start + len(cited)) is carry


@pytest.mark.parametrize(
    "text",
    [
        "Studies show that it works.",
        "A Harvard study found it.",
        "A 2021 study found it.",
        "In 2019 we began.",
        "He told The Guardian.",
        "The author of The Spice Mind says so.",
        "In his book The Spice Mind he says so.",
        "It is proven [citation needed].",
        "He told the class on Monday.",
        "She wrote from Bali on Monday.",
        "It is nature's own cure, in nature.",
        "Sarah (34) has felt well since 2019.",
    ],
)
def test_no_citation(text: str) -> None:
    assert find_sources(Block("b", "p", text)) == []


def test_links_citations_and_the_quotes_own_address_are_in_order() -> None:
    text = "A study and Smith (2019) agree."
    block = Block(
        "b", "blockquote", text, links=(Link(2, 7, "https://doi.org/10.1/x"),), cite="https://www.bbc.co.uk/news/x"
    )
    assert find_sources(block, page_url=PAGE) == [
        SourceMark(0, len(text), REPORT),
        SourceMark(2, 7, RECORD),
        SourceMark(12, 24, RECORD),
    ]


def test_nearness() -> None:
    marks = [SourceMark(10, 20, ELSEWHERE), SourceMark(30, 40, RECORD)]
    assert best_carry(marks, 0, 15) is ELSEWHERE
    assert best_carry(marks, 15, 31) is RECORD
    assert best_carry(marks, 20, 30) is NOTHING
    assert distance_to_source(marks, 0, 12) == 18
    assert distance_to_source(marks, 35, 50) == 0
    assert distance_to_source(marks, 45, 50) == 5
    assert distance_to_source(marks[:1], 0, 50) is None
    assert distance_to_source(marks, 0, 5, at_least=ELSEWHERE) == 5
