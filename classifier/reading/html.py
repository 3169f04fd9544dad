"""HTML as blocks: what a reader sees, in order, with links and their places, and of that the page's main text.

Reading takes time and memory in proportion to a page's length, whatever is in it: see
:mod:`classifier.reading.taming`.
"""

from __future__ import annotations

import re
from dataclasses import replace

from classifier.document import Block, Document
from classifier.offsets import replace_surrogates
from classifier.reading.lexbor import walk_lexbor
from classifier.reading.main_text import keep_main_text
from classifier.reading.soup import walk_soup
from classifier.reading.taming import tame
from classifier.reading.uncollected import uncollected
from classifier.reading.walk import Walk

# Characters: of a longer page Beautiful Soup's tree would fill the memory.
MOST_FOR_SOUP = 200_000


def read_html(html: str, *, url: str | None = None, title: str | None = None, lang: str | None = None) -> Document:
    """The main text of a page as blocks. ``title`` and ``lang`` are taken from the page unless given."""
    page = read_page(html, url=url, title=title, lang=lang)
    with uncollected():
        return keep_main_text(page)


def read_page(html: str, *, url: str | None = None, title: str | None = None, lang: str | None = None) -> Document:
    """All that a page shows as blocks, with the elements that they stand in."""
    page = tame(replace_surrogates(html))
    walk = Walk()
    # Where tags had to be left out, the quick parser is not trusted, and the reader of record reads.
    if page.is_bent and len(page.markup) <= MOST_FOR_SOUP:
        walk_soup(page.markup, walk)
    else:
        with uncollected():
            walk_lexbor(page.markup, walk)
    blocks = [_resolve(block, walk) if block.links else block for block in walk.blocks]
    return Document(tuple(blocks), url, title or page.title, lang or _language(walk.language), url or "", walk.elements)


def _resolve(block: Block, walk: Walk) -> Block:
    """The block with what its links to places on the page lead to, which is known when all of it was seen."""
    links = tuple(map(walk.resolve, block.links))
    return block if links == block.links else replace(block, links=links)


def _language(declared: str) -> str | None:
    """A language without its region."""
    return re.split(r"[-_]", declared.strip())[0].lower() or None
