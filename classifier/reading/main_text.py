"""Which blocks of a page are its text. One decision for both doors: the HTML reader's and the extension's.

It sees blocks and the elements that they stand in, never a parser's tree nor a browser's. Each block that is left out
has a reason; what has none is read. Without elements everything is read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from classifier.document import Block, Document, Element
from classifier.reading.comments import find_thread, holds_comments
from classifier.reading.forum_quotes import find_quoted
from classifier.reading.furniture import is_furniture, least_share
from classifier.reading.headline import find_headlines, find_standfirst
from classifier.reading.main_part import find_main_part
from classifier.reading.measures import count_prose, sum_up
from classifier.reading.sections import judge_edges, judge_sections

# What an element can stand in: within a quotation even a footer is text.
_SIDE_TAGS = frozenset({"header", "footer", "aside"})
# With fewer words of prose than this a page is too small to be judged by what its words say and where they stand.
LEAST_PROSE = 40


def keep_main_text(document: Document) -> Document:
    """The document with only its main text; comments become blocks of kind ``post``."""
    if not document.elements or not document.blocks:
        return document
    judged = Judgement(document)
    introducing = {block.intro for block in document.blocks}
    kept: list[Block] = []
    intro: str | None = None
    ids: set[str] = set()
    for block, reason, is_post in zip(document.blocks, judged.reasons, judged.posts, strict=True):
        if reason and block.element is not None:
            continue
        if is_post:
            kept.append(replace(block, kind="post", intro=None))
        elif block.kind == "li" and block.intro != intro and block.intro not in ids:
            kept.append(replace(block, intro=intro))
        else:
            kept.append(block)
        if block.id in introducing:
            ids.add(block.id)
        intro = intro if block.kind == "li" and not is_post else block.id
    return replace(document, blocks=tuple(kept))


class Judgement:
    """Why each block is left out (``reasons``, ``None`` for what is read), and which were written by readers."""

    def __init__(self, document: Document) -> None:
        self._blocks, self._elements = document.blocks, document.elements
        self._prose = [count_prose(block) for block in self._blocks]
        self.reasons: list[str | None] = [None] * len(self._blocks)
        headlines = find_headlines(document)
        self._with_headline = _holders(self._blocks, self._elements, headlines)
        self._inherit(find_quoted(self._blocks, self._elements))
        self._inherit(self._told_by_tag())
        self._inherit(self._told_by_name())
        self.posts = self._written_by_readers()
        self._judge_prose(headlines, find_standfirst(document, headlines))
        for number in headlines:
            self.reasons[number] = None

    def _judge_prose(self, headlines: set[int], standfirst: set[int]) -> None:
        """What only shows by where prose stands, and by what short blocks say."""
        is_small = sum(words for words, why in zip(self._prose, self.reasons, strict=True) if not why) < LEAST_PROSE
        own = ["a post" if is_post else why for is_post, why in zip(self.posts, self.reasons, strict=True)]
        sums = sum_up(self._blocks, self._elements, self._prose, own)
        part = find_main_part(self._elements, sums, by_prose=not is_small)
        heads = headlines | standfirst
        for number, block in enumerate(self._blocks):
            beside = not part.holds(block.element) and number not in heads
            if self.reasons[number] is None and beside and not self.posts[number]:
                self.reasons[number] = "beside the main part"
        if is_small:
            return
        for number, reason in judge_sections(self._blocks, self._elements, self.reasons, self.posts):
            if number not in headlines:
                self.reasons[number] = reason
        for number, reason in judge_edges(self._blocks, self.reasons, self.posts, headlines):
            self.reasons[number] = reason

    def _told_by_tag(self) -> list[str | None]:
        found: list[str | None] = []
        quoted: list[bool] = []
        in_article: list[bool] = []
        for index, element in enumerate(self._elements):
            parent = element.parent
            is_quote = element.tag == "blockquote" or "quote" in element.names.lower().split()
            quoted.append(is_quote or (parent is not None and quoted[parent]))
            is_article = element.tag in ("article", "main") or element.role in ("main", "article")
            in_article.append(is_article or (parent is not None and in_article[parent]))
            reason = f"{element.role or element.tag} by its own word" if is_furniture(element) else None
            if element.tag in _SIDE_TAGS and not quoted[index]:
                is_header = element.tag == "header" and (in_article[index] or index in self._with_headline)
                reason = reason if is_header else f"a page's {element.tag}"
            found.append(None if index in self._with_headline and element.tag not in ("nav", "menu") else reason)
        return found

    def _told_by_name(self) -> list[str | None]:
        sums = sum_up(self._blocks, self._elements, self._prose, self.reasons)
        whole = max(1, sums.length[0])
        found: list[str | None] = []
        for index, element in enumerate(self._elements):
            share = least_share(element)
            is_out = share is not None and index not in self._with_headline and sums.length[index] / whole < share
            found.append("named as furniture" if is_out else None)
        return found

    def _written_by_readers(self) -> list[bool]:
        held: list[bool] = []
        for index, element in enumerate(self._elements):
            within = element.parent is not None and held[element.parent]
            held.append(within or (index not in self._with_headline and holds_comments(element)))
        posts = [block.element is not None and held[block.element] for block in self._blocks]
        thread = find_thread(self._elements)
        sizes = [0, 0]
        for block, reason in zip(self._blocks, self.reasons, strict=True):
            sizes[block.element in thread] += 0 if reason else len(block.text)
        return self._posts_of(thread, posts) if sizes[True] > sizes[False] else posts

    def _posts_of(self, thread: set[int], posts: list[bool]) -> list[bool]:
        """On a page that is a thread nothing but its posts and its headline is text."""
        for number, block in enumerate(self._blocks):
            posts[number] = block.element in thread
            is_headline = block.kind == "h1" and block.element in self._with_headline
            if self.reasons[number] is None and not posts[number] and not is_headline:
                self.reasons[number] = "beside the posts"
        return posts

    def _inherit(self, told: list[str | None]) -> None:
        """Give what was told of an element to all blocks in it."""
        for index, element in enumerate(self._elements):
            if told[index] is None and element.parent is not None:
                told[index] = told[element.parent]
        for number, block in enumerate(self._blocks):
            if self.reasons[number] is None and block.element is not None:
                self.reasons[number] = told[block.element]


def _holders(blocks: Sequence[Block], elements: Sequence[Element], headlines: set[int]) -> set[int]:
    """What no furniture is: elements that hold a headline, the main part or the only article."""
    articles = [index for index, element in enumerate(elements) if element.tag == "article"]
    inner: list[int | None] = [index for index, element in enumerate(elements) if element.tag == "main"]
    inner += articles if len(articles) == 1 else []
    inner += [blocks[number].element for number in headlines if blocks[number].kind == "h1"]
    found: set[int] = set()
    for index in inner:
        while index is not None and index not in found:
            found.add(index)
            index = elements[index].parent
    return found
