"""What a walk keeps of a page: its blocks, and the elements that they stand in."""

from __future__ import annotations

from classifier.document import Block
from classifier.quick_records import quick
from classifier.reading.drafts import Draft
from classifier.reading.elements import KeptElements

_new_block = quick(Block)


class Kept:
    """The blocks that are finished. A list item is introduced by the last block before it that is none."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.elements = KeptElements()
        self._intro: str | None = None

    def keep(self, draft: Draft) -> None:
        """Keep a block, unless it holds no words."""
        text = "".join(draft.parts).rstrip()
        if not text:
            return
        block_id = f"b{len(self.blocks)}"
        is_item = draft.kind == "li"
        element = self.elements.keep(draft.element)
        links, path, anchors = tuple(draft.links), self.elements.path(element), tuple(draft.anchors)
        intro = self._intro if is_item else None
        self.blocks.append(
            _new_block(block_id, draft.kind, text, intro, links, draft.cite, path, None, anchors, element)
        )
        if not is_item:
            self._intro = block_id
