"""Blocks, filled while the elements of a page open and close in its order."""

from __future__ import annotations

import re
from typing import cast
from urllib.parse import unquote

from bs4.element import Tag

from classifier.document import Block, BlockKind
from classifier.reading.drafts import Draft, OpenLink

_KINDS: dict[str, BlockKind] = {
    **{f"h{level}": cast(BlockKind, f"h{level}") for level in range(1, 7)},
    "p": "p", "li": "li", "pre": "pre", "td": "td", "th": "td", "figcaption": "figcaption", "caption": "figcaption",
    "dt": "dt", "dd": "dd", "blockquote": "blockquote", "summary": "p",
}  # fmt: skip
_BLOCK_TAGS = frozenset(_KINDS) | frozenset(
    """
    address article aside body center details dialog div dl fieldset figure footer form header hgroup hr html legend
    main menu nav ol search section table tbody tfoot thead tr ul
    """.split()
)
# What a quoted or listed block's own kind is: a paragraph in a blockquote is a quotation, one in a list item is the
# item.
_LENDING = frozenset({"blockquote", "li", "td", "dt", "dd", "figcaption"})
# How many of the innermost elements a block's path names.
PATH_DEPTH = 12
_DASHES = "-–—―~"
# What stands raised behind words and calls a note; behind a figure or a unit it is a power.
_RAISED_MARKER = re.compile(r"[\[(]?\d{1,3}(?:\s*[,–-]\s*\d{1,3})*[\])]?|[*†‡§]{1,2}")
_BEFORE_POWER = re.compile(r"(?:\d|\b[ckmd]?m)$")
# Behind these what is quoted has ended, and a ``cite`` tells who said it.
_QUOTED_ENDS = ".!?…”\"’'»"


