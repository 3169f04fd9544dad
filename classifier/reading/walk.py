"""Blocks, filled while the elements of a page open and close in its order.

Whatever parses the markup calls :meth:`Walk.open`, :meth:`Walk.close` and :meth:`Walk.text`; the extension's collector
(``extension/content/blocks.js``) follows the same rules in the browser, and a test holds the two together. Reading
spends most of its time here, so that what can be known of a tag by itself is worked out once (:class:`Tag`).
"""

from __future__ import annotations

import re
from urllib.parse import unquote

from classifier.document import Block, BlockKind, Element, Link
from classifier.reading.drafts import Draft, OpenLink
from classifier.reading.elements import OpenElement
from classifier.reading.kept import Kept
from classifier.reading.marks import is_behind_quoted, is_note_call
from classifier.reading.tags import BLOCK_TAGS, Tag
from classifier.reading.unseen import OUTER

_DASHES = tuple("-–—―~")
# Nobody sees these, and they tear words apart: soft hyphen, zero-width space, word joiner, byte order mark.
_UNSEEN_CHARACTERS = re.compile("[\u00ad\u200b\u2060\ufeff]")


class Walk:
    """Fills blocks while elements open and close."""

    def __init__(self) -> None:
        # What the page itself declares.
        self.language = ""
        self._top = OpenElement(Tag("body", {}), "p", None, None)
        self._kept = Kept()
        self._anchors: set[str] = set()
        # How deep the walk stands in an element that nobody sees; 0 outside.
        self._unseen = 0
        # Links do not nest: the next one ends the one before, as in a browser.
        self._link: OpenLink | None = None
        self._draft: Draft | None = None
        # Anchors that have met no words yet, and the raised figures and quotations that are open.
        self._waiting: list[str] = []
        self._raised: OpenLink | None = None
        self._quoted: OpenLink | None = None
        # How deep the ``cite`` lies that tells who said a block quote; 0 outside.
        self._cite_line = 0
        self._breaks = 0

    @property
    def blocks(self) -> list[Block]:
        """The blocks that are finished."""
        return self._kept.blocks

    @property
    def elements(self) -> tuple[Element, ...]:
        """The elements that blocks stand in, parents before children."""
        return tuple(self._kept.elements.kept)

    def open(self, tag: Tag) -> None:
        """Go into an element. A void one is never closed."""
        if tag.anchors:
            self._anchors.update(tag.anchors)
            self._waiting += tag.anchors
        effect, around = tag.effect, self._top
        if effect == "outer":
            self.language = self.language or tag.language
        elif self._unseen:
            self._unseen += tag.is_paired
        elif effect == "block":
            self.end_block()
            cite = tag.address or around.cite
            self._top = OpenElement(tag, tag.kind_within(around.kind), cite, around)
        elif effect == "line":
            self._top = OpenElement(tag, around.kind, around.cite, around)
        elif effect == "link":
            self._end_link()
            self._link = self._begin(tag.address) if tag.address else None
            self._top = OpenElement(tag, around.kind, around.cite, around)
        elif effect == "mark":
            self._top = OpenElement(tag, self._open_mark(tag), around.cite, around)
        elif effect == "break":
            self._breaks += 1
        else:
            if effect in ("unseen block", "rule"):
                self.end_block()
            self._unseen += tag.is_paired

    def close(self, name: str) -> None:
        """Come out of an element."""
        if name in OUTER:
            return
        if self._unseen:
            self._unseen -= 1
            return
        if name in BLOCK_TAGS:
            self.end_block()
        elif name == "a":
            self._end_link()
        elif name in ("q", "sup"):
            self._close_mark(name)
        elif self._cite_line == self._top.depth:
            self.end_block()
            self._cite_line = 0
        # The body itself stays.
        top = self._top = self._top.parent or self._top
        if (draft := self._draft) and top.depth < draft.lowest:
            draft.lowest = top.depth

    def text(self, text: str) -> None:
        """Add words to the block that is being filled. Blanks alone begin none."""
        if self._unseen:
            return
        if not text.isascii():
            text = _UNSEEN_CHARACTERS.sub("", text)
        if not text or text.isspace():
            self._blank(text)
            return
        if self._breaks:
            self._break(text)
        draft, top = self._draft, self._top
        if draft is None:
            draft = self._draft = Draft(top)
        else:
            if draft.lowest < draft.element.depth:
                draft.element = draft.element.outer(draft.lowest)
            draft.lowest = top.depth
        draft.add(text)
        if self._waiting:
            draft.anchors += self._waiting
            self._waiting = []

    def end_block(self) -> None:
        """Finish the block that is being filled. A link that is still open stands in the next one too."""
        draft = self._draft
        self._breaks = 0
        self._raised = self._quoted = None
        if draft is None:
            return
        self._draft = None
        if link := self._link:
            draft.add_link(link)
            link.part = 0
        self._kept.keep(draft)

    def resolve(self, link: Link) -> Link:
        """The link, known to lead nowhere when it names a place that the page lacks."""
        href = link.href
        if not href.startswith("#") or href[1:] in self._anchors:
            return link
        if "%" in href and unquote(href[1:]) in self._anchors:
            return link
        return Link(link.start, link.end, href, resolved=False)

    def _blank(self, text: str) -> None:
        if self._breaks and self._top.kind == "pre":
            self._break(text)
        if self._draft and not self._breaks:
            self._draft.add(text)

    def _break(self, text: str) -> None:
        """One line break is a line break, two are a paragraph's end; a quotation's attribution stays with it."""
        breaks, draft = self._breaks, self._draft
        self._breaks = 0
        if draft is None:
            return
        if draft.kind == "pre":
            for _ in range(breaks):
                draft.add_line_break()
        elif breaks == 1 or (draft.kind == "blockquote" and text.lstrip().startswith(_DASHES)):
            draft.add_line_break()
        else:
            self.end_block()

    def _open_mark(self, tag: Tag) -> BlockKind:
        """Begin what marks a source inside a block; the kind of what stands in it."""
        around = self._top
        if tag.name == "q":
            self.text("“")
            self._quoted = self._begin(tag.address) if tag.address else None
        elif tag.name == "sup" and not self._link:
            self._raised = self._begin("")
        elif tag.name == "cite" and self._is_attribution():
            self.end_block()
            self._cite_line = around.depth + 1
            return "p"
        return around.kind

    def _is_attribution(self) -> bool:
        return self._top.kind == "blockquote" and not self._cite_line and is_behind_quoted(self._draft)

    def _close_mark(self, name: str) -> None:
        if name == "q":
            if self._quoted and self._draft:
                self._draft.add_link(self._quoted)
            self._quoted = None
            self.text("”")
            return
        if self._raised and self._draft and is_note_call(self._draft, self._raised):
            self._draft.add_link(self._raised)
        self._raised = None

    def _begin(self, href: str) -> OpenLink:
        return OpenLink(href, len(self._draft.parts) if self._draft else 0)

    def _end_link(self) -> None:
        if self._link and self._draft:
            self._draft.add_link(self._link)
        self._link = None
