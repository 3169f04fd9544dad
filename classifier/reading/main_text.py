"""Which part of a page is its text, and which is furniture: menus, banners, forms, related links."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup
from bs4.element import PageElement, Tag

# An element that claims to be the main part must hold this share of the page's text, or the whole body is read.
MAIN_SHARE = 0.4

_LEFT_OUT = frozenset(
    """
    script style noscript template head meta link title svg math canvas object embed iframe audio video map nav
    footer form input textarea select option button dialog aside menu
    """.split()
)
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|breadcrumbs?|cookie|cookies|consent|gdpr|banner|sidebar|footer|share|sharing|social|related"
    r"|recommended|newsletter-signup|subscribe|popup|modal|advert|advertisement|ads?|promo|pagination|skip-link|toolbar|site-header"
    r"|masthead|byline|author-box|tag-list|tags|visually-hidden|sr-only|screen-reader-text)(?:$|[\s_-])",
    re.I,
)
_FURNITURE_ROLES = frozenset({"navigation", "banner", "contentinfo", "dialog", "search", "complementary"})
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_CONTENT_TAGS = frozenset({"html", "body", "main", "article"})


def is_left_out(node: PageElement) -> bool:
    """Whether an element and all within it are no text of the page."""
    if not isinstance(node, Tag):
        return False
    if node.name in _LEFT_OUT or node.has_attr("hidden") or node.get("aria-hidden") == "true":
        return True
    if node.has_attr("contenteditable") or node.get("role") in _FURNITURE_ROLES:
        return True
    if node.name in _CONTENT_TAGS:
        return False
    if node.name == "header" and node.find("h1") is None and node.find_parent(["article", "main"]) is None:
        return True
    style = node.get("style")
    if style and _HIDDEN_STYLE.search(str(style)):
        return True
    names = " ".join(str(name) for name in (*node.get_attribute_list("class"), node.get("id")) if name)
    return bool(names) and bool(_FURNITURE.search(names))


def find_main(soup: BeautifulSoup) -> Tag:
    """The element that holds the page's text: ``main`` or the one ``article``, where it holds enough of it."""
    body = soup.find("body")
    whole: Tag = body if isinstance(body, Tag) else soup
    length = _text_length(whole)
    for found in (soup.find_all("main"), soup.find_all(attrs={"role": "main"}), soup.find_all("article")):
        if len(found) == 1 and isinstance(found[0], Tag) and _text_length(found[0]) >= MAIN_SHARE * length:
            return found[0]
    return whole


def _text_length(tag: Tag) -> int:
    return len(tag.get_text(strip=True))
