"""Markup read with BeautifulSoup and Python's own parser: the reader of record.

What it says a page holds is the reference for the quicker one, and it reads what that one is not trusted with.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Mapping

from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning
from bs4.element import NavigableString, PageElement, PreformattedString, Tag

from classifier.reading.tags import Tag as OpeningTag
from classifier.reading.unseen import VOID
from classifier.reading.walk import Walk

# The parser refuses a page over a marked section that it does not know; browsers take it for a comment, as it takes
# this.
_UNKNOWN_SECTION = re.compile(r"<!\[(?!CDATA\[|(?:if|else|endif)(?![-\w.]))", re.I)
# Beautiful Soup remembers every void element that does not close itself, and looks through all of them at each end tag.
_OPEN_VOID = re.compile(r"<(br|hr|img|input|wbr|meta|link|source)((?:\s[^<>]*)?)(?<!/)>", re.I)


def walk_soup(html: str, walk: Walk) -> None:
    """Lead a walk through a page."""
    soup = _parse(html)
    stack: list[tuple[PageElement, bool]] = [(child, True) for child in reversed(soup.contents)]
    while stack:
        node, opens = stack.pop()
        if isinstance(node, Tag):
            if not opens:
                walk.close(node.name)
                continue
            walk.open(OpeningTag(node.name, _attributes(node)))
            if node.name not in VOID:
                stack.append((node, False))
            stack.extend((child, True) for child in reversed(node.contents))
        elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
            walk.text(str(node))
    walk.end_block()


def _parse(html: str) -> BeautifulSoup:
    html = _OPEN_VOID.sub(r"<\1\2/>", _UNKNOWN_SECTION.sub("<!x[", html))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
        # Classes stay one string: no more is asked of them. Of an attribute given twice browsers take the first.
        return BeautifulSoup(html, "html.parser", multi_valued_attributes=None, on_duplicate_attribute="ignore")


def _attributes(tag: Tag) -> Mapping[str, str]:
    return {name: str(value or "") for name, value in tag.attrs.items()} if tag.attrs else {}
