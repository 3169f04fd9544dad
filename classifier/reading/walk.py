"""Blocks, filled while the elements of a page open and close in its order.

Whatever parses the markup calls :meth:`Walk.open`, :meth:`Walk.close` and :meth:`Walk.text`; the extension's collector
(``extension/content/blocks.js``) follows the same rules in the browser, and a test holds the two together.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import cast
from urllib.parse import unquote

from classifier.document import Block, BlockKind, Element, Link
from classifier.reading.drafts import Draft, OpenLink
from classifier.reading.elements import OpenElement, OpenElements
from classifier.reading.unseen import OUTER, VOID, is_unseen

_KINDS: dict[str, BlockKind] = {
    **{f"h{level}": cast(BlockKind, f"h{level}") for level in range(1, 7)},
    "p": "p", "li": "li", "pre": "pre", "listing": "pre", "xmp": "pre", "td": "td", "th": "td",
    "figcaption": "figcaption", "caption": "figcaption", "dt": "dt", "dd": "dd", "blockquote": "blockquote",
    "summary": "p",
}  # fmt: skip
BLOCK_TAGS = frozenset(_KINDS) | frozenset(
    """
    address article aside body center details dialog dir div dl fieldset figure footer form header hgroup hr html legend
    main menu nav ol optgroup option plaintext search section table tbody tfoot thead tr ul
    """.split()
)
# What a quoted or listed block's own kind is: a paragraph in a blockquote is a quotation, one in a list item is the
# item.
_LENDING = frozenset({"blockquote", "li", "td", "dt", "dd", "figcaption"})
_DASHES = tuple("-–—―~")
# Nobody sees these, and they tear words apart: soft hyphen, zero-width space, word joiner, byte order mark.
_UNSEEN_CHARACTERS = re.compile("[\u00ad\u200b\u2060\ufeff]")
# Links to anything but a page: an address to write to, a script.
_NO_PAGE = re.compile(r"(?!https?:)[a-z][a-z0-9+.-]*:", re.I)

# What stands raised behind words and calls a note; behind a figure or a unit it is a power.
_RAISED_MARKER = re.compile(r"[\[(]?\d{1,3}(?:\s*[,–-]\s*\d{1,3})*[\])]?|[*†‡§]{1,2}")
_BEFORE_POWER = re.compile(r"(?:\d|\b[ckmd]?m)$")
# Behind these what is quoted has ended, and a ``cite`` tells who said it.
_QUOTED_ENDS = ".!?…”\"’'»"


class Walk:
    """Fills blocks while elements open and close."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        # What the page itself declares.
        self.language = ""
        self._open = OpenElements()
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
        self._intro: str | None = None

    @property
    def elements(self) -> tuple[Element, ...]:
        """The elements that blocks stand in, parents before children."""
        return tuple(self._open.kept)

    def open(self, name: str, attributes: Mapping[str, str]) -> None:
        """Go into an element. A void one is never closed."""
        if attributes:
            self._note_anchor(name, attributes)
        if name in OUTER:
            self.language = self.language or attributes.get("lang") or attributes.get("xml:lang") or ""
            return
        if self._unseen:
            self._unseen += name not in VOID
        elif name == "br":
            self._breaks += 1
        elif is_unseen(name, attributes):
            if name in BLOCK_TAGS:
                self.end_block()
            self._unseen += name not in VOID
        elif name in VOID:
            if name in BLOCK_TAGS:
                self.end_block()
        else:
            self._enter(name, attributes)

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
        elif name == "q":
            self._end_span(self._quoted)
            self._quoted = None
            self.text("”")
        elif name == "sup":
            if (raised := self._raised) and self._is_marker(raised):
                self._end_span(raised)
            self._raised = None
        elif self._cite_line == len(self._open):
            self.end_block()
            self._cite_line = 0
        self._open.pop()
        if (draft := self._draft) and len(self._open) < draft.lowest:
            draft.lowest = len(self._open)

    def text(self, text: str) -> None:
        """Add words to the block that is being filled. Blanks alone begin none."""
        if self._unseen:
            return
        if not text.isascii():
            text = _UNSEEN_CHARACTERS.sub("", text)
        is_blank = not text or text.isspace()
        top = self._open.top
        if self._breaks and (not is_blank or top.kind == "pre"):
            self._break(text)
        draft = self._draft
        if draft is None:
            if is_blank:
                return
            draft = self._draft = Draft(top.kind, top.cite, top, len(self._open))
        if not is_blank:
            if draft.lowest < draft.depth:
                draft.depth, draft.element = draft.lowest, self._open.at(draft.lowest)
            draft.lowest = len(self._open)
        if not (is_blank and self._breaks):
            draft.add(text)
        if self._waiting and not is_blank:
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
        text = "".join(draft.parts).rstrip()
        if not text:
            return
        block_id = f"b{len(self.blocks)}"
        is_item = draft.kind == "li"
        intro = self._intro if is_item else None
        element = self._open.keep(draft.element)
        links, path, anchors = tuple(draft.links), self._open.path(element), tuple(draft.anchors)
        self.blocks.append(
            Block(block_id, draft.kind, text, intro, links, draft.cite, path, anchors=anchors, element=element)
        )
        self._intro = self._intro if is_item else block_id

    def resolve(self, link: Link) -> Link:
        """The link, known to lead nowhere when it names a place that the page lacks."""
        href = link.href
        if not href.startswith("#") or not self._anchors.isdisjoint((href[1:], unquote(href[1:]))):
            return link
        return Link(link.start, link.end, href, resolved=False)

    def _enter(self, name: str, attributes: Mapping[str, str]) -> None:
        around = self._open.top
        kind, cite = around.kind, around.cite
        if name in BLOCK_TAGS:
            self.end_block()
            kind = _kind_of(name, around.kind)
            if name == "blockquote":
                cite = attributes.get("cite") or cite
        elif name == "a":
            self._end_link()
            if (href := attributes.get("href", "").strip()) and not _NO_PAGE.match(href):
                self._start_link(href)
        else:
            kind = self._enter_inline(name, attributes, kind)
        if "role" in attributes and name in BLOCK_TAGS:
            kind = _kind_by_role(attributes, kind)
        self._open.push(OpenElement(name, attributes, kind, cite))

    def _enter_inline(self, name: str, attributes: Mapping[str, str], kind: BlockKind) -> BlockKind:
        """Begin what marks a source inside a block; the kind of what stands in it."""
        if name == "q":
            self.text("“")
            cite = attributes.get("cite", "").strip()
            self._quoted = self._begin(cite) if cite else None
        elif name == "sup" and not self._link:
            self._raised = self._begin("")
        elif name == "cite" and self._is_attribution():
            self.end_block()
            self._cite_line = len(self._open) + 1
            return "p"
        return kind

    def _note_anchor(self, name: str, attributes: Mapping[str, str]) -> None:
        for anchor in (attributes.get("id"), attributes.get("name") if name == "a" else None):
            if anchor:
                self._anchors.add(anchor)
                self._waiting.append(anchor)

    def _break(self, text: str) -> None:
        """One line break is a line break, two are a paragraph's end; a quotation's attribution stays with it."""
        breaks, draft = self._breaks, self._draft
        if draft is None:
            self._breaks = 0
        elif draft.kind == "pre":
            self._breaks = 0
            for _ in range(breaks):
                draft.add_line_break()
        elif breaks == 1 or (draft.kind == "blockquote" and text.lstrip().startswith(_DASHES)):
            self._breaks = 0
            draft.add_line_break()
        else:
            self.end_block()

    def _start_link(self, href: str) -> None:
        self._link = self._begin(href)

    def _begin(self, href: str) -> OpenLink:
        return OpenLink(href, len(self._draft.parts) if self._draft else 0)

    def _end_span(self, span: OpenLink | None) -> None:
        if span and self._draft:
            self._draft.add_link(span)

    def _is_marker(self, raised: OpenLink) -> bool:
        """Whether what stands raised calls a note. One that is a link has its link already."""
        draft = self._draft
        if draft is None:
            return False
        words = "".join(draft.parts[raised.part :])
        if any(link.start >= draft.length - len(words) for link in draft.links[-1:]):
            return False
        before = draft.parts[raised.part - 1] if raised.part else ""
        return bool(_RAISED_MARKER.fullmatch(words.strip())) and not _BEFORE_POWER.search(before[-4:])

    def _is_attribution(self) -> bool:
        """Whether a ``cite`` that begins here stands behind a block quote's words, rather than among them."""
        words = "".join(self._draft.parts[-2:]).rstrip() if self._draft else ""
        is_behind = not words or words[-1] in _QUOTED_ENDS
        return self._open.top.kind == "blockquote" and not self._cite_line and is_behind

    def _end_link(self) -> None:
        if self._link and self._draft:
            self._draft.add_link(self._link)
        self._link = None


def _kind_of(name: str, around: BlockKind) -> BlockKind:
    if name == "footer" and around == "blockquote":
        # Who said it is told in the quotation's footer, and is no part of what was said.
        return "p"
    lends = around in _LENDING and name in ("p", "summary")
    return around if lends else _KINDS.get(name, around)


def _kind_by_role(attributes: Mapping[str, str], kind: BlockKind) -> BlockKind:
    role = attributes["role"].strip().lower()
    if role == "heading":
        level = attributes.get("aria-level", "").strip()
        return cast(BlockKind, f"h{level}") if level in tuple("123456") else "h2"
    return "li" if role == "listitem" else kind
