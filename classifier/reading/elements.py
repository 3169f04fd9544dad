"""The elements that stand open while a page is read, and those of them that hold text."""

from __future__ import annotations

from classifier.document import BlockKind, Element
from classifier.quick_records import quick
from classifier.reading.tags import Tag

# How many of the innermost elements a block's path names.
PATH_DEPTH = 12

_new_element = quick(Element)


class OpenElement:
    """An element that is not closed yet, ``depth`` deep; the body is 1 deep.

    ``kind`` and ``cite`` are those of the blocks in it. ``index`` is its place among the kept ones, once a block stands
    in it.
    """

    __slots__ = ("cite", "depth", "index", "kind", "parent", "tag")

    def __init__(self, tag: Tag, kind: BlockKind, cite: str | None, parent: OpenElement | None) -> None:
        self.tag, self.kind, self.cite, self.parent = tag, kind, cite, parent
        self.depth: int = parent.depth + 1 if parent else 1
        self.index: int | None = None

    def outer(self, depth: int) -> OpenElement:
        """The element around it that is so deep, or itself."""
        element = self
        while element.depth > depth and element.parent is not None:
            element = element.parent
        return element


class KeptElements:
    """The elements that hold text, and the path that leads to each."""

    def __init__(self) -> None:
        self.kept: list[Element] = []
        # The paths of the kept elements; those that are alike are one string.
        self._paths: list[str] = []
        self._below: dict[tuple[str, str], str] = {}

    def keep(self, element: OpenElement) -> int:
        """Where an element stands among those kept, with all that it stands in."""
        fresh: list[OpenElement] = []
        outer: OpenElement | None = element
        while outer is not None and outer.index is None:
            fresh.append(outer)
            outer = outer.parent
        parent = outer.index if outer else None
        for opened in reversed(fresh):
            called, opened.index = opened.tag.calling, len(self.kept)
            self.kept.append(_new_element(called.tag, parent, called.id, called.names, called.role, called.is_hidden))
            self._paths.append(self._path(opened.tag.name, parent))
            parent = opened.index
        return parent or 0

    def path(self, index: int) -> str:
        """The tags that lead to a kept element, outermost first, only the innermost of them."""
        return self._paths[index]

    def _path(self, name: str, parent: int | None) -> str:
        if parent is None:
            return name
        above = self._paths[parent]
        path = self._below.get((above, name))
        if path is None:
            shown = above.partition("/")[2] if above.count("/") >= PATH_DEPTH - 1 else above
            path = self._below[above, name] = f"{shown}/{name}"
        return path