class Walk:
    """Fills blocks while elements open and close. ``anchors`` are the names that a fragment on the page can lead to."""

    def __init__(self, anchors: frozenset[str]) -> None:
        self.blocks: list[Block] = []
        self._anchors = anchors
        self._kinds: list[BlockKind] = ["p"]
        self._path: list[str] = []
        self._cites: list[str | None] = [None]
        # Links do not nest: the next one ends the one before, as in a browser.
        self._link: OpenLink | None = None
        self._draft: Draft | None = None
        # Anchors that have met no words yet, and the raised figures and quotations that are open.
        self._waiting: list[str] = []
        self._raised: OpenLink | None = None
        self._quoted: OpenLink | None = None
        self._cite_line: Tag | None = None
        self._breaks = 0
        self._intro: str | None = None

    def open(self, tag: Tag) -> None:
        """Go into an element."""
        name = tag.name
        self._waiting += [str(anchor) for anchor in (tag.get("id"), tag.get("name") if name == "a" else None) if anchor]
        if name == "br":
            self._breaks += 1
        elif name in _BLOCK_TAGS:
            self.end_block()
            self._path.append(name)
            self._kinds.append(self._kind_of(name))
            cite = tag.get("cite") if name == "blockquote" else None
            self._cites.append(str(cite) if cite else self._cites[-1])
        elif name == "a":
            self._end_link()
            if href := str(tag.get("href") or "").strip():
                self._start_link(href)
        elif name == "q":
            cite = str(tag.get("cite") or "").strip()
            self.text("“")
            self._quoted = self._begin(cite) if cite else None
        elif name == "sup" and not self._link:
            self._raised = self._begin("")
        elif name == "cite" and self._is_attribution():
            self.end_block()
            self._cite_line = tag
            self._path.append(name)
            self._kinds.append("p")

    def close(self, tag: Tag) -> None:
        """Come out of an element."""
        if tag.name in _BLOCK_TAGS:
            self.end_block()
            self._path.pop()
            self._kinds.pop()
            self._cites.pop()
        elif tag.name == "a":
            self._end_link()
        elif tag.name == "q":
            self._end_span(self._quoted)
            self._quoted = None
            self.text("”")
        elif tag.name == "sup":
            if (raised := self._raised) and self._is_marker(raised):
                self._end_span(raised)
            self._raised = None
        elif tag is self._cite_line:
            self.end_block()
            self._cite_line = None
            self._path.pop()
            self._kinds.pop()

    def skip(self, tag: Tag) -> None:
        """Pass an element that is left out: what stands before and behind it are not one paragraph."""
        if tag.name in _BLOCK_TAGS:
            self.end_block()

    def text(self, text: str) -> None:
        """Add words to the block that is being filled. Blanks alone begin none."""
        is_blank = not text.strip()
        if self._breaks and (not is_blank or self._kinds[-1] == "pre"):
            self._break(text)
        if self._draft is None:
            if is_blank:
                return
            self._draft = Draft(self._kinds[-1], "/".join(self._path[-PATH_DEPTH:]), self._cites[-1])
        if not (is_blank and self._breaks):
            self._draft.add(text)
        if self._waiting and not is_blank:
            self._draft.anchors += self._waiting
            self._waiting = []

    def end_block(self) -> None:
        """Finish the block that is being filled. A link that is still open stands in the next one too."""
        draft, self._draft, self._breaks = self._draft, None, 0
        self._raised = self._quoted = None
        if draft is None:
            return
        if link := self._link:
            draft.add_link(link)
            link.start = link.part = 0
        text = "".join(draft.parts).rstrip()
        if not text:
            return
        block_id = f"b{len(self.blocks)}"
        is_item = draft.kind == "li"
        intro = self._intro if is_item else None
        links, anchors = tuple(draft.links), tuple(draft.anchors)
        self.blocks.append(Block(block_id, draft.kind, text, intro, links, draft.cite, draft.path, anchors=anchors))
        self._intro = self._intro if is_item else block_id

    def _kind_of(self, name: str) -> BlockKind:
        around = self._kinds[-1]
        if name == "footer" and around == "blockquote":
            # Who said it is told in the quotation's footer, and is no part of what was said.
            return "p"
        lends = around in _LENDING and name in ("p", "summary")
        return around if lends else _KINDS.get(name, around)

    def _break(self, text: str) -> None:
        """One line break is a line break, two are a paragraph's end; a quotation's attribution stays with it."""
        breaks, draft = self._breaks, self._draft
        if draft is None:
            self._breaks = 0
        elif draft.kind == "pre":
            self._breaks = 0
            for _ in range(breaks):
                draft.add_line_break()
        elif breaks == 1 or (draft.kind == "blockquote" and text.lstrip().startswith(tuple(_DASHES))):
            self._breaks = 0
            draft.add_line_break()
        else:
            self.end_block()

    def _start_link(self, href: str) -> None:
        resolved = not href.startswith("#") or not self._anchors.isdisjoint((href[1:], unquote(href[1:])))
        self._link = self._begin(href, resolved=resolved)

    def _begin(self, href: str, *, resolved: bool = True) -> OpenLink:
        draft = self._draft
        return OpenLink(href, resolved, draft.length, len(draft.parts)) if draft else OpenLink(href, resolved)

    def _end_span(self, span: OpenLink | None) -> None:
        if span and self._draft:
            self._draft.add_link(span)

    def _is_marker(self, raised: OpenLink) -> bool:
        """Whether what stands raised calls a note. One that is a link has its link already."""
        draft = self._draft
        if draft is None or any(link.start >= raised.start for link in draft.links[-1:]):
            return False
        before = draft.parts[raised.part - 1] if raised.part else ""
        words = "".join(draft.parts[raised.part :]).strip()
        return bool(_RAISED_MARKER.fullmatch(words)) and not _BEFORE_POWER.search(before[-4:])

    def _is_attribution(self) -> bool:
        """Whether a ``cite`` that begins here stands behind a block quote's words, rather than among them."""
        words = "".join(self._draft.parts[-2:]).rstrip() if self._draft else ""
        is_behind = not words or words[-1] in _QUOTED_ENDS
        return self._kinds[-1] == "blockquote" and self._cite_line is None and is_behind

    def _end_link(self) -> None:
        if self._link and self._draft:
            self._draft.add_link(self._link)
        self._link = None
