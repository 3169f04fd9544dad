"""The elements that stand open while a page is read, and those of them that hold text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from classifier.document import NAME_LIMIT, BlockKind, Element
from classifier.reading.forum_quotes import names_of

# How many of the innermost elements a block's path names.
PATH_DEPTH = 12


@dataclass(slots=True)
class OpenElement:
    """An element that is not closed yet. ``index``: its place among the kept ones, once a block stands in it."""

    tag: str
    attributes: Mapping[str, str]
    kind: BlockKind = "p"
    cite: str | None = None
    parent: OpenElement | None = None
    index: int | None = None


class OpenElements:
    """A stack of open elements under the page's body; those that turn out to hold text are kept."""

    def __init__(self) -> None:
        self.kept: list[Element] = []
        self._paths: list[str] = []
        self.top = OpenElement("body", {})
        self._stack = [self.top]

    def __len__(self) -> int:
        return len(self._stack)

    def push(self, element: OpenElement) -> None:
        """Go into an element."""
        element.parent = self.top
        self._stack.append(element)
        self.top = element

    def pop(self) -> None:
        """Come out of the innermost element; the body itself stays."""
        if len(self._stack) > 1:
            self._stack.pop()
            self.top = self._stack[-1]

    def at(self, depth: int) -> OpenElement:
        """The open element that is so deep; the body is 1 deep."""
        return self._stack[depth - 1]

    def keep(self, element: OpenElement) -> int:
        """Where an element stands among those kept, with all that it stands in."""
        fresh: list[OpenElement] = []
        outer: OpenElement | None = element
        while outer is not None and outer.index is None:
            fresh.append(outer)
            outer = outer.parent
        parent = outer.index if outer else None
        for opened in reversed(fresh):
            opened.index = len(self.kept)
            self.kept.append(_element(opened, parent))
            self._paths.append(self._path_of(opened.tag, parent))
            parent = opened.index
        return parent or 0

    def _path_of(self, tag: str, parent: int | None) -> str:
        if parent is None:
            return tag
        above = self._paths[parent]
        if above.count("/") >= PATH_DEPTH - 1:
            above = above.partition("/")[2]
        return f"{above}/{tag}"

    def path(self, index: int) -> str:
        """The tags that lead to a kept element, outermost first, only the innermost of them."""
        return self._paths[index]


def _element(opened: OpenElement, parent: int | None) -> Element:
    given = opened.attributes
    if not given or parent is None:
        return Element(opened.tag[:NAME_LIMIT], parent)
    return Element(
        opened.tag[:NAME_LIMIT],
        parent,
        id=given.get("id", "").strip()[:NAME_LIMIT],
        names=names_of(opened.tag, given)[:NAME_LIMIT],
        role=given.get("role", "").strip().lower()[:NAME_LIMIT],
        is_hidden=given.get("aria-hidden", "").strip().lower() == "true",
    )
