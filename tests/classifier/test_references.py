"""Markers of every shape, and what the entries that they lead to are worth."""

from __future__ import annotations

import pytest

from classifier.document import Block, Document, Link
from classifier.reading import read_html, read_text
from classifier.reference_list import find_entries, is_reference_heading
from classifier.references import References
from classifier.sourcing import Carry, SourceMark

SMITH = "Smith J, Lee K. Honey and coughs. Arch Pediatr 2007;161:1140-6."
LIST = f"<h2>References</h2><ol><li>First A. Tea. 1999.</li><li>{SMITH}</li></ol>"


def marks_of(html: str) -> list[SourceMark]:
    """The marks of a page's first block, by marker or link."""
    document = read_html(html, url="https://own.example/post")
    references = References(document)
    block = document.blocks[0]
    judged = [
        SourceMark(link.start, link.end, references.judge(link, block.text[link.start : link.end]))
        for link in block.links
    ]
    return [*judged, *references.find_markers(block)]


@pytest.mark.parametrize(
    "marker",
    [
        "[2]",
        "[1,2]",
        "[1–3]",
        "[1; 2]",
        "²",
        "¹,²",
        "<sup>2</sup>",
        "<sup>[2]</sup>",
        " (2)",
        '<a href="#none">[2]</a>',
        '<sup><a href="#none">2</a></sup>',
    ],
)
def test_a_marker_is_worth_its_entry(marker: str) -> None:
    assert [mark.carry for mark in marks_of(f"<p>It helped.{marker} So they say.</p>{LIST}")] == [Carry.RECORD]


@pytest.mark.parametrize("marker", ["[7]", "⁷", "<sup>7</sup>", "(7)", "*", "10<sup>2</sup>", "4 m²", "[a]"])
def test_a_marker_without_an_entry_carries_nothing(marker: str) -> None:
    assert not any(mark.carry for mark in marks_of(f"<p>It helped {marker}</p>{LIST}"))


@pytest.mark.parametrize(
    "listed",
    [
        f"<h2>Sources and further reading</h2><p>[2] {SMITH}</p>",
        f"<h3>Literature cited</h3><p>2. {SMITH}</p>",
        f"<p>References:</p><p>2) {SMITH}</p>",
        f"<p>References: 1. First A. Tea. 1999. 2. {SMITH}</p>",
        f"<p>Sources: [1] First A. Tea. 1999; [2] {SMITH}</p>",
        f"<h2>Notes</h2><dl><dt>[2]</dt><dd>{SMITH}</dd></dl>",
        f"<h2>Notes</h2><table><tr><td>2</td><td>{SMITH}</td></tr></table>",
        f"<ol><li>First A. Tea. Planta 1999;2:1.</li><li>{SMITH}</li></ol>",
        f"<p>Goodbye.</p><p>[2] {SMITH}</p>",
        f"<h2>Bibliography</h2><p>1. First A. Tea. 1999.<br>2. {SMITH}</p>",
        '<h2>Sources</h2><p>2. <a href="https://www.nhs.uk/conditions/cough/">NHS</a></p>',
        "<h2>Sources</h2><p>2. https://www.nhs.uk/conditions/cough/</p>",
    ],
)
def test_lists_in_many_shapes(listed: str) -> None:
    marks = marks_of(f"<p>It helped.[2] So they say.</p><p>More words here.</p>{listed}")
    assert [mark.carry for mark in marks] == [Carry.RECORD]


@pytest.mark.parametrize(
    "entry",
    [
        '<a href="https://own.example/shop/honey">Buy our honey</a>',
        '<a href="https://www.instagram.com/honeyqueen">@honeyqueen</a>',
        "Data from our own customer survey, 2022.",
        "These statements have not been evaluated by the FDA.",
        "Honey.",
    ],
)
def test_an_entry_that_leads_to_nothing_carries_nothing(entry: str) -> None:
    html = f'<p>It helped.<a href="#fn1">[1]</a></p><h2>References</h2><ol><li id="fn1">{entry}</li></ol>'
    assert [mark.carry for mark in marks_of(html)] == [Carry.NOTHING]


def test_an_anchor_decides_before_a_number() -> None:
    items = f'<li id="b">{SMITH}</li><li id="a"><a href="https://own.example/shop/x">Shop</a></li>'
    html = f'<p>It helped.<a href="#a">[1]</a></p><h2>References</h2><ol>{items}</ol>'
    assert [mark.carry for mark in marks_of(html)] == [Carry.NOTHING]


def test_an_anchor_beside_its_entry_leads_to_it() -> None:
    row = f'<tr id="r9"><td>9</td><td>{SMITH}</td></tr>'
    html = f'<p>It helped.<a href="#r9">[9]</a></p><h2>Notes</h2><table>{row}</table>'
    assert [mark.carry for mark in marks_of(html)] == [Carry.RECORD]


def test_a_resolved_marker_whose_entry_was_not_sent_counts_as_a_record() -> None:
    block = Block("b", "p", "It helped [3]", links=(Link(10, 13, "#ref-3"),))
    assert References(Document((block,))).judge(block.links[0], "[3]") is Carry.RECORD


@pytest.mark.parametrize(
    ("note", "carry"),
    [
        ("* Minutes of the advisory board, 14 June 2018.", [Carry.RECORD]),
        ("* Results may vary from one person to the next, 2018.", []),
        ("* Ask at the desk for the price of a jar.", []),
    ],
)
def test_footnotes(note: str, carry: list[Carry]) -> None:
    assert [mark.carry for mark in marks_of(f"<p>It helped.* So they say.</p><p>{note}</p>")] == carry


def test_an_author_with_the_year_that_is_listed() -> None:
    assert [mark.carry for mark in marks_of(f"<p>As Smith and Lee found in 2007, it helped.</p>{LIST}")] == [
        Carry.RECORD
    ]
    assert marks_of(f"<p>As Smith and Lee found in 2009, it helped.</p>{LIST}") == []
    assert marks_of(f"<p>As Jones found in 2007, it helped.</p>{LIST}") == []


def test_entries_of_a_plain_text() -> None:
    text = f"Honey helped [2].\n\nReferences\n\n1. First A. Tea. 1999.\n2. {SMITH}\n"
    document = read_text(text)
    assert [entry.name for entry in find_entries(document)] == ["1", "2"]
    assert [mark.carry for mark in References(document).find_markers(document.blocks[0])] == [Carry.RECORD]


@pytest.mark.parametrize("text", ["References", "SOURCES:", "Notes and references", "Key references", "Works cited"])
def test_headings_of_lists(text: str) -> None:
    assert is_reference_heading(text)


@pytest.mark.parametrize("text", ["Sources of iron", "Our sources say so.", "Notes from the ward", ""])
def test_other_headings(text: str) -> None:
    assert not is_reference_heading(text)
