"""What another poster wrote, quoted in a reply: told by the marks that forum programs and mail programs set.

A reply that quotes a claim is not the claimant, so quoted posts are no part of the text; see docs/decisions/.
An article's own block quote carries none of these marks and is read as a quotation.
"""

from __future__ import annotations

import re

from bs4.element import NavigableString, Tag

# phpBB, vBulletin, XenForo, Invision, MyBB, SMF, vanilla and Discourse; then mail programs.
_CLASSES = frozenset(
    """
    bbcode_quote bbcode_container quotecontent quotetitle uncited bbcodeblock--quote bbcodeblock-expandcontent ipsquote
    mycode_quote bbc_standard_quote bbc_alternate_quote quoteheader quotefooter userquote js-quote
    gmail_quote gmail_attr yahoo_quoted moz-cite-prefix protonmail_quote quoted-reply
    """.split()
)
_ATTRIBUTES = ("data-quote", "data-ipsquote", "data-ipsquote-username")
_LONGEST_ATTRIBUTION = 200
_WROTE = re.compile(
    r"\b(?:wrote|said|posted|schrieb|a écrit)\b[^.!?]{0,60}:?\s*(?:↑|→|\[?click to (?:expand|go)[^\n]*)?\s*$", re.I
)


def is_quoted_reply(tag: Tag) -> bool:
    """Whether an element quotes another poster or an earlier mail."""
    if tag.name not in ("blockquote", "div", "aside", "table", "p", "span"):
        return False
    if tag.attrs:
        if not _CLASSES.isdisjoint(str(tag.get("class") or "").lower().split()):
            return True
        if any(tag.has_attr(name) for name in _ATTRIBUTES) or (tag.name == "blockquote" and tag.get("type") == "cite"):
            return True
        if tag.name == "aside" and tag.has_attr("data-username"):
            return True
    return tag.name == "blockquote" and _begins_with_poster(tag)


def is_attribution(line: str) -> bool:
    """Whether a line introduces another's words: "On Monday Ada wrote:"."""
    line = line.strip()
    return len(line) <= _LONGEST_ATTRIBUTION and line.endswith(":") and bool(_WROTE.search(line))


def _begins_with_poster(quote: Tag) -> bool:
    """Whether the first thing in a block quote is a ``cite`` that says who wrote what follows (phpBB)."""
    node: Tag = quote
    for _ in range(3):
        children = (child for child in node.children if not isinstance(child, NavigableString) or child.strip())
        first = next(children, None)
        if not isinstance(first, Tag):
            return False
        if first.name == "cite":
            return bool(_WROTE.search(first.get_text(" ", strip=True)[-_LONGEST_ATTRIBUTION:]))
        node = first
    return False
