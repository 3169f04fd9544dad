"""HTML as blocks: what a reader sees, in order, with links and their places, and of that the page's main text."""

from __future__ import annotations

from dataclasses import replace

from classifier.document import Document
from classifier.offsets import replace_surrogates
from classifier.reading.lexbor import walk_lexbor
from classifier.reading.main_text import keep_main_text
from classifier.reading.walk import Walk


def read_html(html: str, *, url: str | None = None, title: str | None = None, lang: str | None = None) -> Document:
    """The main text of a page as blocks. ``title`` and ``lang`` are taken from the page unless given."""
    return keep_main_text(read_page(html, url=url, title=title, lang=lang))


def read_page(html: str, *, url: str | None = None, title: str | None = None, lang: str | None = None) -> Document:
    """All that a page shows as blocks, with the elements that they stand in."""
    walk = Walk()
    about = walk_lexbor(replace_surrogates(html), walk)
    blocks = tuple(
        replace(block, links=tuple(map(walk.resolve, block.links))) if block.links else block for block in walk.blocks
    )
    return Document(blocks, url, title or about.title, lang or about.language, url or "", walk.elements)
