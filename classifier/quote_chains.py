"""Quotations that go on from block to block: the opening mark stands anew at each, the closing mark at the last."""

from __future__ import annotations

from collections.abc import Sequence

from classifier.document import Block
from classifier.quotes import Quotation, find_open, is_left_open


def join_quotations(blocks: Sequence[Block], found: list[list[Quotation]]) -> list[list[tuple[int, Quotation]]]:
    """Quotations block by block, those that go on in the next one joined. Adds to ``found`` what only joins prove."""
    chains: list[list[tuple[int, Quotation]]] = []
    open_chain: list[tuple[int, Quotation]] | None = None
    for place, block in enumerate(blocks):
        last = _open_at_end(block, found[place])
        if last and last not in found[place]:
            if _goes_on(blocks, place, last.start):
                found[place].append(last)
            else:
                last = None
        for number, quotation in enumerate(found[place]):
            if number == 0 and open_chain:
                open_chain.append((place, quotation))
                chain = open_chain
            else:
                chain = [(place, quotation)]
                chains.append(chain)
            is_open = quotation == last and _goes_on(blocks, place, quotation.start)
            open_chain = chain if is_open else None
        if not found[place]:
            open_chain = None
    return chains


def _open_at_end(block: Block, found: Sequence[Quotation]) -> Quotation | None:
    if found and is_left_open(block.text, found[-1]):
        return found[-1]
    return find_open(block.text, found[-1].end if found else 0)


def _goes_on(blocks: Sequence[Block], place: int, start: int) -> bool:
    """Whether the next block begins with the mark that stands at ``start``."""
    if place + 1 >= len(blocks) or blocks[place + 1].kind != blocks[place].kind:
        return False
    return blocks[place + 1].text.startswith(blocks[place].text[start])
