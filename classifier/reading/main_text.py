"""Which part of a page is its text, measured in one walk over the whole page, so that no question costs another."""

from __future__ import annotations

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, PreformattedString, Tag

from classifier.reading.forum_quotes import is_quoted_reply
from classifier.reading.furniture import is_never_text, least_share

# An element that claims to be the main part must hold this share of the page's text, or the whole body is read.
MAIN_SHARE = 0.4

# What an element can stand in, as far as that matters: within these even a header or a footer may be text.
ARTICLE, QUOTE = 1, 2


class MainText:
    """How much text each element of a page holds, where the main part is and what is left out of it."""

    def __init__(self, soup: BeautifulSoup) -> None:
        self._lengths: dict[int, int] = {}
        self._with_headline: set[int] = set()
        self._articles = len(soup.find_all("article"))
        self._measure(soup)
        self._whole = self._find_whole(soup)
        self.root = self._find_root(soup)

    def is_left_out(self, node: PageElement, within: int) -> bool:
        """Whether an element and all in it are no text of the page. ``within``: flags of what it stands in."""
        if not isinstance(node, Tag):
            return False
        if is_never_text(node) or is_quoted_reply(node):
            return True
        if node.name in ("header", "footer", "aside"):
            if within & QUOTE:
                return False
            is_headline = node.name == "header" and (within & ARTICLE or id(node) in self._with_headline)
            if not is_headline:
                return True
        share = least_share(node)
        return share is not None and id(node) not in self._with_headline and self._share(node) < share

    def _share(self, tag: Tag) -> float:
        return self._lengths.get(id(tag), 0) / max(1, self._lengths.get(id(self._whole), 0))

    def _find_whole(self, soup: BeautifulSoup) -> Tag:
        """The body, or all where text stands outside it, which browsers move into it."""
        body = soup.find("body")
        is_all = isinstance(body, Tag) and self._lengths.get(id(body)) == self._lengths[id(soup)]
        return body if isinstance(body, Tag) and is_all else soup

    def _find_root(self, soup: BeautifulSoup) -> Tag:
        """``main`` or the one ``article``, where it holds enough of the text."""
        for found in (soup.find_all("main"), soup.find_all(attrs={"role": "main"}), soup.find_all("article")):
            seen = [tag for tag in found if isinstance(tag, Tag) and self._lengths.get(id(tag))]
            if len(seen) == 1 and self._share(seen[0]) >= MAIN_SHARE:
                return seen[0]
        return self._whole

    def _measure(self, soup: BeautifulSoup) -> None:
        """Sum up texts and headlines from the leaves to the root, with a stack of its own for deep pages."""
        sums: list[tuple[int, bool]] = [(0, False)]
        stack: list[tuple[PageElement, bool]] = [(soup, True)]
        while stack:
            node, opens = stack.pop()
            length, has_headline = sums[-1]
            if isinstance(node, Tag):
                if not opens:
                    sums.pop()
                    self._note(node, length, has_headline)
                    sums[-1] = (sums[-1][0] + length, sums[-1][1] or has_headline or self._is_headline(node))
                elif not is_never_text(node):
                    sums.append((0, False))
                    stack.append((node, False))
                    stack.extend((child, True) for child in reversed(node.contents))
            elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
                sums[-1] = (length + len(node.strip()), has_headline)

    def _note(self, tag: Tag, length: int, has_headline: bool) -> None:
        self._lengths[id(tag)] = length
        if has_headline:
            self._with_headline.add(id(tag))

    def _is_headline(self, tag: Tag) -> bool:
        """What no furniture holds: the page's heading, its main part, its only article."""
        return tag.name in ("h1", "main") or (tag.name == "article" and self._articles == 1)


def around(tag: Tag, within: int) -> int:
    """The flags for what stands in an element that itself stands in ``within``."""
    if tag.name == "blockquote":
        return within | QUOTE
    if tag.name in ("article", "main") or tag.get("role") in ("main", "article"):
        return within | ARTICLE
    return within
