"""HTML as blocks, read with BeautifulSoup: what a reader sees, in order, with links and their places.

The walk keeps its own stack, so depth of nesting costs nothing; text nested 400 deep is read like any other.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import cast

from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning
from bs4.element import NavigableString, PageElement, PreformattedString, Tag

from classifier.document import Block, BlockKind, Document, Link
from classifier.offsets import replace_surrogates
from classifier.reading.main_text import find_main, is_left_out

_KINDS: dict[str, BlockKind] = {
    **{f"h{level}": cast(BlockKind, f"h{level}") for level in range(1, 7)},
    "p": "p", "li": "li", "pre": "pre", "td": "td", "th": "td", "figcaption": "figcaption", "caption": "figcaption",
    "dt": "dt", "dd": "dd", "blockquote": "blockquote", "summary": "p",
}  # fmt: skip
_BLOCK_TAGS = frozenset(_KINDS) | frozenset(
    """
    address article aside body center details dialog div dl fieldset figure footer form header hr html legend main
    nav ol section table tbody tfoot thead tr ul video audio iframe option select button
    """.split()
)
_BLANKS = re.compile(r"\s+")
# What a quoted or listed block's own kind is: a paragraph in a blockquote is a quotation, one in a list item is the
# item.
_LENDING = frozenset({"blockquote", "li", "td", "dd", "figcaption"})


# How many of the innermost elements a block's path names.
PATH_DEPTH = 12


@dataclass
class _Draft:
    """The block that is being filled."""

    kind: BlockKind
    path: str
    cite: str | None
    parts: list[str] = field(default_factory=list)
    length: int = 0
    links: list[Link] = field(default_factory=list)

    def add(self, text: str) -> None:
        """Append text as a browser shows it: runs of blanks become one, none at the start."""
        text = text if self.kind == "pre" else _BLANKS.sub(" ", text)
        if text.startswith(" ") and (not self.length or self.parts[-1].endswith((" ", "\n"))):
            text = text[1:]
        if text:
            self.parts.append(text)
            self.length += len(text)


class _Walk:
    """Fills blocks while elements open and close."""

    def __init__(self, anchors: frozenset[str]) -> None:
        self.blocks: list[Block] = []
        self._anchors = anchors
        self._kinds: list[BlockKind] = ["p"]
        self._path: list[str] = []
        self._cites: list[str | None] = [None]
        self._links: list[tuple[str, int]] = []
        self._draft: _Draft | None = None
        self._intro: str | None = None

    def open(self, tag: Tag) -> None:
        name = tag.name
        if name == "br":
            self._text("\n") if self._kinds[-1] == "pre" else self._line_break()
        if name in _BLOCK_TAGS:
            self._close_block()
            self._path.append(name)
            kind = _KINDS.get(name, self._kinds[-1])
            lends = self._kinds[-1] in _LENDING and name in ("p", "summary")
            self._kinds.append(self._kinds[-1] if lends else kind)
            cite = tag.get("cite") if name == "blockquote" else None
            self._cites.append(str(cite) if cite else self._cites[-1])
        elif name == "a" and tag.get("href"):
            self._links.append((str(tag["href"]), self._here()))
        elif name == "q":
            self._text("“")

    def close(self, tag: Tag) -> None:
        name = tag.name
        if name in _BLOCK_TAGS:
            self._close_block()
            self._path.pop()
            self._kinds.pop()
            self._cites.pop()
        elif name == "a" and tag.get("href") and self._links:
            href, start = self._links.pop()
            self._add_link(href, start)
        elif name == "q":
            self._text("”")

    def text(self, string: NavigableString) -> None:
        self._text(replace_surrogates(str(string)))

    def _here(self) -> int:
        return self._draft.length if self._draft else 0

    def _text(self, text: str) -> None:
        if self._draft is None:
            if not text.strip():
                return
            self._draft = _Draft(self._kinds[-1], "/".join(self._path[-PATH_DEPTH:]), self._cites[-1])
        self._draft.add(text)

    def _line_break(self) -> None:
        if self._draft is not None:
            self._draft.parts.append("\n")
            self._draft.length += 1

    def _add_link(self, href: str, start: int) -> None:
        draft = self._draft
        if draft is None or draft.length <= start:
            return
        words = "".join(draft.parts)[start:]
        start += len(words) - len(words.lstrip())
        resolved = not href.startswith("#") or href[1:] in self._anchors
        draft.links.append(Link(start, start + len(words.strip()), href, resolved))

    def _close_block(self) -> None:
        draft, self._draft = self._draft, None
        still_open, self._links = self._links, []
        if draft is None:
            return
        text = "".join(draft.parts).rstrip()
        if not text:
            return
        links = [
            Link(link.start, min(link.end, len(text)), link.href, link.resolved)
            for link in draft.links
            if link.start < len(text)
        ]
        links += [
            Link(start, len(text), href) for href, start in still_open if start < len(text) and not href.startswith("#")
        ]
        block_id = f"b{len(self.blocks)}"
        is_item = draft.kind == "li"
        intro = self._intro if is_item else None
        self.blocks.append(Block(block_id, draft.kind, text, intro, tuple(links), draft.cite, draft.path))
        self._intro = self._intro if is_item else block_id


def read_html(html: str, *, url: str | None = None, title: str | None = None, lang: str | None = None) -> Document:
    """The main text of a page as blocks. ``title`` and ``lang`` are taken from the page unless given."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
        soup = BeautifulSoup(html, "html.parser")
    anchors = frozenset(
        str(tag.get("id") or tag.get("name")) for tag in soup.find_all(lambda t: t.has_attr("id") or t.has_attr("name"))
    )
    root = soup.find("html")
    declared = str(root.get("lang") or "").split("-")[0].lower() if isinstance(root, Tag) else ""
    heading = soup.find("title")
    page_title = _BLANKS.sub(" ", heading.get_text()).strip() if isinstance(heading, Tag) else ""
    walk = _Walk(anchors)
    for node, opens in _events(find_main(soup)):
        if isinstance(node, Tag):
            walk.open(node) if opens else walk.close(node)
        elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
            walk.text(node)
    return Document(tuple(walk.blocks), url, title or page_title or None, lang or declared or None, url or "")


def _events(root: Tag) -> Iterator[tuple[PageElement, bool]]:
    """Every element twice (when it opens and closes) and every text once, in the order of the page."""
    stack: list[tuple[PageElement, bool]] = [(root, True)]
    while stack:
        node, opens = stack.pop()
        yield node, opens
        if opens and isinstance(node, Tag):
            stack.append((node, False))
            stack.extend((child, True) for child in reversed(node.contents) if not is_left_out(child))
