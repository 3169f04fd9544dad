"""Where on a page its running text stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from classifier.document import Element
from classifier.reading.measures import Sums

# An element that claims to be the main part must hold this share of the page's text.
MAIN_SHARE = 0.4
# The main part lies in an element for as long as that holds this share of the prose around it.
PROSE_SHARE = 0.7
# Directly beside the main part these belong to it; boxes do not.
_NEAR = frozenset("p blockquote ul ol dl table pre figure h2 h3 h4 h5 h6".split())


@dataclass(frozen=True, slots=True)
class MainPart:
    """The element that holds a page's running text: for each of the page's elements, whether it lies in that one."""

    inside: Sequence[int]

    def holds(self, index: int | None) -> bool:
        """Whether an element lies in it."""
        return index is None or bool(self.inside[index])


def find_main_part(elements: Sequence[Element], sums: Sums, *, by_prose: bool) -> MainPart:
    """What claims to be the main part (``main``, the one ``article``), and ``by_prose`` what in it holds nearly all."""
    root = _claimed(elements, sums)
    if by_prose:
        root = _follow_prose(elements, sums, root)
    inside = bytearray(len(elements))
    inside[root] = True
    around = elements[root].parent
    for index, element in enumerate(elements):
        if (parent := element.parent) is None:
            continue
        is_near = by_prose and parent == around and element.tag in _NEAR
        if inside[parent] or is_near:
            inside[index] = True
    return MainPart(inside)


def _follow_prose(elements: Sequence[Element], sums: Sums, root: int) -> int:
    # For each element the first of those in it that hold nearly all of its prose.
    fullest: dict[int, int] = {}
    for index, element in enumerate(elements):
        if (parent := element.parent) is not None and sums.prose[index] >= PROSE_SHARE * sums.prose[parent]:
            fullest.setdefault(parent, index)
    while (inner := fullest.get(root)) is not None:
        if elements[inner].tag in ("p", "li", "td") and sums.blocks[inner] == 1:
            break
        root = inner
    return root


def _claimed(elements: Sequence[Element], sums: Sums) -> int:
    whole = max(1, sums.length[0])
    claims = (
        [index for index, element in enumerate(elements) if element.tag == "main"],
        [index for index, element in enumerate(elements) if element.role == "main"],
        [index for index, element in enumerate(elements) if element.tag == "article"],
    )
    for found in claims:
        seen = [index for index in found if sums.length[index]]
        if len(seen) == 1 and sums.length[seen[0]] >= MAIN_SHARE * whole:
            return seen[0]
    return 0
