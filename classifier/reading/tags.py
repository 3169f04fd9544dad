"""What an opening tag means for the walk, worked out once for all tags of a page that are written alike."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, cast

from classifier.document import NAME_LIMIT, BlockKind
from classifier.reading.forum_quotes import names_of
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
_YIELDING = frozenset({"p", "summary", "footer"})
# Elements in a line that may tell of a source: see :mod:`classifier.reading.walk`.
_MARKS = frozenset({"q", "sup", "cite"})
# Links to anything but a page: an address to write to, a script.
_NO_PAGE = re.compile(r"(?!https?:)[a-z][a-z0-9+.-]*:", re.I)

# What a walk does with an element: note the page's language, end a line, pass over it and all in it (parting what
# stands beside it), part what stands beside it, do nothing, begin a block, begin a link, see whether it marks a source,
# go on in the same line.
Effect = Literal["outer", "break", "unseen", "unseen block", "rule", "nothing", "block", "link", "mark", "line"]


@dataclass(frozen=True, slots=True)
class Calling:
    """What an element that holds text is called in a document's ``elements``."""

    tag: str
    id: str = ""
    names: str = ""
    role: str = ""
    is_hidden: bool = False


class Tag:
    """An opening tag.

    ``address`` is where a quotation's ``cite`` or a link leads, and ``anchors`` are the names that it gives its place.
    ``is_paired`` tells that an end tag belongs to it.
    """

    __slots__ = ("_attributes", "_calling", "_kind", "_yields", "address", "anchors", "effect", "is_paired", "name")

    def __init__(self, name: str, attributes: Mapping[str, str]) -> None:
        self.name, self._attributes = name, attributes
        self.is_paired = name not in VOID
        self.effect: Effect = _effect(name, attributes)
        self.address = ""
        self.anchors: tuple[str, ...] = ()
        self._calling: Calling | None = None
        self._kind = _KINDS.get(name)
        self._yields = name in _YIELDING
        if attributes:
            self._ask(attributes)

    def _ask(self, given: Mapping[str, str]) -> None:
        name = self.name
        if "role" in given and (kind := _kind_by_role(given)):
            self._kind, self._yields = kind, False
        if anchor := given.get("id"):
            self.anchors = (anchor,)
        if name == "a":
            if anchor := given.get("name"):
                self.anchors += (anchor,)
            href = given.get("href", "").strip()
            self.address = "" if _NO_PAGE.match(href) else href
        elif name == "blockquote":
            self.address = given.get("cite", "")
        elif name == "q":
            self.address = given.get("cite", "").strip()

    @property
    def language(self) -> str:
        """The language that it declares."""
        return self._attributes.get("lang") or self._attributes.get("xml:lang") or ""

    @property
    def calling(self) -> Calling:
        """What the element is called. Few are asked."""
        if self._calling is None:
            self._calling = _calling(self.name, self._attributes)
        return self._calling

    def kind_within(self, around: BlockKind) -> BlockKind:
        """The kind of the blocks in it, from the kind of those around it."""
        if self._yields:
            if self.name == "footer":
                # Who said it is told in the quotation's footer, and is no part of what was said.
                return "p" if around == "blockquote" else around
            return around if around in _LENDING else "p"
        return self._kind or around


def _effect(name: str, attributes: Mapping[str, str]) -> Effect:
    if name in OUTER:
        return "outer"
    if name == "br":
        return "break"
    is_block = name in BLOCK_TAGS
    if is_unseen(name, attributes):
        return "unseen block" if is_block else "unseen"
    if name in VOID:
        return "rule" if is_block else "nothing"
    if is_block:
        return "block"
    return "link" if name == "a" else "mark" if name in _MARKS else "line"


def _kind_by_role(attributes: Mapping[str, str]) -> BlockKind | None:
    role = attributes["role"].strip().lower()
    if role == "heading":
        level = attributes.get("aria-level", "").strip()
        return cast(BlockKind, f"h{level}") if level in tuple("123456") else "h2"
    return "li" if role == "listitem" else None


def _calling(name: str, given: Mapping[str, str]) -> Calling:
    if not given:
        return Calling(name[:NAME_LIMIT])
    return Calling(
        name[:NAME_LIMIT],
        given.get("id", "").strip()[:NAME_LIMIT],
        names_of(name, given)[:NAME_LIMIT],
        given.get("role", "").strip().lower()[:NAME_LIMIT],
        given.get("aria-hidden", "").strip().lower() == "true",
    )
