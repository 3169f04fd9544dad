"""Furniture inside the main part: sections under a telling heading, remarks, lists of nothing but links."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from classifier.document import Block, Element
from classifier.reading.measures import count_prose, link_share
from classifier.reading.remarks import (
    asks_consent,
    asks_to_sign_up,
    heads_comments,
    heads_furniture,
    heads_sources,
    is_affiliate_note,
    is_remark,
)

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_LETTER = re.compile(r"[^\W\d_]")
ALL_LINK = 0.9
LONG_LINK_WORDS = 14
SCRAP_WORDS = 6
LARGEST_BOX = 0.4
# Characters: a plea for an e-mail address, and a cookie notice, with all that stands in the box with it.
LONGEST_PLEA, LONGEST_NOTICE = 320, 400


def judge_sections(
    blocks: Sequence[Block], elements: Sequence[Element], reasons: Sequence[str | None], posts: Sequence[bool]
) -> Iterator[tuple[int, str]]:
    """Numbers of the blocks that are no text after all, with the reason."""
    boxes = Boxes(blocks, elements)
    until, why = 0, ""
    in_sources = False
    for number, block in enumerate(blocks):
        if reasons[number] is not None:
            continue
        is_heading = block.kind in _HEADINGS
        if is_heading:
            in_sources = heads_sources(block.text)
        if number < until:
            yield number, why
        elif is_heading and heads_furniture(block.text) and not posts[number]:
            until, why = _section_end(blocks, boxes, number), "under a heading that tells so"
            yield number, why
        elif len(block.text) < LONGEST_PLEA and not posts[number] and asks_to_sign_up(block.text.lower()):
            yield from ((other, "asks to sign up") for other in boxes.small_box_around(number))
        elif reason := _reason(block, in_sources=in_sources, is_post=posts[number]):
            yield number, reason


def _reason(block: Block, *, in_sources: bool, is_post: bool) -> str | None:
    """Why a block is no text, by itself."""
    # A table's numbers are its text.
    if is_remark(block.text) and (block.kind != "td" or _LETTER.search(block.text)):
        return "a remark"
    first, _, rest = block.text.partition("\n")
    if rest and len(block.text) < LONGEST_NOTICE and heads_furniture(first):
        return "lines under a heading that tells so"
    if heads_comments(block.text) and (is_post or block.kind in _HEADINGS):
        return "over the comments"
    if not in_sources and _is_lone_link(block):
        return "nothing but a link"
    if is_post or len(block.text) >= LONGEST_NOTICE:
        return None
    low = block.text.lower()
    if is_affiliate_note(low):
        return "tells that links earn money"
    return "a cookie notice" if asks_consent(low) else None


def judge_edges(
    blocks: Sequence[Block], reasons: Sequence[str | None], posts: Sequence[bool], headlines: set[int]
) -> Iterator[tuple[int, str]]:
    """What only its place tells: scraps around the headline, and headings that have lost all that they stood over."""
    kept = [number for number, reason in enumerate(reasons) if reason is None and not posts[number]]
    prose = next((number for number in kept if count_prose(blocks[number])), 0)
    if len(headlines) == 1 and (head := min(headlines)) < prose:
        for number in kept:
            if number < prose and number != head and _is_scrap(blocks[number], is_above=number < head):
                yield number, "beside the headline"
    for number, following in zip(kept, [*kept[1:], len(blocks)][: len(kept)], strict=True):
        is_end = following == len(blocks) or (
            blocks[following].kind in _HEADINGS and blocks[following].kind <= blocks[number].kind
        )
        if blocks[number].kind in _HEADINGS and is_end and following > number + 1 and number not in headlines:
            yield number, "over nothing that is text"


def _is_scrap(block: Block, *, is_above: bool) -> bool:
    """Such as a category or a name: a few words that make no sentence."""
    text = block.text.rstrip()
    is_kind = block.kind == "p" or (is_above and block.kind in ("li", "td", "dt", "dd"))
    return is_kind and len(text.split()) <= SCRAP_WORDS and not text.endswith((".", "?", "!", ":", "…"))


def _is_lone_link(block: Block) -> bool:
    return link_share(block) >= ALL_LINK and len(block.text.split()) <= LONG_LINK_WORDS


def _section_end(blocks: Sequence[Block], boxes: Boxes, number: int) -> int:
    """Where the section under a heading ends: with the box that it begins, else at the next heading like it."""
    end = boxes.ends[number]
    if end > number + 1:
        return end
    for later in range(number + 1, len(blocks)):
        if blocks[later].kind in _HEADINGS and blocks[later].kind <= blocks[number].kind:
            return later
    return len(blocks)


class Boxes:
    """Where the elements of a page begin and end, counted in blocks.

    ``ends`` tells for each block the end of the outermost box that begins with it; its own end where it begins none. A
    box that holds a good part of the page's words is the page, not a box on it.
    """

    def __init__(self, blocks: Sequence[Block], elements: Sequence[Element]) -> None:
        count = len(blocks)
        self._blocks, self._elements = blocks, elements
        self._first, self._last, self._size = [count] * len(elements), [-1] * len(elements), [0] * len(elements)
        for number, block in enumerate(blocks):
            if (index := block.element) is not None:
                if self._first[index] == count:
                    self._first[index] = number
                self._last[index] = number
                self._size[index] += len(block.text)
        self._sum_up()
        self.ends = [number + 1 for number in range(count)]
        for index, number in enumerate(self._first):
            if self._last[index] >= 0 and self._size[index] < LARGEST_BOX * self._size[0]:
                self.ends[number] = max(self.ends[number], self._last[index] + 1)

    def small_box_around(self, number: int) -> range:
        """The blocks of the smallest box with more than this block in it, when it is small; else the block alone."""
        index = self._blocks[number].element
        while index is not None and self._first[index] == self._last[index]:
            index = self._elements[index].parent
        if index is None or self._size[index] > LONGEST_PLEA:
            return range(number, number + 1)
        return range(self._first[index], self._last[index] + 1)

    def _sum_up(self) -> None:
        first, last, size = self._first, self._last, self._size
        for index in range(len(self._elements) - 1, 0, -1):
            parent = self._elements[index].parent
            if parent is not None:
                if first[index] < first[parent]:
                    first[parent] = first[index]
                if last[index] > last[parent]:
                    last[parent] = last[index]
                size[parent] += size[index]
