"""What the reading of HTML keeps for quotations and sources: attributions, addresses, raised markers, anchors."""

from __future__ import annotations

import pytest

from classifier.reading import read_html


def kinds(html: str) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in read_html(html).blocks]


@pytest.mark.parametrize(
    "html",
    [
        "<blockquote><p>It heals.</p><cite>Bo Lund</cite></blockquote>",
        "<blockquote>It heals.<cite>Bo Lund</cite></blockquote>",
        "<blockquote>It heals.<br><cite>Bo Lund</cite></blockquote>",
        "<blockquote><p>It heals.</p><footer>Bo Lund</footer></blockquote>",
    ],
)
def test_who_said_it_is_no_part_of_what_was_said(html: str) -> None:
    assert kinds(html) == [("blockquote", "It heals."), ("p", "Bo Lund")]


@pytest.mark.parametrize(
    ("html", "blocks"),
    [
        ("<p>In <cite>The Odyssey</cite> he sails.</p>", [("p", "In The Odyssey he sails.")]),
        (
            "<blockquote>As <cite>Galen</cite> has it, rest.</blockquote>",
            [("blockquote", "As Galen has it, rest.")],
        ),
        (
            "<blockquote>It heals. <cite>Bo<p>Lund</cite></p> So.</blockquote>",
            [("blockquote", "It heals."), ("p", "Bo"), ("p", "Lund"), ("p", "So.")],
        ),
    ],
)
def test_other_works_cited(html: str, blocks: list[tuple[str, str]]) -> None:
    assert kinds(html) == blocks


def test_the_address_of_a_short_quotation_is_a_link_on_it() -> None:
    block = read_html("<p>He said <q cite='https://a.b/c'>it heals</q> and <q>left</q>.</p>").blocks[0]
    assert block.text == "He said “it heals” and “left”."
    assert [(block.text[link.start : link.end], link.href) for link in block.links] == [("it heals", "https://a.b/c")]


@pytest.mark.parametrize(
    ("html", "markers"),
    [
        ("It heals.<sup>3</sup>", ["3"]),
        ("It heals.<sup>[3]</sup> So.", ["[3]"]),
        ("It heals<sup>1,2</sup>.", ["1,2"]),
        ("It heals<sup>*</sup>.", ["*"]),
        ("10<sup>6</sup> spores", []),
        ("5 m<sup>2</sup> of skin", []),
        ("the 3<sup>rd</sup> day", []),
        ("x<sup></sup> y", []),
    ],
)
def test_raised_markers(html: str, markers: list[str]) -> None:
    block = read_html(f"<p>{html}</p>").blocks[0]
    assert [block.text[link.start : link.end] for link in block.links if not link.href] == markers


@pytest.mark.parametrize("html", ["<sup><a href='#n3'>3</a></sup>", "<a href='#n3'><sup>3</sup></a>"])
def test_a_raised_link_is_one_link(html: str) -> None:
    block = read_html(f"<p>It heals.{html}</p><p id='n3'>Smith</p>").blocks[0]
    assert [link.href for link in block.links] == ["#n3"]


def test_blocks_know_the_anchors_that_lead_to_them() -> None:
    html = "<section id='s'><p>One <a name='in'></a>two.</p></section><ol><li id='x'>Three</li><li>Four</li></ol>"
    assert [block.anchors for block in read_html(html).blocks] == [("s", "in"), ("x",), ()]
