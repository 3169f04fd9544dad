"""How much text each block and each element of a page holds, summed up from the leaves to the root in one pass."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from classifier.document import Block, Element

# A block is prose from so many words on, when no more than this share of it is link.
PROSE_WORDS, PROSE_LINKS = 12, 0.5
_PROSE_KINDS = frozenset("p li blockquote td dd pre post".split())


@dataclass(slots=True)
class Sums:
    """For each element: the characters of the blocks in it, their words of prose, and how many blocks they are."""

    length: list[int]
    prose: list[int]
    blocks: list[int]


def link_share(block: Block) -> float:
    """How much of a block's text is link: 0 to 1."""
    if not block.links:
        return 0.0
    return min(1.0, sum(link.end - link.start for link in block.links) / max(1, len(block.text.strip())))


def count_prose(block: Block) -> int:
    """The words of a block that is running text, else 0. Blanks are single in what was read, so they count words."""
    if block.kind not in _PROSE_KINDS:
        return 0
    words = block.text.count(" ") + 1
    return words if words >= PROSE_WORDS and link_share(block) <= PROSE_LINKS else 0


def sum_up(
    blocks: Sequence[Block], elements: Sequence[Element], prose: Sequence[int], reasons: Sequence[str | None]
) -> Sums:
    """The sums of the blocks that are not left out. ``prose`` holds their words; parents stand before children."""
    length, words, count = [0] * len(elements), [0] * len(elements), [0] * len(elements)
    for block, own, reason in zip(blocks, prose, reasons, strict=True):
        if reason is None and block.element is not None:
            length[block.element] += len(block.text)
            words[block.element] += own
            count[block.element] += 1
    for index in range(len(elements) - 1, 0, -1):
        if count[index] and (parent := elements[index].parent) is not None:
            length[parent] += length[index]
            words[parent] += words[index]
            count[parent] += count[index]
    return Sums(length, words, count)
