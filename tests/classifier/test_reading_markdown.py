"""Markdown gives the blocks of the HTML it stands for."""

from __future__ import annotations

import pytest

from classifier.reading import read_markdown

_TEXT = """# Title

A [study](https://a.b/c "t") with **bold** words
on two lines.

Benefits:

- one
- two

> It is good for me.

| A | B |
|---|---|
| 1 | 2 |

    code  here
"""


def test_blocks() -> None:
    document = read_markdown(_TEXT, url="https://x.y/z", title="T", lang="en")
    assert [(block.kind, block.text) for block in document.blocks] == [
        ("h1", "Title"),
        ("p", "A study with bold words on two lines."),
        ("p", "Benefits:"),
        ("li", "one"),
        ("li", "two"),
        ("blockquote", "It is good for me."),
        *(("td", cell) for cell in "AB12"),
        ("pre", "code  here"),
    ]
    assert (document.url, document.title, document.lang) == ("https://x.y/z", "T", "en")


def test_links_and_introductions() -> None:
    blocks = read_markdown(_TEXT).blocks
    (link,) = blocks[1].links
    assert (blocks[1].text[link.start : link.end], link.href) == ("study", "https://a.b/c")
    assert blocks[3].intro == blocks[4].intro == blocks[2].id


def test_empty() -> None:
    assert read_markdown("").blocks == ()


@pytest.mark.parametrize(("open_", "close"), [("---", "---"), ("+++", "+++")])
def test_front_matter_is_left_out(open_: str, close: str) -> None:
    blocks = read_markdown(f"{open_}\ntitle: Miracle\ntags: [a]\n{close}\n# Title\n\nWords.\n").blocks
    assert [block.text for block in blocks] == ["Title", "Words."]


def test_a_rule_is_no_front_matter() -> None:
    assert [block.text for block in read_markdown("Words.\n\n---\n\nMore.").blocks] == ["Words.", "More."]


def test_footnotes_are_resolved_markers() -> None:
    first, note = read_markdown("It works.[^1] So it is.[^2]\n\n[^1]: Nilsen, 2019.\n").blocks
    (link,) = first.links
    assert (first.text[link.start : link.end], link.resolved) == ("[1]", True)
    assert note.text.startswith("Nilsen, 2019.")


def test_html_inside_and_reference_links() -> None:
    text = "A <b>bold</b> [study][s] here.\n\n<div class='sidebar'>Buy!</div>\n\n"
    text += "More words stand here, as they should.\n\n[s]: https://a.b/c\n"
    blocks = read_markdown(text).blocks
    assert [block.text for block in blocks] == ["A bold study here.", "More words stand here, as they should."]
    assert [link.href for link in blocks[0].links] == ["https://a.b/c"]
