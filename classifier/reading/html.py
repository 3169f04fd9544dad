"""HTML as blocks, read with BeautifulSoup: what a reader sees, in order, with links and their places.

The walk keeps its own stack, so depth of nesting costs nothing; text nested 400 deep is read like any other.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterator

from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning
from bs4.element import NavigableString, PageElement, PreformattedString, Tag

from classifier.document import Document
from classifier.offsets import replace_surrogates
from classifier.reading.main_text import MainText, around
from classifier.reading.walk import Walk

_BLANKS = re.compile(r"\s+")
# Nobody sees these, and they tear words apart: soft hyphen, zero-width space, word joiner, byte order mark.
_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")
# The parser refuses a page over a marked section that it does not know; browsers take it for a comment, as it takes
# this.
_UNKNOWN_SECTION = re.compile(r"<!\[(?!CDATA\[|(?:if|else|endif)(?![-\w.]))", re.I)
# Beautiful Soup remembers every void element that does not close itself, and looks through all of them at each end tag.
_OPEN_VOID = re.compile(r"<(br|hr|img|input|wbr|meta|link|source)((?:\s[^<>]*)?)(?<!/)>", re.I)


def read_html(html: str, *, url: str | None = None, title: str | None = None, lang: str | None = None) -> Document:
    """The main text of a page as blocks. ``title`` and ``lang`` are taken from the page unless given."""
    soup = _parse(html)
    main = MainText(soup)
    walk = Walk(_anchors(soup))
    for node, step in _steps(main):
        if isinstance(node, Tag):
            step(walk, node)
        elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
            walk.text(_UNSEEN.sub("", replace_surrogates(str(node))))
    walk.end_block()
    heading = soup.find("title")
    page_title = _BLANKS.sub(" ", heading.get_text()).strip() if isinstance(heading, Tag) else ""
    return Document(tuple(walk.blocks), url, title or page_title or None, lang or _language(soup), url or "")


def _parse(html: str) -> BeautifulSoup:
    html = _OPEN_VOID.sub(r"<\1\2/>", _UNKNOWN_SECTION.sub("<!x[", html))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
        # Classes stay one string: no more is asked of them. Of an attribute given twice browsers take the first.
        return BeautifulSoup(html, "html.parser", multi_valued_attributes=None, on_duplicate_attribute="ignore")


def _anchors(soup: BeautifulSoup) -> frozenset[str]:
    named = soup.find_all(lambda tag: bool(tag.attrs) and (tag.has_attr("id") or tag.name == "a"))
    return frozenset(str(name) for tag in named for name in (tag.get("id"), tag.get("name")) if name)


def _language(soup: BeautifulSoup) -> str | None:
    for tag in (soup.find("html"), soup.find("body")):
        if isinstance(tag, Tag) and (declared := str(tag.get("lang") or tag.get("xml:lang") or "").strip()):
            return re.split(r"[-_]", declared)[0].lower() or None
    return None


def _steps(main: MainText) -> Iterator[tuple[PageElement, Callable[[Walk, Tag], None]]]:
    """Every element when it opens and when it closes (or is passed by) and every text, in the order of the page."""
    stack: list[tuple[PageElement, bool, int]] = [(main.root, True, 0)]
    while stack:
        node, opens, within = stack.pop()
        if not opens:
            yield node, Walk.close
        elif node is not main.root and main.is_left_out(node, within):
            yield node, Walk.skip
        else:
            yield node, Walk.open
            if isinstance(node, Tag):
                stack.append((node, False, within))
                inside = around(node, within)
                stack.extend((child, True, inside) for child in reversed(node.contents))
