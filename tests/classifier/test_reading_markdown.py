"""Markdown gives the blocks of the HTML it stands for."""

from __future__ import annotations

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
