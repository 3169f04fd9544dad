"""How much text each element of a page holds, summed up from the leaves to the root in one pass."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from classifier.document import Block, Element

# A block is prose from so many words on, when no more than this share of it is link.
PROSE_WORDS, PROSE_LINKS = 12, 0.5
_PROSE_KINDS = frozenset("p li blockquote td dd pre post".split())
_WORD = re.compile(r"\w+")


@dataclass(slots=True)
class Measure:
    """Sums over the blocks in an element: characters, characters in links, words of prose, how many blocks."""

    length: int = 0
    linked: int = 0
    prose: int = 0
    blocks: int = 0


def link_share(block: Block) -> float:
    """How much of a block's text is link: 0 to 1."""
    if not block.links:
        return 0.0
    return min(1.0, sum(link.end - link.start for link in block.links) / max(1, len(block.text.strip())))


def count_prose(block: Block) -> int:
    """The words of a block that is running text, else 0."""
    if block.kind not in _PROSE_KINDS or link_share(block) > PROSE_LINKS:
        return 0
    words = len(_WORD.findall(block.text))
    return words if words >= PROSE_WORDS else 0


def measure(blocks: Sequence[Block], elements: Sequence[Element], is_out: Sequence[bool]) -> list[Measure]:
    """A measure for each element, without the blocks that are left out. Parents stand before their children."""
    sums = [Measure() for _ in elements]
    for block, out in zip(blocks, is_out, strict=True):
        if out or block.element is None:
            continue
        own = sums[block.element]
        own.length += len(block.text)
        own.linked += sum(link.end - link.start for link in block.links)
        own.prose += count_prose(block)
        own.blocks += 1
    for index in range(len(elements) - 1, 0, -1):
        parent = elements[index].parent
        if parent is not None:
            above, own = sums[parent], sums[index]
            above.length += own.length
            above.linked += own.linked
            above.prose += own.prose
            above.blocks += own.blocks
    return sums
