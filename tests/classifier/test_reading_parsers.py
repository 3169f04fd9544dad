"""The quick parser against the reader of record: the same blocks, wherever both read markup as browsers do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.reading.lexbor import walk_lexbor
from classifier.reading.soup import walk_soup
from classifier.reading.taming import tame
from classifier.reading.walk import Walk

PAGES = sorted((Path(__file__).parents[1] / "pages").glob("*.html"))


def told(html: str, walk_page: Any) -> list[tuple[Any, ...]]:
    walk = Walk()
    walk_page(tame(html).markup, walk)
    return [
        (block.kind, block.text, block.intro, [walk.resolve(link) for link in block.links], block.cite)
        for block in walk.blocks
    ]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_pages_are_read_alike(page: Path) -> None:
    html = page.read_text("utf-8")
    assert told(html, walk_lexbor) == told(html, walk_soup)


_WORDS = st.sampled_from(["word", "two words", " ", "\n", "😀", "&amp;", "&nbsp;", "&shy;", "<br>", "1 &lt; 2", "—"])
_INLINE_TAGS = st.sampled_from(
    ["b", "i class=x", "span", "a href='/x'", "a href='#r'", "q", "span hidden", "sup", "x-y"]
)
_BOX_TAGS = st.sampled_from(["div", "section id='r'", "blockquote cite='/c'", "article", "aside", "footer", "header"])
_LEAVES = st.sampled_from(["p", "h2", "pre", "figcaption", "div role=heading", "summary", "p style='display:none'"])


def _element(tag: str, inner: str) -> str:
    return f"<{tag}>{inner}</{tag.split()[0]}>"


def _no_nested_links(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(_element, _INLINE_TAGS.filter(lambda tag: not tag.startswith("a")), inner)


_LINE = st.lists(
    st.recursive(_WORDS, _no_nested_links, max_leaves=4) | st.builds(_element, _INLINE_TAGS, _WORDS), max_size=5
).map("".join)
_LEAF = st.builds(_element, _LEAVES, _LINE)
_LIST = st.lists(_LINE.map(lambda line: f"<li>{line}</li>"), max_size=3).map(lambda items: f"<ul>{''.join(items)}</ul>")
_CELLS = st.lists(_LINE.map(lambda line: f"<td>{line}</td>"), max_size=3)
_TABLE = _CELLS.map(lambda cells: f"<table><tbody><tr>{''.join(cells)}</tr></tbody></table>")
_PAGE = st.recursive(
    _LEAF | _LIST | _TABLE,
    lambda inner: st.builds(_element, _BOX_TAGS, st.lists(inner | _LINE, max_size=3).map("".join)),
    max_leaves=8,
)


@settings(deadline=None)
@given(st.lists(_PAGE, max_size=4).map("".join))
def test_sound_markup_is_read_alike(html: str) -> None:
    assert told(html, walk_lexbor) == told(html, walk_soup)
